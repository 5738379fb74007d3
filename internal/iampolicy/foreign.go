package iampolicy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// foreignStatement is a statement that anyone may have written, including the elements that ours never have.
type foreignStatement struct {
	Effect       string
	Principal    foreignPrincipal
	NotPrincipal foreignPrincipal
	Action       oneOrMoreText
	NotAction    oneOrMoreText
	Resource     oneOrMoreText
	NotResource  oneOrMoreText
	Condition    map[string]map[string]oneOrMoreText

	// text is the statement's original text, for messages.
	text string
}

// foreignPrincipal maps a kind, such as AWS, Service or Federated, to names.
type foreignPrincipal map[string]oneOrMoreText

// UnmarshalJSON reads "*" as any AWS principal, which is its meaning in a trust policy.
func (p *foreignPrincipal) UnmarshalJSON(text []byte) error {
	var everyone string
	if json.Unmarshal(text, &everyone) == nil {
		*p = foreignPrincipal{"AWS": {everyone}}
		return nil
	}
	var kinds map[string]oneOrMoreText
	err := json.Unmarshal(text, &kinds)
	*p = kinds
	return err
}

// parseForeign reads the statements of any policy document.
func parseForeign(document string) ([]foreignStatement, error) {
	var parsed struct{ Statement rawStatement }
	if err := json.Unmarshal([]byte(document), &parsed); err != nil {
		return nil, fmt.Errorf("not a JSON policy document: %w", err)
	}
	statements := make([]foreignStatement, 0, len(parsed.Statement))
	for _, raw := range parsed.Statement {
		var statement foreignStatement
		if err := json.Unmarshal(raw, &statement); err != nil {
			return nil, fmt.Errorf("not a policy statement: %w: %s", err, quote(raw))
		}
		statement.text = quote(raw)
		statements = append(statements, statement)
	}
	return statements, nil
}

// WithoutSids returns a document without its statement IDs, which have no effect. A text that is not a policy stays as
// it is.
func WithoutSids(document string) string {
	var parsed map[string]json.RawMessage
	var statements rawStatement
	_ = json.Unmarshal([]byte(document), &parsed) // Anything but an object has no statements.
	if json.Unmarshal(parsed["Statement"], &statements) != nil {
		return document
	}
	for i, raw := range statements {
		var statement map[string]json.RawMessage
		if json.Unmarshal(raw, &statement) != nil {
			return document
		}
		delete(statement, "Sid")
		statements[i] = rawMessage(statement)
	}
	parsed["Statement"] = rawMessage(statements)
	return string(rawMessage(parsed))
}

// quote formats JSON on one line.
func quote(raw json.RawMessage) string {
	var b bytes.Buffer
	_ = json.Compact(&b, raw) // It is part of a document that was parsed.
	return b.String()
}

// allows reports whether the statement's actions include every action that a pattern matches. AWS ignores the case of
// actions: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html.
func (s foreignStatement) allows(action string) bool {
	if len(s.NotAction) > 0 {
		return !slices.ContainsFunc(s.NotAction, func(not string) bool { return overlap(fold(not), fold(action)) })
	}
	return slices.ContainsFunc(s.Action, func(pattern string) bool { return covers(fold(pattern), fold(action)) })
}

func fold(action string) string { return strings.ToLower(action) }

// covers reports whether a pattern with * and ? matches everything that another pattern matches. It treats the other's
// wildcards as plain characters, so it may miss a pattern that covers the other in a roundabout way, but never claims a
// false one.
func covers(pattern, other string) bool {
	star, resume := -1, 0
	p, o := 0, 0
	for o < len(other) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, o
			p++
		case p < len(pattern) && (pattern[p] == other[o] || pattern[p] == '?' && other[o] != '*'):
			p++
			o++
		case star >= 0:
			resume++
			p, o = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// overlap reports whether two patterns may have something in common. If in doubt, it says yes.
func overlap(a, b string) bool {
	if covers(a, b) || covers(b, a) {
		return true
	}
	aStart, aMore := literalStart(a)
	bStart, bMore := literalStart(b)
	return aMore && bMore && (strings.HasPrefix(aStart, bStart) || strings.HasPrefix(bStart, aStart))
}

// literalStart is a pattern up to its first wildcard, and whether it has one.
func literalStart(pattern string) (start string, wild bool) {
	if at := strings.IndexAny(pattern, "*?"); at >= 0 {
		return pattern[:at], true
	}
	return pattern, false
}

// clause is one line of a condition: an operator without its modifiers, a key in lower case, the values.
type clause struct {
	operator, key string
	values        []string
	// optional is set if a request without the key passes: ...IfExists and ForAllValues:....
	optional bool
	// any is set by ForAnyValue:..., which a request without the key never passes.
	any bool
}

// clauses returns the condition in a fixed order. Operators and keys ignore case:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html.
func (s foreignStatement) clauses() []clause {
	var out []clause
	for _, operator := range slices.Sorted(maps.Keys(s.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(s.Condition[operator])) {
			out = append(out, newClause(operator, key, s.Condition[operator][key]))
		}
	}
	return out
}

func newClause(operator, key string, values []string) clause {
	c := clause{operator: strings.ToLower(operator), key: strings.ToLower(key), values: values}
	if rest, ok := strings.CutPrefix(c.operator, "foranyvalue:"); ok {
		c.operator, c.any = rest, true
	}
	if rest, ok := strings.CutPrefix(c.operator, "forallvalues:"); ok {
		c.operator, c.optional = rest, true
	}
	if rest, ok := strings.CutSuffix(c.operator, "ifexists"); ok {
		c.operator, c.optional = rest, true
	}
	return c
}

// isWild reports whether IAM treats a value as a pattern or variable, for the operators that support it.
func isWild(value string) bool {
	return strings.ContainsAny(value, "*?") || strings.Contains(value, "${")
}

// Remark is a part of a foreign policy that the delivery role's arguments cannot express.
type Remark struct {
	// Statement is the JSON of the statement, on one line.
	Statement string
	// Why completes a sentence about the statement: "it also trusts …".
	Why string
}

// String is the remark as it appears in a message.
func (r Remark) String() string { return r.Why + ": " + r.Statement }
