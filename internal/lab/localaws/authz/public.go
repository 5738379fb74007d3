package authz

import (
	"encoding/json"
	"net/netip"
	"slices"
	"strings"
)

// IsPublic says whether AWS calls a bucket policy public: it allows something
// to everyone, not limited to fixed values of a key that tells callers apart.
func IsPublic(document string) bool {
	_, statements, err := parseStatements(document)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(statements, func(s statement) bool {
		if s.Effect != "Allow" {
			return false
		}
		named, err := principals(s.Principal)
		return err == nil && slices.Contains(named["AWS"], "*") && !isLimited(s.Condition)
	})
}

// isLimited says whether a condition limits callers to fixed values.
func isLimited(raw json.RawMessage) bool {
	var block map[string]map[string]list
	if len(raw) == 0 || json.Unmarshal(raw, &block) != nil {
		return false
	}
	for operator, keys := range block {
		// A negated operator, or one that holds when the key is absent, excludes rather than limits.
		if strings.Contains(operator, "Not") || strings.HasSuffix(operator, "IfExists") || strings.HasPrefix(operator, "ForAllValues:") || operator == "Null" {
			continue
		}
		for key, values := range keys {
			if tellsCallersApart(key) && !slices.ContainsFunc(values, func(v string) bool { return isOpen(key, v) }) {
				return true
			}
		}
	}
	return false
}

func tellsCallersApart(key string) bool {
	return slices.Contains(strings.Fields(`
		aws:principalaccount aws:principalarn aws:principalorgid aws:principalorgpaths aws:sourceaccount aws:sourcearn
		aws:sourceip aws:sourceorgid aws:sourceorgpaths aws:sourceowner aws:sourcevpc aws:sourcevpce aws:userid
		aws:vpcsourceip s3:dataaccesspointaccount s3:dataaccesspointarn`), strings.ToLower(key))
}

// isOpen says whether a value is no fixed one: it has a wildcard or a
// variable, or is a very wide range of addresses.
func isOpen(key, value string) bool {
	const widest4, widest6 = 8, 32
	if !strings.EqualFold(key, "aws:SourceIp") {
		return strings.ContainsAny(value, "*?$")
	}
	prefix, err := netip.ParsePrefix(value)
	if err != nil {
		return false // one address
	}
	return prefix.Bits() < widest4 || (prefix.Addr().Is6() && prefix.Bits() < widest6)
}
