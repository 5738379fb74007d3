package iampolicy

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// OwnPolicyForms describes what CheckBucketPolicy accepts.
const OwnPolicyForms = "a bucket policy of version " + Version + " as JSON: each statement has Effect, Principal, Action and Resource, S3's actions, and a Sid of its own"

// elements are the elements of a statement in the spelling of policy language, which is case-sensitive:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
var elements = []string{"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}

// documentElements are the elements of a whole policy.
var documentElements = []string{"Version", "Id", "Statement"}

// ownStatement is one statement of a bucket owner's own policy, element by element.
type ownStatement map[string]json.RawMessage

// checkOwnStatements checks each statement as S3 does, and that they are consistent.
func checkOwnStatements(statements []json.RawMessage) error {
	first := map[string]int{}
	for i, raw := range statements {
		sid, err := checkOwnStatement(raw)
		if err != nil {
			return statementError(i, err)
		}
		if earlier, seen := first[sid]; seen && sid != "" {
			return statementError(i, fmt.Errorf("its Sid %q is that of statement %d too; each Sid must be unique in a policy", sid, earlier+1))
		}
		first[sid] = i
	}
	return nil
}

func statementError(index int, err error) error {
	return fmt.Errorf("statement %d of the policy: %w", index+1, err)
}

func checkOwnStatement(raw json.RawMessage) (sid string, err error) {
	var s ownStatement
	if _ = json.Unmarshal(raw, &s); s == nil {
		return "", errors.New("it is not a JSON object")
	}
	if err := checkSpelling(maps.Keys(s), elements); err != nil {
		return "", err
	}
	if sid, err = s.text("Sid"); err != nil {
		return "", err
	}
	if isGuard(sid) {
		return "", fmt.Errorf("its Sid %q is reserved for one of the bucket's guards, which this provider adds", sid)
	}
	for _, check := range []func() error{s.checkEffect, s.checkPrincipal, s.checkActions, s.checkResources, s.checkFit, s.checkCondition, s.checkPublic} {
		if err := check(); err != nil {
			return "", err
		}
	}
	return sid, nil
}

// checkSpelling refuses unknown elements, and suggests the one that was probably meant.
func checkSpelling(names func(func(string) bool), allowed []string) error {
	for _, name := range slices.Sorted(names) {
		if slices.Contains(allowed, name) {
			continue
		}
		for _, meant := range allowed {
			if strings.EqualFold(name, meant) {
				return fmt.Errorf("%q must be written %q: element names are case-sensitive", name, meant)
			}
		}
		return fmt.Errorf("%q is not a valid element here: must be one of %s", name, strings.Join(allowed, ", "))
	}
	return nil
}

func (s ownStatement) text(element string) (string, error) {
	if s[element] == nil {
		return "", nil
	}
	var text string
	if err := json.Unmarshal(s[element], &text); err != nil {
		return "", fmt.Errorf("its %s is not a string", element)
	}
	return text, nil
}

// list reads an element that is a string or a list of strings.
func (s ownStatement) list(element string) ([]string, error) {
	var one string
	if json.Unmarshal(s[element], &one) == nil {
		return []string{one}, nil
	}
	var list []string
	if err := json.Unmarshal(s[element], &list); err != nil {
		return nil, fmt.Errorf("its %s is neither a string nor a list of strings", element)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("its %s is empty", element)
	}
	return list, nil
}

// either returns which of an element and its negation is present: exactly one must be.
func (s ownStatement) either(element string) (string, error) {
	switch not := "Not" + element; {
	case s[element] != nil && s[not] != nil:
		return "", fmt.Errorf("it has both %s and %s; expected one of them", element, not)
	case s[element] != nil:
		return element, nil
	case s[not] != nil:
		return not, nil
	default:
		return "", fmt.Errorf("it has no %s, which S3 requires in each statement of a bucket policy", element)
	}
}

func (s ownStatement) checkEffect() error {
	effect, err := s.text("Effect")
	if err != nil {
		return err
	}
	if effect != Allow && effect != Deny {
		return fmt.Errorf("its Effect is %q; must be %q or %q", effect, Allow, Deny)
	}
	return nil
}

// checkActions accepts only S3's actions. S3 decides whether an action of that name exists, because it gets new ones.
func (s ownStatement) checkActions() error {
	element, err := s.either("Action")
	if err != nil {
		return err
	}
	actions, err := s.list(element)
	if err != nil {
		return err
	}
	for _, action := range actions {
		service, name, _ := strings.Cut(action, ":")
		if action != "*" && (name == "" || !strings.EqualFold(service, "s3")) {
			return fmt.Errorf("its %s %q is not an action of S3; a bucket policy takes actions such as s3:GetObject", element, action)
		}
	}
	return nil
}

// checkResources accepts only S3's ARNs. checkOwnResources compares them with the bucket once that is known.
func (s ownStatement) checkResources() error {
	element, err := s.either("Resource")
	if err != nil {
		return err
	}
	resources, err := s.list(element)
	if err != nil {
		return err
	}
	for _, resource := range resources {
		if _, err := bucketOfResource(resource); err != nil {
			return fmt.Errorf("its %s %w", element, err)
		}
	}
	return nil
}

// bucketOfResource returns the ARN of a resource's bucket, which may be a pattern; "*" for any.
func bucketOfResource(resource string) (string, error) {
	if resource == "*" {
		return resource, nil
	}
	parts := strings.SplitN(resource, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "s3" || parts[3] != "" || parts[4] != "" {
		return "", fmt.Errorf("%q is not the ARN of a bucket or of objects, such as arn:aws:s3:::acme-results/*", resource)
	}
	bucket, _, _ := strings.Cut(resource, "/")
	return bucket, nil
}

// checkOwnResources checks that each statement applies to the bucket that the policy belongs to.
func checkOwnResources(statements []json.RawMessage, bucketARN string) error {
	for i, raw := range statements {
		var s ownStatement
		_ = json.Unmarshal(raw, &s)        // checkResources has read all of it.
		resources, _ := s.list("Resource") // None with NotResource, which names what is excluded.
		for _, resource := range resources {
			if bucket, _ := bucketOfResource(resource); !covers(bucket, bucketARN) {
				return statementError(i, fmt.Errorf("its Resource %q is not in this bucket; a bucket policy takes %s and %s/*", resource, bucketARN, bucketARN))
			}
		}
	}
	return nil
}

// operators are the condition operators without the modifiers ForAllValues:, ForAnyValue: and IfExists:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
var operators = strings.Fields(`
	StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike
	NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals
	DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals
	Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null`)

func (s ownStatement) checkCondition() error {
	if s["Condition"] == nil {
		return nil
	}
	var condition map[string]map[string]oneOrMoreText
	if err := json.Unmarshal(s["Condition"], &condition); err != nil {
		return errors.New("its Condition is not an object of the form {operator: {key: value}}")
	}
	for _, operator := range slices.Sorted(maps.Keys(condition)) {
		plain := strings.TrimPrefix(strings.TrimPrefix(operator, "ForAllValues:"), "ForAnyValue:")
		plain = strings.TrimSuffix(plain, "IfExists")
		if !slices.ContainsFunc(operators, func(known string) bool { return strings.EqualFold(known, plain) }) {
			return fmt.Errorf("its Condition has the operator %q, which doesn't exist", operator)
		}
	}
	return nil
}
