package iamfront

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

var (
	actionName   = regexp.MustCompile(`^[A-Za-z0-9-]+:[A-Za-z0-9*?-]+$`)
	anyARN       = regexp.MustCompile(`^(\*|arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+)$`)
	userARN      = regexp.MustCompile(`^arn:aws:iam::\d{12}:user/.+$`)
	rootARN      = regexp.MustCompile(`^arn:aws:iam::(\d{12}):root$`)
	contextTypes = []string{
		"string", "stringList", "numeric", "numericList", "boolean", "booleanList",
		"ip", "ipList", "binary", "binaryList", "date", "dateList",
	}
)

func invalidInput(format string, args ...any) error {
	return fail(http.StatusBadRequest, "InvalidInput", format, args...)
}

// readSimulation reads and checks what the two calls have in common.
func readSimulation(c *call, p *identity.Principal) (*simulation, error) {
	s := &simulation{principal: p, actions: c.members("ActionNames"), resources: c.members("ResourceArns")}
	if len(s.actions) == 0 {
		return nil, invalid("1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: Member must not be null")
	}
	for _, name := range s.actions {
		if !actionName.MatchString(name) {
			return nil, invalidInput("Invalid action name: %s", name)
		}
	}
	for _, arn := range s.resources {
		if !anyARN.MatchString(arn) {
			return nil, invalidInput("Invalid resource ARN: %s", arn)
		}
	}
	if len(s.resources) == 1 && s.resources[0] == "*" {
		s.resources = nil
	}
	steps := []func(*call) error{s.readPolicies, s.readBoundary, s.readResourcePolicy, s.readContext}
	for _, step := range steps {
		if err := step(c); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// readPolicies adds the policies that the call itself brings to those that
// the principal has.
func (s *simulation) readPolicies(c *call) error {
	inputs := c.members("PolicyInputList")
	if c.action == "SimulateCustomPolicy" && len(inputs) == 0 {
		return invalid("1 validation error detected: Value null at 'policyInputList' failed to satisfy constraint: Member must not be null")
	}
	for i, document := range inputs {
		if err := authz.ParseIdentityPolicy(document); err != nil {
			return invalidInput("Invalid policy document in PolicyInputList.%d: %v", i+1, err)
		}
		s.principal.Policies = append(s.principal.Policies, types.PolicyEntry{PolicyName: fmt.Sprintf("PolicyInputList.%d", i+1), PolicyDocument: document})
	}
	for _, entry := range s.principal.Policies {
		s.documents = append(s.documents, entry.PolicyDocument)
	}
	return nil
}

// readBoundary takes the call's permissions boundary in the place of the
// principal's own. There can be one only.
func (s *simulation) readBoundary(c *call) error {
	inputs := c.members("PermissionsBoundaryPolicyInputList")
	if len(inputs) > 1 {
		return invalidInput("Only one permissions boundary policy can be simulated at a time.")
	}
	for _, document := range inputs {
		if err := authz.ParseIdentityPolicy(document); err != nil {
			return invalidInput("Invalid policy document in PermissionsBoundaryPolicyInputList: %v", err)
		}
		s.principal.Boundary = &types.PolicyEntry{PolicyName: "PermissionsBoundaryPolicyInputList.1", PolicyDocument: document}
	}
	if s.principal.Boundary != nil {
		s.documents = append(s.documents, s.principal.Boundary.PolicyDocument)
	}
	return nil
}

// readResourcePolicy reads the policy of the resources and whose they are.
// AWS simulates one for users only, not for roles:
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html.
func (s *simulation) readResourcePolicy(c *call) error {
	caller := c.str("CallerArn")
	switch {
	case caller == "":
		caller = s.principal.ARN
	case !userARN.MatchString(caller):
		return invalidInput("Invalid CallerArn: %s must be the ARN of an IAM user.", caller)
	}
	s.principal.ARN = caller
	owner := c.str("ResourceOwner")
	if owner != "" && !rootARN.MatchString(owner) {
		return invalidInput("Invalid ResourceOwner: %s", owner)
	}
	document := c.str("ResourcePolicy")
	if document == "" {
		return nil
	}
	if caller == "" {
		return invalidInput("CallerArn is required if you include a ResourcePolicy and the PolicySourceArn is not the ARN for an IAM user.")
	}
	s.principal.AccountID = strings.Split(caller, ":")[4]
	bucket, err := authz.ParseBucketPolicy(document)
	if err != nil {
		return invalidInput("Invalid ResourcePolicy: %v", err)
	}
	s.bucket, s.documents = bucket, append(s.documents, document)
	if owner != "" {
		s.owner = rootARN.FindStringSubmatch(owner)[1]
	}
	return nil
}

func (s *simulation) readContext(c *call) error {
	s.context = map[string][]string{}
	for i := 1; ; i++ {
		prefix := fmt.Sprintf("ContextEntries.member.%d.", i)
		name, kind := c.str(prefix+"ContextKeyName"), c.str(prefix+"ContextKeyType")
		if name == "" {
			return nil
		}
		values := c.members(prefix + "ContextKeyValues")
		switch {
		case !slices.Contains(contextTypes, kind):
			return invalid("1 validation error detected: Value '%s' at 'contextEntries.%d.member.contextKeyType' failed to satisfy constraint: Member must satisfy enum value set: %v", kind, i, contextTypes)
		case len(values) > 1 && !strings.HasSuffix(kind, "List"):
			return invalidInput("The context key %s of type %s has more than one value.", name, kind)
		}
		s.context[name] = values
	}
}
