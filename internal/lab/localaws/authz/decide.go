// Package authz decides requests as AWS does: by the caller's own policies,
// their permissions boundary and session policy, and the bucket's policy.
package authz

import (
	"fmt"
	"strings"

	"github.com/versity/versitygw/iamapi/policy"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// Request is one action on one resource, with the values that conditions see.
type Request struct {
	Action, Resource string
	// Owner is the account that the resource belongs to, "" for the caller's.
	Owner   string
	Context map[string][]string
}

// Denied is a refusal, which reads as AWS's.
type Denied struct {
	Principal, Action, Resource, Why string
	// Explicit is set when a Deny said so, rather than no Allow.
	Explicit bool
}

// Error implements error.
func (d *Denied) Error() string {
	return strings.TrimSpace(fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %q %s", d.Principal, d.Action, d.Resource, d.Why))
}

// Authorize returns a *Denied unless p may do what req asks for. bucket is the
// policy of the bucket in question, or nil.
func Authorize(p *identity.Principal, bucket *BucketPolicy, req Request) error {
	denied := func(why string) error {
		return refuse(p, req, why)
	}
	stranger := isStranger(p, req)
	grant := bucket.decide(p, req)
	if grant.decision == policy.DecisionDeny {
		// The root of the account is never locked out of a bucket's policy.
		if p.Kind == identity.Root && !stranger && isPolicyAction(req.Action) {
			return nil
		}
		return denied("with an explicit deny in a resource-based policy")
	}
	own := ownSide(p, req)
	granted := grant.decision == policy.DecisionAllow
	switch {
	case own == policy.DecisionDeny:
		return denied("with an explicit deny in an identity-based policy")
	case stranger && !grant.toAccount:
		return denied(fmt.Sprintf("because no resource-based policy allows the %s action", req.Action))
	case own != policy.DecisionAllow && (stranger || !granted):
		return denied(fmt.Sprintf("because no identity-based policy allows the %s action", req.Action))
	case stranger:
		grant.toCaller = false // both accounts have to allow it
	}
	return limit(p, req, grant, denied)
}

// isStranger says whether the resource is another account's, which has to
// grant what the caller's account allows. VoiceBase owns nothing here.
func isStranger(p *identity.Principal, req Request) bool {
	return p.Kind == identity.Foreign || (req.Owner != "" && req.Owner != p.AccountID)
}

// ownSide is what the caller's own account says. VoiceBase's lets its user do
// everything.
func ownSide(p *identity.Principal, req Request) policy.Decision {
	if p.Kind == identity.Root || p.Kind == identity.Foreign {
		return policy.DecisionAllow
	}
	return evaluate(p.Policies, req)
}

// limit applies what can only take away: the permissions boundary and the
// session's policy. A bucket policy that names this very user or session
// grants past an implicit deny of them, but not past an explicit one.
func limit(p *identity.Principal, req Request, grant grant, denied func(string) error) error {
	limits := []struct {
		policy *types.PolicyEntry
		name   string
	}{{p.Boundary, "permissions boundary"}, {p.SessionPolicy, "session policy"}}
	for _, l := range limits {
		if l.policy == nil {
			continue
		}
		switch evaluate([]types.PolicyEntry{*l.policy}, req) {
		case policy.DecisionDeny:
			return denied("with an explicit deny in a " + l.name)
		case policy.DecisionAllow:
		case policy.DecisionNoMatch:
			if !grant.toCaller {
				return denied(fmt.Sprintf("because no %s allows the %s action", l.name, req.Action))
			}
		}
	}
	return nil
}

func evaluate(docs []types.PolicyEntry, req Request) policy.Decision {
	return policy.EvaluateIdentityPolicies(docs, policy.RequestContext{
		Action: req.Action, Resource: req.Resource, Condition: req.Context,
	})
}

func isPolicyAction(action string) bool {
	return action == "s3:GetBucketPolicy" || action == "s3:PutBucketPolicy" || action == "s3:DeleteBucketPolicy"
}

// refuse makes a *Denied; its reason says whether it is an explicit one.
func refuse(p *identity.Principal, req Request, why string) error {
	return &Denied{
		Principal: p.ARN, Action: req.Action, Resource: req.Resource, Why: why,
		Explicit: strings.Contains(why, "explicit deny"),
	}
}
