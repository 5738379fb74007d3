package authz

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// InvalidPrincipal is a principal that nobody has.
type InvalidPrincipal struct{ Kind, Name string }

// Error implements error.
func (e *InvalidPrincipal) Error() string {
	return fmt.Sprintf("Invalid principal in policy: %q:%q", strings.ToUpper(e.Kind), e.Name)
}

// CheckPrincipals returns an *InvalidPrincipal if document names an AWS
// principal for which exists says no, or something that is no service.
func CheckPrincipals(document string, exists func(arn string) bool) error {
	_, statements, err := parseStatements(document)
	if err != nil {
		return err
	}
	for _, s := range statements {
		for _, raw := range []json.RawMessage{s.Principal, s.NotPrincipal} {
			if len(raw) == 0 {
				continue
			}
			named, err := principals(raw)
			if err != nil {
				return err
			}
			if err := checkNames(named, exists); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkNames(named map[string]list, exists func(arn string) bool) error {
	for _, name := range named["AWS"] {
		if name != "*" && !isAccountID(name) && !exists(name) {
			return &InvalidPrincipal{"AWS", name}
		}
	}
	for _, name := range named["Service"] {
		if !isService(name) {
			return &InvalidPrincipal{"Service", name}
		}
	}
	return nil
}

// isService knows a service by its form: AWS has hundreds.
func isService(name string) bool {
	host, ok := strings.CutSuffix(name, ".amazonaws.com")
	return ok && host != "" && strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}

// NonAssumingAction returns the first action of a trust policy that is not one
// of assuming a role, or "".
func NonAssumingAction(document string) string {
	assuming := []string{
		"sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:tagsession", "sts:setsourceidentity", "sts:setcontext",
	}
	_, statements, _ := parseStatements(document) // which were read before
	for _, s := range statements {
		for _, action := range slices.Concat(s.Action, s.NotAction) {
			lower := strings.ToLower(action)
			known := slices.ContainsFunc(assuming, func(name string) bool { return glob(lower, name) })
			if !known || !strings.HasPrefix(lower, "sts:") {
				return action
			}
		}
	}
	return ""
}

// Canonical returns document with bare account IDs among its principals
// written as the accounts' roots, as AWS shows them. One without any comes
// back as it is, byte for byte.
func Canonical(document string) string {
	return rewritePrincipals(document, "AWS", func(name string) string {
		if isAccountID(name) {
			return "arn:aws:iam::" + name + ":root"
		}
		return name
	})
}

// Bury returns document with a principal's unique ID in the place of its ARN.
func Bury(document, arn, uniqueID string) string {
	return rewritePrincipals(document, "AWS", func(name string) string {
		if name == arn {
			return uniqueID
		}
		return name
	})
}

// WithService returns document with every service principal replaced.
func WithService(document, service string) string {
	return rewritePrincipals(document, "Service", func(string) string { return service })
}

func rewritePrincipals(document, kind string, rewrite func(string) string) string {
	var doc map[string]any
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	if err := decoder.Decode(&doc); err != nil {
		return document
	}
	changed := false
	for _, s := range each(doc["Statement"]) {
		statement, _ := s.(map[string]any)
		for _, field := range []string{"Principal", "NotPrincipal"} {
			named, _ := statement[field].(map[string]any)
			value, ok := named[kind]
			if !ok {
				continue
			}
			rewritten, differs := rewriteValue(value, rewrite)
			named[kind], changed = rewritten, changed || differs
		}
	}
	if !changed {
		return document
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(doc); err != nil {
		return document
	}
	return strings.TrimSpace(b.String())
}

func each(v any) []any {
	if several, ok := v.([]any); ok {
		return several
	}
	return []any{v}
}

func rewriteValue(v any, rewrite func(string) string) (any, bool) {
	if one, ok := v.(string); ok {
		rewritten := rewrite(one)
		return rewritten, rewritten != one
	}
	several, _ := v.([]any)
	changed := false
	for i, item := range several {
		name, ok := item.(string)
		if !ok {
			continue
		}
		several[i] = rewrite(name)
		changed = changed || several[i] != item
	}
	return v, changed
}
