package iampolicy

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// Writer is the identity that puts an object into a bucket, as the bucket's policy sees it.
type Writer struct {
	// Principal is a role, a user or an account's root.
	Principal awsname.TrustedPrincipal
	// Session is the ARN of the session, "" if none is known.
	Session string
	// AnyPath is set if the path before the principal's name is not known, because a session's ARN leaves it out.
	AnyPath bool
}

// BucketStatement is a statement of a bucket policy that concerns a writer, as a policy without principals. IAM's
// simulator needs this form, because it accepts no resource policies for roles
// (https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html).
type BucketStatement struct {
	// Name is the Sid in quotes, or the number of a statement without one.
	Name string
	// Effect is Allow or Deny.
	Effect string
	// Policy is the statement as an identity policy.
	Policy string
	// Open are condition keys about which nothing is known. The simulator could only guess them.
	Open []string
}

// BucketStatements returns the statements of a bucket policy that affect what a writer does. The simulator evaluates
// what the request is known to have. What the request is known to lack is evaluated here, because the simulator has no
// argument for it.
func BucketStatements(document string, writer Writer, does Probe, request Request) ([]BucketStatement, error) {
	if document == "" {
		return nil, nil
	}
	statements, err := parseForeign(document)
	if err != nil {
		return nil, err
	}
	var out []BucketStatement
	for i, s := range statements {
		if !s.allows(does.Action) || !s.isAbout(writer) || !s.isOn(does.Resource, request) {
			continue
		}
		condition, open, possible := s.simulatable(request)
		if !possible {
			continue
		}
		out = append(out, BucketStatement{Name: s.name(i), Effect: s.Effect, Policy: s.withoutPrincipals(condition), Open: open})
	}
	return out, nil
}

func (s foreignStatement) name(index int) string {
	var head statementHead
	if _ = json.Unmarshal([]byte(s.text), &head); head.Sid != "" {
		return fmt.Sprintf("%q", head.Sid)
	}
	return fmt.Sprintf("number %d", index+1)
}

// isAbout reports whether a statement concerns a writer. Allowing the account leaves the decision to the account's own
// policies; denying it denies each of its principals; excluding it from a denial excludes none of them:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html.
func (s foreignStatement) isAbout(w Writer) bool {
	if len(s.NotPrincipal) > 0 {
		return s.Effect == Deny && !w.isNamed(s.NotPrincipal["AWS"], false)
	}
	return w.isNamed(s.Principal["AWS"], s.Effect == Deny)
}

func (w Writer) isNamed(names []string, byAccount bool) bool {
	for _, name := range names {
		named, err := awsname.ParsePrincipal(name)
		switch {
		case name == "*", w.Session != "" && name == w.Session:
			return true
		case err != nil || named.AccountID != w.Principal.AccountID:
		case named.Same(w.Principal), w.AnyPath && sameName(named.Resource, w.Principal.Resource):
			return true
		case named.Resource == "root" && byAccount:
			return true
		}
	}
	return false
}

// sameName compares role/path/name and role/name.
func sameName(a, b string) bool {
	kindA, _, _ := strings.Cut(a, "/")
	kindB, _, _ := strings.Cut(b, "/")
	return kindA == kindB && a[strings.LastIndex(a, "/")+1:] == b[strings.LastIndex(b, "/")+1:]
}

// simulatable removes from a condition what the request decides by lacking a key. possible is false if the statement
// therefore does not apply.
func (s foreignStatement) simulatable(request Request) (condition map[string]map[string]oneOrMoreText, open []string, possible bool) {
	condition = map[string]map[string]oneOrMoreText{}
	for operator, keys := range s.Condition {
		for key, values := range keys {
			c := newClause(operator, key, values)
			found, known := request[c.key]
			if known && (len(found) == 0 || c.operator == "null") {
				if c.holds(request) == False {
					return nil, nil, false
				}
				continue
			}
			if !known {
				open = append(open, c.key)
			}
			if condition[operator] == nil {
				condition[operator] = map[string]oneOrMoreText{}
			}
			condition[operator][key] = values
		}
	}
	return condition, distinct(open), true
}

