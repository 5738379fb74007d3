package iamrole_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
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
		}, {
			EvalActionName: aws.String("kms:Decrypt"), EvalResourceName: aws.String("key"), EvalDecision: types.PolicyEvaluationDecisionTypeExplicitDeny,
			OrganizationsDecisionDetail:       &types.OrganizationsDecisionDetail{AllowedByOrganizations: true},
			PermissionsBoundaryDecisionDetail: &types.PermissionsBoundaryDecisionDetail{},
			MatchedStatements:                 []types.Statement{{SourcePolicyId: aws.String("one")}, {SourcePolicyId: aws.String("two")}},
			MissingContextValues:              []string{"aws:PrincipalOrgID"},
		}, {
			EvalActionName: aws.String("s3:ListBucket"), EvalResourceName: aws.String("a"), EvalDecision: types.PolicyEvaluationDecisionTypeAllowed,
		}},
	}}
	const role = "arn:aws:iam::123456789012:role/delivery"
	actions, resources := []string{"s3:PutObject", "kms:GenerateDataKey"}, []string{"a", "b"}
	request := iampolicy.Request{"aws:sourceip": {"52.6.244.43"}, "s3:x-amz-acl": nil}
	got, err := iamrole.Simulate(t.Context(), fake, role, actions, resources, request)
	want := iampolicy.Simulation{
		{Action: "s3:PutObject", Resource: "a"}:          {Allowed: true},
		{Action: "s3:PutObject", Resource: "b"}:          {Explicit: true, Policies: []string{"policy"}, Missing: []string{"aws:PrincipalOrgID"}},
		{Action: "s3:PutObject", Resource: "c"}:          {Bounded: true},
		{Action: "s3:PutObject", Resource: "d"}:          {Allowed: true},
		{Action: "kms:GenerateDataKey", Resource: "key"}: {Organization: true},
		{Action: "kms:Decrypt", Resource: "key"}:         {Explicit: true, Bounded: true, Policies: []string{"one", "two"}, Missing: []string{"aws:PrincipalOrgID"}},
		{Action: "s3:ListBucket", Resource: "a"}:         {Allowed: true},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	asked := iam.SimulatePrincipalPolicyInput{
		PolicySourceArn: aws.String(role), ActionNames: actions, ResourceArns: resources, ContextEntries: sourceIP, MaxItems: aws.Int32(1000),
	}
	again := asked
	again.Marker = aws.String("next")
	if !reflect.DeepEqual(fake.principal, []*iam.SimulatePrincipalPolicyInput{&asked, &again}) {
		t.Errorf("asked %+v", fake.principal)
	}
}

var sourceIP = []types.ContextEntry{{ContextKeyName: aws.String("aws:SourceIp"), ContextKeyType: types.ContextKeyTypeEnumIp, ContextKeyValues: []string{"52.6.244.43"}}}

// TestSimulate_context sends each key under IAM's name and type, in order, and none that is absent.
func TestSimulate_context(t *testing.T) {
	want := []string{
		"aws:CurrentTime date", "aws:PrincipalAccount string", "aws:PrincipalArn string", "aws:PrincipalIsAWSService boolean", "aws:principaltag/team string",
		"aws:PrincipalType string", "aws:RequestedRegion string", "aws:ResourceAccount string", "aws:SecureTransport boolean", "aws:SourceIp ip",
		"aws:ViaAWSService boolean", "kms:ViaService string", "s3:authType string", "s3:prefix string", "s3:ResourceAccount string",
		"s3:signatureAge numeric", "s3:TlsVersion numeric",
	}
	request := iampolicy.Request{"s3:x-amz-acl": nil, "aws:referer": {}}
	for _, key := range want {
		name, _, _ := strings.Cut(key, " ")
		request[strings.ToLower(name)] = []string{name, "another"}
	}
	fake := &simulator{pages: [][]types.EvaluationResult{nil}}
	if _, err := iamrole.Simulate(t.Context(), fake, "role", nil, nil, request); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range fake.principal[0].ContextEntries {
		got = append(got, *entry.ContextKeyName+" "+string(entry.ContextKeyType))
		if !slices.Equal(entry.ContextKeyValues, request[strings.ToLower(*entry.ContextKeyName)]) {
			t.Errorf("%s is %q", *entry.ContextKeyName, entry.ContextKeyValues)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("sent %q, want %q", got, want)
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
	fake.pages = append([][]types.EvaluationResult{{{EvalActionName: aws.String("s3:GetObject"), EvalResourceName: aws.String("a"), EvalDecision: types.PolicyEvaluationDecisionTypeAllowed}}}, fake.pages...)
	got, err := iamrole.SimulatePolicies(t.Context(), fake, []string{"one", "two"}, probe, iampolicy.Request{"aws:sourceip": {"52.6.244.43"}})
	if err != nil || !reflect.DeepEqual(got, iampolicy.Decision{Explicit: true, Policies: []string{iampolicy.InputName(1)}}) {
		t.Errorf("got %+v, %v", got, err)
	}
	asked := iam.SimulateCustomPolicyInput{
		PolicyInputList: []string{"one", "two"}, ActionNames: []string{"s3:PutObject"}, ResourceArns: []string{"a"}, ContextEntries: sourceIP, MaxItems: aws.Int32(1000),
	}
	again := asked
	again.Marker = aws.String("next")
	if !reflect.DeepEqual(fake.custom, []*iam.SimulateCustomPolicyInput{&asked, &again}) {
		t.Errorf("asked %+v", fake.custom)
	}
	fake.err = errors.New("no")
	if _, err := iamrole.SimulatePolicies(t.Context(), fake, nil, probe, nil); !errors.Is(err, fake.err) {
		t.Errorf("got %v", err)
	}
	if _, err := iamrole.Simulate(t.Context(), fake, "", nil, nil, nil); !errors.Is(err, fake.err) {
		t.Errorf("got %v", err)
	}
}
