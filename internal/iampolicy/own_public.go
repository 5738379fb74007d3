package iampolicy

import (
	"encoding/json"
	"errors"
	"net/netip"
	"slices"
	"strings"
)

// limitingKeys are condition keys that identify the caller: an Allow for everyone that fixes one of them is not public.
// This is AWS's list, extended by similar keys, so that nothing that S3 accepts is refused:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status.
var limitingKeys = strings.Fields(`
	aws:principalaccount aws:principalarn aws:principalorgid aws:principalorgpaths aws:sourceaccount aws:sourcearn
	aws:sourceip aws:sourceorgid aws:sourceorgpaths aws:sourceowner aws:sourcevpc aws:sourcevpce aws:userid
	aws:vpcsourceip s3:dataaccesspointaccount s3:dataaccesspointarn s3:x-amz-server-side-encryption-aws-kms-key-id`)

// Wider address ranges than these count as everyone.
const (
	widestIPv4 = 8
	widestIPv6 = 32
)

// checkPublic refuses what S3 refuses when public policies are blocked, as they are on a receiving bucket.
func (s ownStatement) checkPublic() error {
	effect, _ := s.text("Effect")
	var principal foreignPrincipal
	_ = json.Unmarshal(s["Principal"], &principal) // checkPrincipal has read it.
	if effect != Allow || !slices.Contains(principal["AWS"], "*") || s.limited() {
		return nil
	}
	return errors.New("it allows access to everyone, which the bucket's public access block makes S3 refuse: " +
		"name who is allowed as Principal, or add a condition such as {\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-exampleorgid\"}}")
}

func (s ownStatement) limited() bool {
	foreign := foreignStatement{}
	_ = json.Unmarshal(s["Condition"], &foreign.Condition) // checkCondition has read it.
	return slices.ContainsFunc(foreign.clauses(), func(c clause) bool {
		negated := strings.Contains(c.operator, "not") || c.operator == "null"
		return !negated && !c.optional && slices.Contains(limitingKeys, c.key) && !slices.ContainsFunc(c.values, func(value string) bool {
			return isOpen(c.key, value)
		})
	})
}

// isOpen reports whether a value fixes nothing: a wildcard, a variable, or a very wide address range.
func isOpen(key, value string) bool {
	if key != "aws:sourceip" {
		return isWild(value)
	}
	prefix, err := netip.ParsePrefix(value)
	if err != nil {
		return false
	}
	return prefix.Bits() < widestIPv4 || prefix.Addr().Is6() && prefix.Bits() < widestIPv6
}
