package iamrole

import (
	"context"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// maxResults is the most that IAM returns on one page, so that a simulation is one call.
const maxResults = 1000

// Simulate asks IAM what a role may do: every action on every resource, by all policies that affect the role, except
// those of the resources (https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html).
func Simulate(ctx context.Context, client iam.SimulatePrincipalPolicyAPIClient, role string, actions, resources []string, request iampolicy.Request) (iampolicy.Simulation, error) {
	pages := iam.NewSimulatePrincipalPolicyPaginator(client, &iam.SimulatePrincipalPolicyInput{
		PolicySourceArn: &role, ActionNames: actions, ResourceArns: resources,
		ContextEntries: contextEntries(request), MaxItems: aws.Int32(maxResults),
	})
	simulation := iampolicy.Simulation{}
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		addResults(simulation, page.EvaluationResults)
	}
	return simulation, nil
}

// SimulatePolicies asks IAM how policies that are attached to no role would decide on one request:
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html.
func SimulatePolicies(ctx context.Context, client iam.SimulateCustomPolicyAPIClient, policies []string, probe iampolicy.Probe, request iampolicy.Request) (iampolicy.Decision, error) {
	pages := iam.NewSimulateCustomPolicyPaginator(client, &iam.SimulateCustomPolicyInput{
		PolicyInputList: policies, ActionNames: []string{probe.Action}, ResourceArns: []string{probe.Resource},
		ContextEntries: contextEntries(request), MaxItems: aws.Int32(maxResults),
	})
	simulation := iampolicy.Simulation{}
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return iampolicy.Decision{}, err
		}
		addResults(simulation, page.EvaluationResults)
	}
	return simulation[probe], nil
}

// addResults reads the answers resource by resource. The action's own result names no resource, unless the call was
// about a single one.
func addResults(simulation iampolicy.Simulation, results []types.EvaluationResult) {
	for _, result := range results {
		organization := result.OrganizationsDecisionDetail != nil && !result.OrganizationsDecisionDetail.AllowedByOrganizations
		add := func(resource *string, effect types.PolicyEvaluationDecisionType, boundary *types.PermissionsBoundaryDecisionDetail, matched []types.Statement, missing []string) {
			decision := iampolicy.Decision{
				Allowed:      effect == types.PolicyEvaluationDecisionTypeAllowed,
				Explicit:     effect == types.PolicyEvaluationDecisionTypeExplicitDeny,
				Bounded:      boundary != nil && !boundary.AllowedByPermissionsBoundary,
				Organization: organization,
				Missing:      missing,
			}
			for _, statement := range matched {
				decision.Policies = append(decision.Policies, aws.ToString(statement.SourcePolicyId))
			}
			simulation[iampolicy.Probe{Action: aws.ToString(result.EvalActionName), Resource: aws.ToString(resource)}] = decision
		}
		for _, one := range result.ResourceSpecificResults {
			add(one.EvalResourceName, one.EvalResourceDecision, one.PermissionsBoundaryDecisionDetail, one.MatchedStatements, one.MissingContextValues)
		}
		if len(result.ResourceSpecificResults) == 0 {
			add(result.EvalResourceName, result.EvalDecision, result.PermissionsBoundaryDecisionDetail, result.MatchedStatements, result.MissingContextValues)
		}
	}
}

// contextKeys are the condition keys that a request can have, by their names in lower case.
var contextKeys = map[string]struct {
	name string
	kind types.ContextKeyTypeEnum
}{
	"aws:currenttime":           {"aws:CurrentTime", types.ContextKeyTypeEnumDate},
	"aws:principalaccount":      {"aws:PrincipalAccount", types.ContextKeyTypeEnumString},
	"aws:principalarn":          {"aws:PrincipalArn", types.ContextKeyTypeEnumString},
	"aws:principalisawsservice": {"aws:PrincipalIsAWSService", types.ContextKeyTypeEnumBoolean},
	"aws:principaltype":         {"aws:PrincipalType", types.ContextKeyTypeEnumString},
	"aws:requestedregion":       {"aws:RequestedRegion", types.ContextKeyTypeEnumString},
	"aws:resourceaccount":       {"aws:ResourceAccount", types.ContextKeyTypeEnumString},
	"aws:securetransport":       {"aws:SecureTransport", types.ContextKeyTypeEnumBoolean},
	"aws:sourceip":              {"aws:SourceIp", types.ContextKeyTypeEnumIp},
	"aws:viaawsservice":         {"aws:ViaAWSService", types.ContextKeyTypeEnumBoolean},
	"kms:viaservice":            {"kms:ViaService", types.ContextKeyTypeEnumString},
	"s3:authtype":               {"s3:authType", types.ContextKeyTypeEnumString},
	"s3:resourceaccount":        {"s3:ResourceAccount", types.ContextKeyTypeEnumString},
	"s3:signatureage":           {"s3:signatureAge", types.ContextKeyTypeEnumNumeric},
	"s3:tlsversion":             {"s3:TlsVersion", types.ContextKeyTypeEnumNumeric},
}

// contextEntries are the values of a request, in a fixed order. It leaves out a key that is known to be absent.
func contextEntries(request iampolicy.Request) []types.ContextEntry {
	var entries []types.ContextEntry
	for _, key := range slices.Sorted(maps.Keys(request)) {
		if len(request[key]) == 0 {
			continue
		}
		known, ok := contextKeys[key]
		if !ok {
			known.name, known.kind = key, types.ContextKeyTypeEnumString
		}
		entries = append(entries, types.ContextEntry{ContextKeyName: &known.name, ContextKeyType: known.kind, ContextKeyValues: request[key]})
	}
	return entries
}
