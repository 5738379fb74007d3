package authz

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/versity/versitygw/iamapi/policy"
)

// CheckGrammar checks what all kinds of policies have in common and Go's own
// reading of JSON does not see: the names of elements, which have one case
// only, and what each may consist of:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
func CheckGrammar(document string) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(document), &fields); err != nil {
		return errors.New("the policy is not a JSON object")
	}
	if err := onlyNames(fields, "Version", "Id", "Statement"); err != nil {
		return err
	}
	for _, name := range []string{"Version", "Id"} {
		var text string
		if raw, ok := fields[name]; ok && json.Unmarshal(raw, &text) != nil {
			return fmt.Errorf("%s must be a string", name)
		}
	}
	statements, err := oneOrMore(fields["Statement"])
	if err != nil || len(statements) == 0 {
		return errors.New("the Statement must be a statement or a list of them")
	}
	for _, raw := range statements {
		if err := checkStatement(raw); err != nil {
			return err
		}
	}
	return nil
}

// ParseIdentityPolicy returns an error unless document is a policy that an
// identity can have.
func ParseIdentityPolicy(document string) error {
	if err := CheckGrammar(document); err != nil {
		return err
	}
	return policy.Parse(document)
}

func checkStatement(raw json.RawMessage) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return errors.New("a statement must be a JSON object")
	}
	err := onlyNames(fields, "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition")
	if err != nil {
		return err
	}
	for _, name := range []string{"Sid", "Effect"} {
		var text string
		if raw, ok := fields[name]; ok && json.Unmarshal(raw, &text) != nil {
			return fmt.Errorf("%s must be a string", name)
		}
	}
	for _, name := range []string{"Action", "NotAction", "Resource", "NotResource"} {
		if raw, ok := fields[name]; ok && !isTexts(raw) {
			return fmt.Errorf("%s must be a string or a list of strings", name)
		}
	}
	if raw, ok := fields["Condition"]; ok {
		return checkCondition(raw)
	}
	return nil
}

// isTexts says whether raw is a string or several, none of them empty.
func isTexts(raw json.RawMessage) bool {
	values, err := oneOrMore(raw)
	if err != nil || len(values) == 0 {
		return false
	}
	return !slices.ContainsFunc(values, func(v json.RawMessage) bool {
		var text string
		return json.Unmarshal(v, &text) != nil || text == ""
	})
}

// checkCondition checks operators, keys and values; values are strings,
// numbers, booleans or lists of these.
func checkCondition(raw json.RawMessage) error {
	var block map[string]map[string]json.RawMessage
	if err := json.Unmarshal(raw, &block); err != nil || string(raw) == "null" {
		return errors.New("a Condition must map operators to keys and values")
	}
	for operator, keys := range block {
		if !isOperator(operator) {
			return fmt.Errorf("invalid condition type: %s", operator)
		}
		for key, value := range keys {
			values, err := oneOrMore(value)
			if err != nil || len(values) == 0 || slices.ContainsFunc(values, isNoScalar) {
				return fmt.Errorf("the condition key %s has no valid value", key)
			}
		}
	}
	return nil
}

func isNoScalar(raw json.RawMessage) bool {
	text := strings.TrimSpace(string(raw))
	return text == "null" || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

// oneOrMore returns the elements of a list, or the one value.
func oneOrMore(raw json.RawMessage) ([]json.RawMessage, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	if !strings.HasPrefix(strings.TrimSpace(string(raw)), "[") {
		return []json.RawMessage{raw}, nil
	}
	var values []json.RawMessage
	if err := json.Unmarshal(raw, &values); err != nil {
		return nil, fmt.Errorf("reading a list: %w", err)
	}
	return values, nil
}

func onlyNames(fields map[string]json.RawMessage, names ...string) error {
	for name := range fields {
		if !slices.Contains(names, name) {
			return fmt.Errorf("unknown field %s", name)
		}
	}
	return nil
}
