package authz

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/versity/versitygw/iamapi/policy"
)

const maxBucketPolicy = 20 * 1024

// MalformedPolicy says what is wrong with a bucket policy.
type MalformedPolicy struct{ Reason string }

// Error implements error.
func (e *MalformedPolicy) Error() string { return e.Reason }

func malformed(format string, args ...any) error {
	return &MalformedPolicy{fmt.Sprintf(format, args...)}
}

// ValidateBucketPolicy returns a *MalformedPolicy unless AWS would take
// document as the policy of bucket. exists says which ARNs are principals.
func ValidateBucketPolicy(document, bucket string, exists func(arn string) bool) error {
	if len(document) > maxBucketPolicy {
		return malformed("Normalized policy document exceeds the maximum allowed size of %d bytes", maxBucketPolicy)
	}
	if !strings.HasPrefix(document, "{") || !json.Valid([]byte(document)) {
		return malformed("Policies must be valid JSON and the first byte must be '{'")
	}
	if err := CheckGrammar(document); err != nil {
		return malformed("Policy has invalid syntax: %v", err)
	}
	version, statements, err := parseStatements(document)
	switch {
	case err != nil:
		return malformed("Policy has invalid syntax: %v", err)
	case version != "" && version != policy.Version2008 && version != policy.Version2012:
		return malformed("The policy must contain a valid version string")
	case len(statements) == 0:
		return malformed("Missing required field Statement")
	}
	return validateStatements(document, bucket, statements, exists)
}

func validateStatements(document, bucket string, statements []statement, exists func(arn string) bool) error {
	ids := map[string]bool{}
	for _, s := range statements {
		if s.Sid != "" && ids[s.Sid] {
			return malformed("Statement IDs (SID) in a single policy must be unique.")
		}
		ids[s.Sid] = true
		if err := s.validate(bucket); err != nil {
			return err
		}
	}
	err := CheckPrincipals(document, exists)
	var invalid *InvalidPrincipal
	if errors.As(err, &invalid) {
		return malformed("Invalid principal in policy")
	}
	return err
}

func (s statement) validate(bucket string) error {
	for name := range s.rest { // Without the principals, which are named exactly or not at all.
		if !slices.Contains([]string{"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"}, name) {
			return malformed("Unknown field %s", name)
		}
	}
	if s.Effect != "Allow" && s.Effect != "Deny" {
		return malformed("Invalid effect: %s", s.Effect)
	}
	if err := s.validatePrincipal(); err != nil {
		return err
	}
	actions, err := exclusive("Action", s.Action, s.NotAction)
	if err != nil {
		return err
	}
	resources, err := exclusive("Resource", s.Resource, s.NotResource)
	if err != nil {
		return err
	}
	for _, resource := range resources {
		if !belongs(resource, bucket) {
			return malformed("Policy has invalid resource")
		}
	}
	if err := validateActions(actions, resources, len(s.Action) > 0 && len(s.Resource) > 0); err != nil {
		return err
	}
	return validateConditions(s.Condition, s.Action)
}

func (s statement) validatePrincipal() error {
	switch {
	case len(s.Principal) == 0 && len(s.NotPrincipal) == 0:
		return malformed("Missing required field Principal")
	case len(s.Principal) > 0 && len(s.NotPrincipal) > 0:
		return malformed("Principal and NotPrincipal cannot be used together")
	case len(s.NotPrincipal) > 0 && s.Effect == "Allow":
		return malformed("Allow with NotPrincipal is not allowed.")
	}
	named, err := principals(slices.Concat(s.Principal, s.NotPrincipal))
	if err != nil || len(named) == 0 {
		return malformed("Invalid policy syntax.")
	}
	for kind, names := range named {
		if !slices.Contains([]string{"AWS", "Service", "Federated", "CanonicalUser"}, kind) || len(names) == 0 {
			return malformed("Invalid principal in policy")
		}
	}
	return nil
}

// exclusive returns the one of two fields that is there.
func exclusive(name string, plain, negated list) (list, error) {
	switch {
	case len(plain) > 0 && len(negated) > 0:
		return nil, malformed("%s and Not%s cannot be used together", name, name)
	case len(plain) == 0 && len(negated) == 0:
		return nil, malformed("Missing required field %s", name)
	case len(plain) > 0:
		return plain, nil
	}
	return negated, nil
}

// belongs says whether a resource is the bucket, or objects in it.
func belongs(resource, bucket string) bool {
	name, ok := strings.CutPrefix(resource, "arn:aws:s3:::")
	if !ok {
		return resource == "*"
	}
	name, _, _ = strings.Cut(name, "/")
	return glob(name, bucket)
}

// validateActions checks that each action is one of S3's and, if both sides
// are listed, that it applies to one of the resources.
func validateActions(actions, resources list, applies bool) error {
	for _, action := range actions {
		bucket, object := scopes(action)
		if !bucket && !object {
			return malformed("Policy has invalid action")
		}
		if !applies {
			continue
		}
		fits := slices.ContainsFunc(resources, func(resource string) bool {
			whole := strings.HasSuffix(resource, "*")
			below := strings.Contains(resource, "/")
			return whole || (below && object) || (!below && bucket)
		})
		if !fits {
			return malformed("Action does not apply to any resource(s) in statement")
		}
	}
	return nil
}

// validateConditions checks the keys of a condition, and that those of
// listings go with a listing among the actions, if these are named.
func validateConditions(raw json.RawMessage, actions list) error {
	if len(raw) == 0 {
		return nil
	}
	var block map[string]map[string]any
	if err := json.Unmarshal(raw, &block); err != nil {
		return malformed("Policy has invalid condition syntax")
	}
	for operator, keys := range block {
		if !isOperator(operator) {
			return malformed("Invalid Condition type : %s", operator)
		}
		for key := range keys {
			if !isConditionKey(key) {
				return malformed("Policy has an invalid condition key")
			}
			if isListingKey(key) && len(actions) > 0 && !slices.ContainsFunc(actions, isListing) {
				return malformed("Conditions do not apply to combination of actions and resources in statement")
			}
		}
	}
	return nil
}