// withoutPrincipals is the statement as an identity policy. It drops the Sid, because a bucket's Sid may contain
// characters that an identity policy's may not.
func (s foreignStatement) withoutPrincipals(condition map[string]map[string]oneOrMoreText) string {
	type identityStatement struct {
		Effect      string                              `json:"Effect"`
		Action      []string                            `json:"Action,omitempty"`
		NotAction   []string                            `json:"NotAction,omitempty"`
		Resource    []string                            `json:"Resource,omitempty"`
		NotResource []string                            `json:"NotResource,omitempty"`
		Condition   map[string]map[string]oneOrMoreText `json:"Condition,omitempty"`
	}
	return inASCII(string(rawMessage(map[string]any{"Version": Version, "Statement": []identityStatement{{
		Effect: s.Effect, Action: s.Action, NotAction: s.NotAction, Resource: s.Resource, NotResource: s.NotResource, Condition: condition,
	}}})))
}

// inASCII escapes what S3 accepts in a policy and IAM does not.
func inASCII(document string) string {
	var b strings.Builder
	for _, r := range document {
		if r < 0x7f {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// DeniesPlainHTTP reports whether a bucket's policy denies everyone a PUT of any object without TLS.
func DeniesPlainHTTP(document, bucketARN string) bool {
	statements, _ := parseForeign(document)
	plain := Request{"aws:securetransport": {"false"}}
	for _, s := range statements {
		if s.Effect != Deny || !s.allows("s3:PutObject") || !s.onObjects(bucketARN) {
			continue
		}
		if holds, _ := s.applies(plain); holds == True && slices.Contains(s.Principal["AWS"], everyone) {
			return true
		}
	}
	return false
}

// isOn reports whether a statement's resources may include one: a variable about which nothing is known may stand for
// anything.
func (s foreignStatement) isOn(resource string, request Request) bool {
	if len(s.NotResource) > 0 {
		return !slices.ContainsFunc(s.NotResource, func(pattern string) bool {
			resolved, _ := request.resolve(pattern) // "" for such a variable, which matches nothing
			return glob(resolved, resource)
		})
	}
	return slices.ContainsFunc(s.Resource, func(pattern string) bool {
		resolved, known := request.resolve(pattern)
		return !known || glob(resolved, resource)
	})
}

// onObjects reports whether a statement is about all objects of a bucket.
func (s foreignStatement) onObjects(bucketARN string) bool {
	for _, pattern := range s.Resource {
		if covers(pattern, bucketARN+"/*") {
			return true
		}
	}
	return false
}

// ListsSources reports whether a condition of the policy lists all of the addresses.
func ListsSources(document string, addresses []string) bool {
	statements, _ := parseForeign(document)
	for _, s := range statements {
		for _, c := range s.clauses() {
			if c.key == "aws:sourceip" && lists(c.values, addresses) {
				return true
			}
		}
	}
	return false
}

func lists(ranges, addresses []string) bool {
	for _, address := range addresses {
		if !slices.ContainsFunc(ranges, func(pattern string) bool { return inRange(pattern, address) }) {
			return false
		}
	}
	return true
}

// NewWriter parses the ARN by which STS names the identity that signs. The ARN of a session leaves out the path of its
// role.
func NewWriter(arn string) Writer {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 {
		return Writer{}
	}
	w := Writer{Principal: awsname.TrustedPrincipal{Partition: parts[1], AccountID: parts[4], Resource: parts[5]}}
	if role, ok := strings.CutPrefix(parts[5], "assumed-role/"); ok {
		name, _, _ := strings.Cut(role, "/")
		w.Principal.Resource, w.Session, w.AnyPath = "role/"+name, arn, true
	}
	return w
}
