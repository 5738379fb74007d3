package iampolicy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

const (
	assumeRole    = "sts:AssumeRole"
	keyExternalID = "sts:externalid"
	everyone      = "*"
	// rootResource is the resource of an account's ARN as a principal.
	rootResource = "root"
)

// TrustHint says which principal and external ID are meant if a trust policy names several.
type TrustHint struct {
	// Principal is VoiceBase's, or the zero value if it is not known.
	Principal awsname.TrustedPrincipal
	// ExternalID is the organization ID, "" if it is not known.
	ExternalID awsname.ExternalID
	// AccountID is the role's own account, whose principals are not VoiceBase's. It is "" if it is not known.
	AccountID string
}

// TrustMeaning is the meaning of a trust policy in the arguments of Trust, whoever wrote it.
type TrustMeaning struct {
	// Principal is the zero value if the policy names none, or several and none of them is the hint's.
	Principal awsname.TrustedPrincipal
	// ExternalID is "" if none is required, or it cannot be determined.
	ExternalID awsname.ExternalID
	// Undecided is set if an external ID is required, but not exactly one: several are accepted, or a pattern.
	Undecided bool
	// Beyond is what the policy allows and Trust with these arguments would not: writing that narrows the trust.
	Beyond []Remark
	// Lost is what the policy refuses and Trust with these arguments would not: writing that widens the trust.
	Lost []Remark
}

// candidate is one principal that one statement lets assume the role.
type candidate struct {
	statement foreignStatement
	principal awsname.TrustedPrincipal
	// ids are the external IDs that the statement compares with. A statement without any accepts calls without one.
	ids []string
	// loose says why the comparison of the external ID is looser than Trust's, or "".
	loose string
	// only are the conditions on the principal itself.
	only []onlyPrincipal
	lost []Remark
}

// narrow applies the conditions on the principal to the name in the statement.
func (c *candidate) narrow() {
	for _, only := range c.only {
		narrowed, ok := only.narrowed(c.principal)
		if !ok {
			c.lost = append(slices.Clip(c.lost), only.remark) // The candidates of a statement share the start of the list.
		}
		c.principal = narrowed
	}
}

// unnamed reports whether the principal is everyone or a deleted one: such a statement tells the external ID, but no
// ARN.
func (c candidate) unnamed() bool { return c.principal == awsname.TrustedPrincipal{} }

// UnderstandTrust reads the meaning of a trust policy: statement IDs, order and spelling make no difference.
func UnderstandTrust(document string, hint TrustHint) (TrustMeaning, error) {
	statements, err := parseForeign(document)
	if err != nil {
		return TrustMeaning{}, err
	}
	var meaning TrustMeaning
	var candidates []candidate
	for _, statement := range statements {
		if statement.Effect == Deny {
			meaning.Lost = append(meaning.Lost, Remark{statement.text, "it denies"})
			continue
		}
		found, beyond := statement.trusted()
		candidates = append(candidates, found...)
		meaning.Beyond = append(meaning.Beyond, beyond...)
	}
	meaning.settle(candidates, hint)
	return meaning, nil
}

// trusted returns the principals of a statement, and remarks about what Trust cannot express for any of them.
func (s foreignStatement) trusted() (found []candidate, beyond []Remark) {
	remark := func(format string, args ...any) {
		beyond = append(beyond, Remark{s.text, fmt.Sprintf(format, args...)})
	}
	if !s.allows(assumeRole) {
		remark("it allows other actions than %s", assumeRole)
		return nil, beyond
	}
	if len(s.Action) != 1 || !strings.EqualFold(s.Action[0], assumeRole) {
		remark("it allows more than %s", assumeRole)
	}
	if len(s.NotPrincipal) > 0 {
		remark("it trusts everyone but some")
	}
	base := s.readCondition()
	for _, kind := range slices.Sorted(maps.Keys(s.Principal)) {
		for _, name := range s.Principal[kind] {
			one := base
			one.principal, _ = awsname.ParsePrincipal(name)
			switch {
			case kind != "AWS" || one.unnamed() && name != everyone && !awsname.IsUniqueID(name):
				remark("it trusts %q, which voicebase_arn cannot name", name)
				continue
			case name == everyone || !one.unnamed():
				one.narrow()
			}
			if name == everyone && one.unnamed() {
				remark("it trusts every AWS account")
			}
			found = append(found, one)
		}
	}
	return found, beyond
}

