package iamrole_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// simulator answers with pages of results, and keeps what it was asked.
type simulator struct {
	pages     [][]types.EvaluationResult
	principal []*iam.SimulatePrincipalPolicyInput
	custom    []*iam.SimulateCustomPolicyInput
	err       error
}

func (s *simulator) next() (page []types.EvaluationResult, more bool, marker *string) {
	page, s.pages = s.pages[0], s.pages[1:]
	if len(s.pages) > 0 {
		return page, true, aws.String("next")
	}
	return page, false, nil
}

func (s *simulator) SimulatePrincipalPolicy(_ context.Context, in *iam.SimulatePrincipalPolicyInput, _ ...func(*iam.Options)) (*iam.SimulatePrincipalPolicyOutput, error) {
	look(in, "PolicySourceArn", "ActionNames", "ResourceArns", "ContextEntries", "MaxItems", "Marker")
	s.principal = append(s.principal, in)
	if s.err != nil {
		return nil, s.err
	}
	page, more, marker := s.next()
	return &iam.SimulatePrincipalPolicyOutput{EvaluationResults: page, IsTruncated: more, Marker: marker}, nil
}

func (s *simulator) SimulateCustomPolicy(_ context.Context, in *iam.SimulateCustomPolicyInput, _ ...func(*iam.Options)) (*iam.SimulateCustomPolicyOutput, error) {
	look(in, "PolicyInputList", "ActionNames", "ResourceArns", "ContextEntries", "MaxItems", "Marker")
	s.custom = append(s.custom, in)
	if s.err != nil {
		return nil, s.err
	}
	page, more, marker := s.next()
	return &iam.SimulateCustomPolicyOutput{EvaluationResults: page, IsTruncated: more, Marker: marker}, nil
}

// TestSimulate reads both shapes of an answer, page by page.
func TestSimulate(t *testing.T) {
	fake := &simulator{pages: [][]types.EvaluationResult{
		{{
			EvalActionName: aws.String("s3:PutObject"), EvalResourceName: aws.String("arn:${Partition}:s3:::${BucketName}/${KeyName}"),
			EvalDecision: types.PolicyEvaluationDecisionTypeExplicitDeny,
			ResourceSpecificResults: []types.ResourceSpecificResult{
				{EvalResourceName: aws.String("a"), EvalResourceDecision: types.PolicyEvaluationDecisionTypeAllowed},
				{
					EvalResourceName: aws.String("b"), EvalResourceDecision: types.PolicyEvaluationDecisionTypeExplicitDeny,
					MatchedStatements: []types.Statement{{SourcePolicyId: aws.String("policy")}}, MissingContextValues: []string{"aws:PrincipalOrgID"},
				},
				{
					EvalResourceName: aws.String("c"), EvalResourceDecision: types.PolicyEvaluationDecisionTypeImplicitDeny,
					PermissionsBoundaryDecisionDetail: &types.PermissionsBoundaryDecisionDetail{},
				},
				{
					EvalResourceName: aws.String("d"), EvalResourceDecision: types.PolicyEvaluationDecisionTypeAllowed,
					PermissionsBoundaryDecisionDetail: &types.PermissionsBoundaryDecisionDetail{AllowedByPermissionsBoundary: true},
				},
			},
		}},
		{{
			EvalActionName: aws.String("kms:GenerateDataKey"), EvalResourceName: aws.String("key"), EvalDecision: types.PolicyEvaluationDecisionTypeImplicitDeny,
			OrganizationsDecisionDetail: &types.OrganizationsDecisionDetail{},
		}},
	}}
	request := iampolicy.Request{
		"aws:securetransport": {"true"}, "aws:sourceip": {"52.6.244.43"}, "s3:tlsversion": {"1.2"}, "aws:principaltag/team": {"calls"}, "s3:x-amz-acl": nil,
	}
	got, err := iamrole.Simulate(t.Context(), fake, "arn:aws:iam::123456789012:role/delivery", []string{"s3:PutObject"}, []string{"a", "b"}, request)
	want := iampolicy.Simulation{
		{Action: "s3:PutObject", Resource: "a"}:          {Allowed: true},
		{Action: "s3:PutObject", Resource: "b"}:          {Explicit: true, Policies: []string{"policy"}, Missing: []string{"aws:PrincipalOrgID"}},
		{Action: "s3:PutObject", Resource: "c"}:          {Bounded: true},
		{Action: "s3:PutObject", Resource: "d"}:          {Allowed: true},
		{Action: "kms:GenerateDataKey", Resource: "key"}: {Organization: true},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	asked := fake.principal[0]
	entries := map[string]types.ContextKeyTypeEnum{}
	for _, entry := range asked.ContextEntries {
		entries[*entry.ContextKeyName] = entry.ContextKeyType
	}
	if len(fake.principal) != 2 || *asked.PolicySourceArn != "arn:aws:iam::123456789012:role/delivery" || asked.ResourcePolicy != nil || !reflect.DeepEqual(entries, map[string]types.ContextKeyTypeEnum{
		"aws:SecureTransport": "boolean", "aws:SourceIp": "ip", "s3:TlsVersion": "numeric", "aws:principaltag/team": "string",
	}) {
		t.Errorf("asked %+v with %v", asked, entries)
	}
}

func TestSimulatePolicies(t *testing.T) {
	probe := iampolicy.Probe{Action: "s3:PutObject", Resource: "a"}
	fake := &simulator{pages: [][]types.EvaluationResult{{{
		EvalActionName: aws.String("s3:PutObject"), EvalDecision: types.PolicyEvaluationDecisionTypeExplicitDeny,
		ResourceSpecificResults: []types.ResourceSpecificResult{{
			EvalResourceName: aws.String("a"), EvalResourceDecision: types.PolicyEvaluationDecisionTypeExplicitDeny,
			MatchedStatements: []types.Statement{{SourcePolicyId: aws.String("PolicyInputList.2")}},
		}},
	}}}}
	got, err := iamrole.SimulatePolicies(t.Context(), fake, []string{"one", "two"}, probe, iampolicy.Request{"aws:sourceip": {"52.6.244.43"}})
	if err != nil || !got.Explicit || !reflect.DeepEqual(got.Policies, []string{iampolicy.InputName(1)}) {
		t.Errorf("got %+v, %v", got, err)
	}
	if asked := fake.custom[0]; !reflect.DeepEqual(asked.PolicyInputList, []string{"one", "two"}) || asked.ResourcePolicy != nil || asked.CallerArn != nil {
		t.Errorf("asked %+v", asked)
	}
	want := []types.ContextEntry{{ContextKeyName: aws.String("aws:SourceIp"), ContextKeyType: types.ContextKeyTypeEnumIp, ContextKeyValues: []string{"52.6.244.43"}}}
	if asked := fake.custom[0]; !reflect.DeepEqual(asked.ContextEntries, want) || !reflect.DeepEqual(asked.ActionNames, []string{"s3:PutObject"}) || !reflect.DeepEqual(asked.ResourceArns, []string{"a"}) {
		t.Errorf("asked %+v", asked)
	}
	fake.err = errors.New("no")
	if _, err := iamrole.SimulatePolicies(t.Context(), fake, nil, probe, nil); err == nil {
		t.Error("an error was lost")
	}
	if _, err := iamrole.Simulate(t.Context(), fake, "", nil, nil, nil); err == nil {
		t.Error("an error was lost")
	}
}
