package iampolicy

import (
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// Caller is the identity that calls sts:AssumeRole, with what is known about the call.
type Caller struct {
	Principal awsname.TrustedPrincipal
	// ExternalID is what the caller sends, "" for nothing.
	ExternalID string
	// Request is what else is known. The keys that follow from the fields above are added to it.
	Request Request
}

// TrustVerdict is the result of a trust policy for a caller.
type TrustVerdict struct {
	// Allowed is the result. Open are the condition keys that leave it uncertain.
	Allowed Truth
	Open    []string
	// Denied is set if a Deny applies.
	Denied bool
	// Named says whether a statement trusts the principal, regardless of its condition. It is Unknown if the caller is
	// an account and the statement trusts one principal in it.
	Named Truth
	// Everyone is set if the statement that names the principal names everyone.
	Everyone bool
	// Trusted are the AWS principals in the policy, as the policy writes them.
	Trusted []string
	// ExternalIDs are the values that the statements about the principal compare the external ID with.
	ExternalIDs []string
}

// JudgeTrust evaluates any trust policy as AWS does: all of its statements, denials first.
func JudgeTrust(document string, caller Caller) (TrustVerdict, error) {
	statements, err := parseForeign(document)
	if err != nil {
		return TrustVerdict{}, err
	}
	verdict := TrustVerdict{Allowed: False, Named: False}
	request, denied := caller.request(), False
	for _, s := range statements {
		if !s.allows(assumeRole) {
			continue
		}
		verdict.Trusted = append(verdict.Trusted, s.trusts()...)
		named := s.namesCaller(caller.Principal)
		if named == False {
			continue
		}
		holds, open := s.applies(request)
		if s.Effect == Deny {
			denied = either(denied, both(named, holds))
		} else {
			verdict.add(s, named, holds)
		}
		verdict.Open = append(verdict.Open, open...)
	}
	verdict.Denied = denied == True
	verdict.Allowed = both(verdict.Allowed, not(denied))
	verdict.Trusted, verdict.ExternalIDs, verdict.Open = distinct(verdict.Trusted), distinct(verdict.ExternalIDs), distinct(verdict.Open)
	return verdict, nil
}

func (v *TrustVerdict) add(s foreignStatement, named, holds Truth) {
	v.Named = either(v.Named, named)
	v.Allowed = either(v.Allowed, both(named, holds))
	v.Everyone = v.Everyone || len(s.NotPrincipal) > 0 || slices.Contains(s.Principal["AWS"], "*")
	for _, c := range s.clauses() {
		if c.key == keyExternalID && c.operator != "null" {
			v.ExternalIDs = append(v.ExternalIDs, c.values...)
		}
	}
}

// trusts are the AWS principals of an Allow.
func (s foreignStatement) trusts() []string {
	if s.Effect != Allow {
		return nil
	}
	return s.Principal["AWS"]
}

// namesCaller reports whether a statement applies to a principal.
func (s foreignStatement) namesCaller(p awsname.TrustedPrincipal) Truth {
	if len(s.NotPrincipal) > 0 {
		return not(namesOneOf(s.NotPrincipal["AWS"], p))
	}
	return namesOneOf(s.Principal["AWS"], p)
}

func namesOneOf(names []string, p awsname.TrustedPrincipal) Truth {
	answer := False
	for _, name := range names {
		answer = either(answer, nameIs(name, p))
	}
	return answer
}

// nameIs compares a principal element with a principal. An account stands for each of its principals. If the principal
// is an account, the element may or may not mean one of its principals.
func nameIs(name string, p awsname.TrustedPrincipal) Truth {
	if name == "*" {
		return True
	}
	named, err := awsname.ParsePrincipal(name)
	switch {
	case err != nil || named.AccountID != p.AccountID:
		return False
	case named.Same(p) || named.Resource == "root":
		return truth(named.Partition == "" || p.Partition == "" || named.Partition == p.Partition)
	case p.Resource == "root":
		return Unknown
	}
	return False
}

// request adds what follows from the caller's identity.
func (c Caller) request() Request {
	request := Request{
		keyExternalID:               nil,
		"aws:principalaccount":      {c.Principal.AccountID},
		"aws:principalisawsservice": {"false"},
		"aws:viaawsservice":         {"false"},
		"aws:securetransport":       {"true"},
	}
	for key, values := range c.Request {
		request[key] = values
	}
	if c.ExternalID != "" {
		request[keyExternalID] = []string{c.ExternalID}
	}
	kind, _, _ := strings.Cut(c.Principal.Resource, "/")
	switch kind {
	case "role":
		request["aws:principaltype"] = []string{"AssumedRole"}
		request["aws:principalarn"] = []string{c.Principal.String()}
	case "user":
		request["aws:principaltype"] = []string{"User"}
		request["aws:principalarn"] = []string{c.Principal.String()}
	}
	return request
}

func distinct(texts []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(texts)))
}