// settle chooses the principal and the external ID, and notes the rest.
func (m *TrustMeaning) settle(candidates []candidate, hint TrustHint) {
	named := slices.DeleteFunc(slices.Clone(candidates), candidate.unnamed)
	m.Principal = choosePrincipal(named, hint)
	var chosen []candidate
	for _, c := range candidates {
		switch {
		case c.principal.Same(m.Principal):
			chosen = append(chosen, c)
		case !c.unnamed():
			m.Beyond = append(m.Beyond, Remark{c.statement.text, "it also trusts " + c.principal.String()})
		}
	}
	m.Lost = append(m.Lost, lost(chosen)...)
	if m.Principal == (awsname.TrustedPrincipal{}) && hint.Principal == (awsname.TrustedPrincipal{}) {
		m.loseEach(named)
	}
	m.chooseExternalID(chosen, hint.ExternalID)
}

// lost are the conditions of statements that count together. If one of them has none, a condition of another one
// restricts nothing, so nothing is lost with it.
func lost(candidates []candidate) []Remark {
	var remarks []Remark
	for _, c := range candidates {
		if len(c.lost) == 0 {
			return nil
		}
		remarks = append(remarks, c.lost...)
	}
	return remarks
}

// loseEach notes what is lost with each principal, whichever of them the configuration chooses.
func (m *TrustMeaning) loseEach(candidates []candidate) {
	for _, one := range candidates {
		same := slices.DeleteFunc(slices.Clone(candidates), func(c candidate) bool { return !c.principal.Same(one.principal) })
		for _, remark := range lost(same) {
			if !slices.Contains(m.Lost, remark) {
				m.Lost = append(m.Lost, remark)
			}
		}
	}
}

// choosePrincipal returns the hint's principal, or else the only one of the hint's account, or else the only one outside
// the role's own account.
func choosePrincipal(candidates []candidate, hint TrustHint) awsname.TrustedPrincipal {
	var all, others, known []awsname.TrustedPrincipal
	for _, c := range candidates {
		if c.principal.Same(hint.Principal) {
			return c.principal
		}
		same := func(p awsname.TrustedPrincipal) bool { return p.Same(c.principal) }
		if slices.ContainsFunc(all, same) {
			continue
		}
		all = append(all, c.principal)
		if c.principal.AccountID != hint.AccountID {
			others = append(others, c.principal)
		}
		if c.principal.AccountID == hint.Principal.AccountID {
			known = append(known, c.principal)
		}
	}
	switch {
	case len(known) == 1:
		return known[0]
	case len(others) == 1:
		return others[0]
	case len(all) == 1:
		return all[0]
	}
	return awsname.TrustedPrincipal{}
}

// chooseExternalID returns the hint's external ID, or else the only one. If several are accepted, the argument can only
// name one.
func (m *TrustMeaning) chooseExternalID(chosen []candidate, hint awsname.ExternalID) {
	var ids []string
	for _, c := range chosen {
		ids = append(ids, c.ids...)
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	switch {
	case slices.Contains(ids, string(hint)):
		m.ExternalID = hint
	case len(ids) == 1:
		m.ExternalID, _ = awsname.ParseExternalID(ids[0])
	}
	if len(ids) == 0 {
		return
	}
	m.Undecided = m.ExternalID == "" && !slices.ContainsFunc(chosen, func(c candidate) bool { return len(c.ids) == 0 })
	for _, c := range chosen {
		switch {
		case c.loose != "":
			m.Beyond = append(m.Beyond, Remark{c.statement.text, c.loose})
		case len(c.ids) == 0:
			m.Beyond = append(m.Beyond, Remark{c.statement.text, "it takes calls without an external ID"})
		case len(ids) > 1:
			m.Beyond = append(m.Beyond, Remark{c.statement.text, fmt.Sprintf("it makes the role accept %d external IDs", len(ids))})
		}
	}
}
