package authz

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/versity/versitygw/iamapi/policy"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// Matched is a statement that decided a request.
type Matched struct {
	PolicyID, PolicyType string
	Start, End           Position
}

// The types of policies, as the policy simulator calls them.
const (
	IdentityPolicy = "IAM Policy"
	BoundaryPolicy = "IAM Permissions Boundary Policy"
	ResourcePolicy = "Resource Policy"
)

// Verdict is what Authorize decides, and why.
type Verdict struct {
	// Decision is allowed, implicitDeny or explicitDeny.
	Decision string
	// Matched are the statements that decided: all that allow, or all that
	// deny.
	Matched []Matched
	// InBoundary says whether the permissions boundary allows it, nil without one.
	InBoundary *bool
}

// Explain decides as Authorize does and says which statements it was.
func Explain(p *identity.Principal, bucket *BucketPolicy, req Request) Verdict {
	v := Verdict{Decision: "allowed"}
	want := policy.DecisionAllow
	var denied *Denied
	if errors.As(Authorize(p, bucket, req), &denied) {
		v.Decision, want = "implicitDeny", policy.DecisionNoMatch
		if denied.Explicit {
			v.Decision, want = "explicitDeny", policy.DecisionDeny
		}
	}
	for _, entry := range p.Policies {
		v.Matched = append(v.Matched, deciding(entry, IdentityPolicy, req, want)...)
	}
	if p.Boundary != nil {
		in := evaluate([]types.PolicyEntry{*p.Boundary}, req) == policy.DecisionAllow
		v.InBoundary = &in
		if want == policy.DecisionDeny {
			v.Matched = append(v.Matched, deciding(*p.Boundary, BoundaryPolicy, req, want)...)
		}
	}
	v.Matched = append(v.Matched, bucket.deciding(p, req, want)...)
	return v
}

// deciding returns the statements of a policy that decide req as wanted.
func deciding(entry types.PolicyEntry, kind string, req Request, want policy.Decision) []Matched {
	version, statements, err := parseStatements(entry.PolicyDocument)
	if err != nil || want == policy.DecisionNoMatch {
		return nil
	}
	var found []Matched
	places := positions(entry.PolicyDocument)
	for i, s := range statements {
		if decideStatements(version, []statement{s}, req) == want {
			found = append(found, Matched{entry.PolicyName, kind, places[i].start, places[i].end})
		}
	}
	return found
}

func (b *BucketPolicy) deciding(p *identity.Principal, req Request, want policy.Decision) []Matched {
	if b == nil || want == policy.DecisionNoMatch {
		return nil
	}
	var found []Matched
	places := positions(b.document)
	for i, s := range b.statements {
		if s.matches(p) != matchNone && decideStatements(b.version, []statement{s}, req) == want {
			found = append(found, Matched{"ResourcePolicy", ResourcePolicy, places[i].start, places[i].end})
		}
	}
	return found
}

var variable = regexp.MustCompile(`\$\{([A-Za-z0-9_:./-]+)\}`)

// MissingKeys are the condition keys and policy variables of documents for
// which context has no value, in order.
func MissingKeys(documents []string, context map[string][]string) []string {
	known := map[string]bool{}
	for key := range context {
		known[strings.ToLower(key)] = true
	}
	var missing []string
	need := func(key string) {
		if !known[strings.ToLower(key)] {
			known[strings.ToLower(key)] = true
			missing = append(missing, key)
		}
	}
	for _, document := range documents {
		for _, found := range variable.FindAllStringSubmatch(document, -1) {
			need(found[1])
		}
		_, statements, _ := parseStatements(document) // which were read before
		for _, s := range statements {
			var block map[string]map[string]any
			if json.Unmarshal(s.Condition, &block) != nil {
				continue
			}
			for _, keys := range block {
				for key := range keys {
					need(key)
				}
			}
		}
	}
	slices.Sort(missing)
	return missing
}
