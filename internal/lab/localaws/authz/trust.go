package authz

import (
	"github.com/versity/versitygw/iamapi/policy"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// AuthorizeAssume returns a *Denied unless p may assume an account's role with
// the given ARN and trust policy.
func AuthorizeAssume(p *identity.Principal, account, roleARN, trust string, context map[string][]string) error {
	req := Request{Action: "sts:AssumeRole", Resource: roleARN, Owner: account, Context: context}
	// AWS does not say why, as that would tell strangers which roles exist.
	denied := refuse(p, req, "")
	version, statements, err := parseStatements(trust)
	if err != nil {
		return denied
	}
	var all, direct []statement
	for _, s := range statements {
		m := s.matches(p)
		// A trust policy names no resource: it is about its own role.
		s.rest["Resource"] = []byte(`"*"`)
		if m != matchNone {
			all = append(all, s)
		}
		if m == matchCaller || (m == matchAny && p.RoleARN != "") {
			direct = append(direct, s)
		}
	}
	if decideStatements(version, all, req) != policy.DecisionAllow {
		return denied
	}
	named := !isStranger(p, req) && decideStatements(version, direct, req) == policy.DecisionAllow
	return authorizeOwnSide(p, req, named)
}

// authorizeOwnSide judges the caller's own permission to assume. A trust that
// names the caller itself is enough within an account.
func authorizeOwnSide(p *identity.Principal, req Request, named bool) error {
	own := ownSide(p, req)
	if own == policy.DecisionDeny {
		return refuse(p, req, "with an explicit deny in an identity-based policy")
	}
	if own != policy.DecisionAllow && !named {
		return refuse(p, req, "because no identity-based policy allows the sts:AssumeRole action")
	}
	return limit(p, req, grant{toCaller: named}, func(why string) error {
		return refuse(p, req, why)
	})
}
