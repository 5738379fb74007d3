package iampolicy

import (
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// SameTrust reports whether two trust policies have the same meaning, and contain nothing that Trust cannot express.
func SameTrust(a, b string) bool {
	one, _ := UnderstandTrust(a, TrustHint{}) // An unreadable policy trusts nobody.
	other, _ := UnderstandTrust(b, TrustHint{})
	return one.plain() && other.plain() && DeadPrincipal(a) == "" && DeadPrincipal(b) == "" &&
		one.Principal.Same(other.Principal) && one.ExternalID == other.ExternalID
}

func (m TrustMeaning) plain() bool {
	return m.Principal != (awsname.TrustedPrincipal{}) && len(m.Beyond) == 0 && len(m.Lost) == 0
}

// Trusts reports whether a trust policy lets a principal assume the role. The policy can name the principal or its
// account; an account also counts as named if any of its principals is. Everyone counts if an external ID is required,
// as vendors do.
func Trusts(document string, principal awsname.TrustedPrincipal) bool {
	statements, _ := parseForeign(document)
	return slices.ContainsFunc(statements, func(s foreignStatement) bool {
		return s.Effect == Allow && s.allows(assumeRole) && s.names(principal)
	})
}

func (s foreignStatement) names(principal awsname.TrustedPrincipal) bool {
	condition := s.readCondition()
	return slices.ContainsFunc(s.Principal["AWS"], func(name string) bool {
		one := condition
		var err error
		if one.principal, err = awsname.ParsePrincipal(name); err != nil && name != everyone {
			return false
		}
		one.narrow()
		if one.unnamed() {
			return slices.ContainsFunc(s.clauses(), func(c clause) bool { return c.key == keyExternalID })
		}
		named := one.principal
		if named.AccountID != principal.AccountID {
			return false
		}
		return named.Same(principal) || named.Resource == rootResource || principal.Resource == rootResource
	})
}
