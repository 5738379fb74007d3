package iampolicy

import (
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// readCondition splits a condition into the external ID, the one principal that it lets through, and the rest, which
// Trust cannot express.
func (s foreignStatement) readCondition() candidate {
	c := candidate{statement: s}
	for _, clause := range s.clauses() {
		if only, ok := clause.onlyPrincipal(); ok {
			c.only = append(c.only, onlyPrincipal{only, Remark{s.text, "it has a condition on " + clause.key}})
			continue
		}
		if clause.key != keyExternalID {
			c.lost = append(c.lost, Remark{s.text, "it has a condition on " + clause.key})
			continue
		}
		switch clause.operator {
		case "stringequals", "stringlike", "stringequalsignorecase":
		default:
			c.lost = append(c.lost, Remark{s.text, "its external ID is compared by " + clause.operator})
			continue
		}
		if len(c.ids) > 0 { // Each of them has to pass, and Trust has one.
			c.lost = append(c.lost, Remark{s.text, "it has several conditions on the external ID"})
			continue
		}
		c.ids = clause.values
		switch {
		case clause.optional:
			c.loose = "it also takes calls without an external ID"
		case clause.operator == "stringequalsignorecase":
			c.loose = "it ignores the case of the external ID"
		case !allExternalIDs(clause.values):
			c.loose = "it accepts external IDs that external_id cannot express"
		}
	}
	return c
}

func allExternalIDs(values []string) bool {
	return !slices.ContainsFunc(values, func(value string) bool { _, err := awsname.ParseExternalID(value); return err != nil })
}

// onlyPrincipal is the principal that a condition lets through, and the remark if the statement names somebody else.
type onlyPrincipal struct {
	principal awsname.TrustedPrincipal
	remark    Remark
}

// equalities are the operators that compare one value without a wildcard.
var equalities = []string{"stringequals", "stringlike", "arnequals", "arnlike"}

// onlyPrincipal reads a condition by which a policy that trusts an account, or everyone, limits the trust to one
// principal:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn.
func (c clause) onlyPrincipal() (awsname.TrustedPrincipal, bool) {
	if c.optional || len(c.values) != 1 || !slices.Contains(equalities, c.operator) {
		return awsname.TrustedPrincipal{}, false
	}
	principal, err := awsname.ParsePrincipal(c.values[0])
	switch {
	case err != nil:
		return awsname.TrustedPrincipal{}, false
	case c.key == "aws:principalarn": // whose root is only the root user
		return principal, principal.Resource != rootResource
	}
	return principal, c.key == "aws:principalaccount" && principal.Partition == ""
}

// narrowed is the principal that remains of the name in a statement (the zero value is everyone) and of its condition.
// It fails if they contradict each other.
func (o onlyPrincipal) narrowed(named awsname.TrustedPrincipal) (awsname.TrustedPrincipal, bool) {
	switch {
	case named == awsname.TrustedPrincipal{}:
		return o.principal, true
	case named.AccountID != o.principal.AccountID:
	case named.Resource == rootResource:
		return o.principal.In(named.Partition), true
	case o.principal.Resource == rootResource, named.Same(o.principal):
		return named, true
	}
	return named, false
}
