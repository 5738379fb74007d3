package iamfront

import (
	"regexp"
	"strings"

	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// simulation is what is simulated: a principal's actions on resources.
type simulation struct {
	principal *identity.Principal
	bucket    *authz.BucketPolicy
	documents []string // all policies, for the keys that they need
	actions   []string
	resources []string
	owner     string
	context   map[string][]string
}

func (f *Front) simulateCustom(c *call) ([]*awsxml.Node, error) {
	p := &identity.Principal{Kind: identity.User, AccountID: c.account.ID}
	return simulate(c, p)
}

var entityARN = regexp.MustCompile(`^arn:aws:iam::\d{12}:(user|role|group)/.+$`)

func (f *Front) simulatePrincipal(c *call) ([]*awsxml.Node, error) {
	arn := c.str("PolicySourceArn")
	if !entityARN.MatchString(arn) {
		return nil, invalidInput("Invalid Entity Arn: %s does not clearly define entity type and name.", arn)
	}
	name := arn[strings.LastIndex(arn, "/")+1:]
	p := &identity.Principal{Kind: identity.User, AccountID: c.account.ID}
	if user, ok := c.account.User(c.Context(), name); ok && user.Arn == arn {
		p.ARN, p.Policies = arn, labelled("user_"+name+"_", user.Policies.Inline)
		return simulate(c, p)
	}
	role, extras, ok := c.account.SeenRole(c.Context(), name)
	if !ok || role.Arn != arn {
		return nil, noSuch("The entity %s cannot be found.", arn)
	}
	inline := len(role.Policies.Inline)
	all, boundary := c.account.RolePolicies(role, extras)
	p.Policies, p.Boundary = append(labelled("role_"+name+"_", all[:inline]), all[inline:]...), boundary
	return simulate(c, p)
}

// labelled names inline policies as the simulator does.
func labelled(prefix string, policies []types.PolicyEntry) []types.PolicyEntry {
	var out []types.PolicyEntry
	for _, p := range policies {
		p.PolicyName = prefix + p.PolicyName
		out = append(out, p)
	}
	return out
}

func simulate(c *call, p *identity.Principal) ([]*awsxml.Node, error) {
	s, err := readSimulation(c, p)
	if err != nil {
		return nil, err
	}
	missing := authz.MissingKeys(s.documents, s.context)
	var results []*awsxml.Node
	for _, action := range s.actions {
		results = append(results, s.result(action, missing))
	}
	return page(c, "EvaluationResults", results)
}

// result is what the simulator says about an action. Without resources it
// speaks of "*"; with them, of their kind, and each has a result of its own,
// which also has the missing keys.
func (s *simulation) result(action string, missing []string) *awsxml.Node {
	if len(s.resources) == 0 {
		v := s.judge(action, "*")
		node := awsxml.New("member", awsxml.Leaf("EvalActionName", action), awsxml.Leaf("EvalResourceName", "*"), awsxml.Leaf("EvalDecision", v.Decision),
			matchedNode(v), membersNode("MissingContextValues", missing))
		return withBoundary(node, v)
	}
	whole := authz.Verdict{}
	specific := awsxml.New("ResourceSpecificResults")
	for i, resource := range s.resources {
		v := s.judge(action, resource)
		specific.Children = append(specific.Children, withBoundary(awsxml.New("member", awsxml.Leaf("EvalResourceName", resource), awsxml.Leaf("EvalResourceDecision", v.Decision),
			matchedNode(v), membersNode("MissingContextValues", missing)), v))
		if i == 0 {
			whole = v
		} else {
			whole = worse(whole, v)
		}
	}
	node := awsxml.New("member", awsxml.Leaf("EvalActionName", action), awsxml.Leaf("EvalResourceName", resourceTemplate(action)), awsxml.Leaf("EvalDecision", whole.Decision),
		matchedNode(whole), awsxml.New("MissingContextValues"), awsxml.New("EvalDecisionDetails"), specific)
	return withBoundary(node, whole)
}

func (s *simulation) judge(action, resource string) authz.Verdict {
	return authz.Explain(s.principal, s.bucket, authz.Request{Action: action, Resource: resource, Owner: s.owner, Context: s.context})
}

// worse is the verdict on several resources: that of the worst, without the
// statements, which each resource has for itself.
func worse(a, b authz.Verdict) authz.Verdict {
	rank := map[string]int{"allowed": 0, "implicitDeny": 1, "explicitDeny": 2}
	out := authz.Verdict{Decision: a.Decision, InBoundary: a.InBoundary}
	if rank[b.Decision] > rank[a.Decision] {
		out.Decision = b.Decision
	}
	if b.InBoundary != nil && !*b.InBoundary {
		out.InBoundary = b.InBoundary
	}
	return out
}
