package iamfront

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/versity/versitygw/iamapi/policy"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

func (f *Front) simulateCustom(c *call) ([]*awsxml.Node, error) {
	return simulate(c, &identity.Principal{Kind: identity.User, AccountID: identity.CustomerAccount, ARN: c.str("CallerArn")})
}

func (f *Front) simulatePrincipal(c *call) ([]*awsxml.Node, error) {
	arn := c.str("PolicySourceArn")
	name := arn[strings.LastIndex(arn, "/")+1:]
	p := &identity.Principal{Kind: identity.User, AccountID: identity.CustomerAccount, ARN: arn}
	if role, err := f.directory.Store.GetRole(c.Context(), name); err == nil && role.Arn == arn {
		p.Policies, p.Boundary = f.directory.RolePolicies(role)
		return simulate(c, p)
	}
	if user, err := f.directory.Store.GetUser(c.Context(), name); err == nil && user.Arn == arn {
		p.Policies = user.Policies.Inline
		return simulate(c, p)
	}
	return nil, noSuch("The entity %s cannot be found.", arn)
}

func simulate(c *call, p *identity.Principal) ([]*awsxml.Node, error) {
	actions, resources := c.members("ActionNames"), c.members("ResourceArns")
	if len(actions) == 0 {
		return nil, invalid("1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: Member must not be null")
	}
	if len(resources) == 0 {
		resources = []string{"*"}
	}
	if err := addInputs(c, p); err != nil {
		return nil, err
	}
	bucket, err := authz.ParseBucketPolicy(c.str("ResourcePolicy"))
	if err != nil {
		return nil, fail(http.StatusBadRequest, "InvalidInput", "Invalid ResourcePolicy: %v", err)
	}
	context, results := contextEntries(c), awsxml.New("EvaluationResults")
	for _, name := range actions {
		for _, resource := range resources {
			err := authz.Authorize(p, bucket, authz.Request{Action: name, Resource: resource, Context: context})
			results.Children = append(results.Children, resultNode(name, resource, err, missingKeys(p, context)))
		}
	}
	return []*awsxml.Node{awsxml.Leaf("IsTruncated", "false"), results}, nil
}

// addInputs adds the policies that the call itself brings.
func addInputs(c *call, p *identity.Principal) error {
	for i, document := range c.members("PolicyInputList") {
		if err := policy.Parse(document); err != nil {
			return fail(http.StatusBadRequest, "InvalidInput", "Invalid policy document in PolicyInputList")
		}
		p.Policies = append(p.Policies, types.PolicyEntry{PolicyName: fmt.Sprintf("PolicyInputList.%d", i+1), PolicyDocument: document})
	}
	for _, document := range c.members("PermissionsBoundaryPolicyInputList") {
		if err := policy.Parse(document); err != nil {
			return fail(http.StatusBadRequest, "InvalidInput", "Invalid policy document in PermissionsBoundaryPolicyInputList")
		}
		p.Boundary = &types.PolicyEntry{PolicyDocument: document}
	}
	return nil
}

func contextEntries(c *call) map[string][]string {
	context := map[string][]string{}
	for i := 1; ; i++ {
		prefix := fmt.Sprintf("ContextEntries.member.%d.", i)
		name := c.str(prefix + "ContextKeyName")
		if name == "" {
			return context
		}
		context[name] = c.members(prefix + "ContextKeyValues")
	}
}

func resultNode(name, resource string, err error, missing []string) *awsxml.Node {
	decision := "allowed"
	var denied *authz.Denied
	if errors.As(err, &denied) {
		decision = "implicitDeny"
		if denied.Explicit {
			decision = "explicitDeny"
		}
	}
	keys := awsxml.New("MissingContextValues")
	for _, key := range missing {
		keys.Children = append(keys.Children, awsxml.Leaf("member", key))
	}
	return awsxml.New("member", awsxml.Leaf("EvalActionName", name), awsxml.Leaf("EvalResourceName", resource),
		awsxml.Leaf("EvalDecision", decision), awsxml.New("MatchedStatements"), keys)
}

// missingKeys are the condition keys of the policies for which the call gives
// no value.
func missingKeys(p *identity.Principal, context map[string][]string) []string {
	known := map[string]bool{}
	for key := range context {
		known[strings.ToLower(key)] = true
	}
	var missing []string
	for _, entry := range p.Policies {
		var doc policy.Document
		if json.Unmarshal([]byte(entry.PolicyDocument), &doc) != nil {
			continue
		}
		for _, s := range doc.Statement {
			var block map[string]map[string]any
			if json.Unmarshal(s.Condition, &block) != nil {
				continue
			}
			for _, keys := range block {
				for key := range keys {
					if !known[strings.ToLower(key)] && !slices.Contains(missing, key) {
						missing = append(missing, key)
					}
				}
			}
		}
	}
	slices.Sort(missing)
	return missing
}
