package iamrole_test

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/fields"
)

// fakeIAM is one role as IAM keeps it. It records the calls, and fails those that errors names: which calls go
// out, and what becomes of a half-done change, cannot be asked of a real IAM.
type fakeIAM struct {
	iamrole.API // panics on what no test expects

	mu       sync.Mutex
	calls    []string
	errors   map[string][]error
	late     map[string]late
	role     *types.Role
	inline   map[string]string
	attached []string
	profiles []string
	// managed are the versions of managed policies by ARN, current the default ones.
	managed map[string]map[string]string
	current map[string]string
	// garbled has documents come in an encoding that is none; answer is what the SDK knows of the answer to GetRole.
	garbled bool
	answer  middleware.Metadata
}

// encoded is a document as IAM sends it.
func (f *fakeIAM) encoded(document string) *string {
	if f.garbled {
		return aws.String("%zz")
	}
	return aws.String(url.PathEscape(document))
}

func (f *fakeIAM) GetPolicy(_ context.Context, in *iam.GetPolicyInput, _ ...func(*iam.Options)) (*iam.GetPolicyOutput, error) {
	look(in, "PolicyArn")
	return &iam.GetPolicyOutput{Policy: &types.Policy{DefaultVersionId: aws.String(f.current[*in.PolicyArn])}}, f.call("GetPolicy", *in.PolicyArn)
}

func (f *fakeIAM) GetPolicyVersion(_ context.Context, in *iam.GetPolicyVersionInput, _ ...func(*iam.Options)) (*iam.GetPolicyVersionOutput, error) {
	look(in, "PolicyArn", "VersionId")
	document, ok := f.managed[*in.PolicyArn][*in.VersionId]
	if !ok {
		return nil, &types.NoSuchEntityException{}
	}
	return &iam.GetPolicyVersionOutput{PolicyVersion: &types.PolicyVersion{Document: f.encoded(document)}}, f.call("GetPolicyVersion", *in.PolicyArn, *in.VersionId)
}

// look fails for an argument that the fake would ignore, and for another role's name. read are those that it does not.
func look(in any, read ...string) {
	if role := reflect.ValueOf(in).Elem().FieldByName("RoleName"); role.IsValid() && role.Elem().String() != "delivery" {
		panic(fmt.Sprintf("a %T is about the role %q", in, role.Elem()))
	}
	if unread := fields.Unread(in, append(slices.Clone(read), "RoleName")...); unread != nil {
		panic(fmt.Sprintf("the fake IAM ignores %v of a %T: teach it what they do", unread, in))
	}
}

// change records the call, and changes the role unless it fails.
func (f *fakeIAM) change(change func(*types.Role), parts ...string) error {
	if err := f.call(parts...); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.role == nil {
		return &types.NoSuchEntityException{}
	}
	change(f.role)
	return nil
}

// late is an error of an action that passes.
type late struct {
	err   error
	until time.Time
}

// call records, and returns the next error that was arranged for the call.
func (f *fakeIAM) call(parts ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, strings.Join(parts, " "))
	action := parts[0]
	if late := f.late[action]; time.Now().Before(late.until) {
		return late.err
	}
	if len(f.errors[action]) == 0 {
		return nil
	}
	err := f.errors[action][0]
	f.errors[action] = f.errors[action][1:]
	return err
}

func (f *fakeIAM) CreateRole(_ context.Context, in *iam.CreateRoleInput, _ ...func(*iam.Options)) (*iam.CreateRoleOutput, error) {
	look(in, "Path", "Description", "MaxSessionDuration", "AssumeRolePolicyDocument", "Tags", "PermissionsBoundary")
	if err := f.call("CreateRole", *in.RoleName); err != nil {
		return nil, err
	}
	f.role = &types.Role{
		RoleName: in.RoleName, Path: in.Path, Description: in.Description, MaxSessionDuration: in.MaxSessionDuration,
		AssumeRolePolicyDocument: aws.String(url.PathEscape(*in.AssumeRolePolicyDocument)), Tags: in.Tags,
		Arn: aws.String("arn:aws:iam::444455556666:role/" + *in.RoleName), RoleId: aws.String("AROAEXAMPLE"), CreateDate: aws.Time(created),
	}
	if in.PermissionsBoundary != nil {
		f.role.PermissionsBoundary = &types.AttachedPermissionsBoundary{PermissionsBoundaryArn: in.PermissionsBoundary}
	}
	return &iam.CreateRoleOutput{Role: f.role}, nil
}

func (f *fakeIAM) PutRolePolicy(_ context.Context, in *iam.PutRolePolicyInput, _ ...func(*iam.Options)) (*iam.PutRolePolicyOutput, error) {
	look(in, "PolicyName", "PolicyDocument")
	if err := f.call("PutRolePolicy", *in.RoleName, *in.PolicyName, *in.PolicyDocument); err != nil {
		return nil, err
	}
	f.inline[*in.PolicyName] = *in.PolicyDocument
	return &iam.PutRolePolicyOutput{}, nil
}

func (f *fakeIAM) GetRole(_ context.Context, in *iam.GetRoleInput, _ ...func(*iam.Options)) (*iam.GetRoleOutput, error) {
	look(in)
	if err := f.call("GetRole", *in.RoleName); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.role == nil {
		return nil, &types.NoSuchEntityException{}
	}
	role := *f.role
	return &iam.GetRoleOutput{Role: &role, ResultMetadata: f.answer}, nil
}

func (f *fakeIAM) GetRolePolicy(_ context.Context, in *iam.GetRolePolicyInput, _ ...func(*iam.Options)) (*iam.GetRolePolicyOutput, error) {
	look(in, "PolicyName")
	if err := f.call("GetRolePolicy", *in.RoleName, *in.PolicyName); err != nil {
		return nil, err
	}
	document, ok := f.inline[*in.PolicyName]
	if !ok {
		return nil, &types.NoSuchEntityException{}
	}
	return &iam.GetRolePolicyOutput{PolicyDocument: f.encoded(document)}, nil
}

func (f *fakeIAM) UpdateRole(_ context.Context, in *iam.UpdateRoleInput, _ ...func(*iam.Options)) (*iam.UpdateRoleOutput, error) {
	look(in, "Description", "MaxSessionDuration")
	return &iam.UpdateRoleOutput{}, f.change(func(role *types.Role) {
		role.Description, role.MaxSessionDuration = in.Description, in.MaxSessionDuration
	}, "UpdateRole", *in.RoleName, *in.Description)
}

func (f *fakeIAM) UpdateAssumeRolePolicy(_ context.Context, in *iam.UpdateAssumeRolePolicyInput, _ ...func(*iam.Options)) (*iam.UpdateAssumeRolePolicyOutput, error) {
	look(in, "PolicyDocument")
	return &iam.UpdateAssumeRolePolicyOutput{}, f.change(func(role *types.Role) {
		role.AssumeRolePolicyDocument = aws.String(url.PathEscape(*in.PolicyDocument))
	}, "UpdateAssumeRolePolicy", *in.RoleName, *in.PolicyDocument)
}

func (f *fakeIAM) PutRolePermissionsBoundary(_ context.Context, in *iam.PutRolePermissionsBoundaryInput, _ ...func(*iam.Options)) (*iam.PutRolePermissionsBoundaryOutput, error) {
	look(in, "PermissionsBoundary")
	return &iam.PutRolePermissionsBoundaryOutput{}, f.change(func(role *types.Role) {
		role.PermissionsBoundary = &types.AttachedPermissionsBoundary{PermissionsBoundaryArn: in.PermissionsBoundary}
	}, "PutRolePermissionsBoundary", *in.RoleName, *in.PermissionsBoundary)
}

func (f *fakeIAM) DeleteRolePermissionsBoundary(_ context.Context, in *iam.DeleteRolePermissionsBoundaryInput, _ ...func(*iam.Options)) (*iam.DeleteRolePermissionsBoundaryOutput, error) {
	look(in)
	return &iam.DeleteRolePermissionsBoundaryOutput{}, f.change(func(role *types.Role) { role.PermissionsBoundary = nil }, "DeleteRolePermissionsBoundary", *in.RoleName)
}

func (f *fakeIAM) TagRole(_ context.Context, in *iam.TagRoleInput, _ ...func(*iam.Options)) (*iam.TagRoleOutput, error) {
	look(in, "Tags")
	return &iam.TagRoleOutput{}, f.change(func(role *types.Role) {
		for _, tag := range in.Tags {
			role.Tags = append(without(role.Tags, *tag.Key), tag)
		}
	}, "TagRole", *in.RoleName, tagText(in.Tags))
}

func (f *fakeIAM) UntagRole(_ context.Context, in *iam.UntagRoleInput, _ ...func(*iam.Options)) (*iam.UntagRoleOutput, error) {
	look(in, "TagKeys")
	return &iam.UntagRoleOutput{}, f.change(func(role *types.Role) { role.Tags = without(role.Tags, in.TagKeys...) }, "UntagRole", *in.RoleName, strings.Join(in.TagKeys, ","))
}

func (f *fakeIAM) DeleteRolePolicy(_ context.Context, in *iam.DeleteRolePolicyInput, _ ...func(*iam.Options)) (*iam.DeleteRolePolicyOutput, error) {
	look(in, "PolicyName")
	if err := f.call("DeleteRolePolicy", *in.RoleName, *in.PolicyName); err != nil {
		return nil, err
	}
	if _, ok := f.inline[*in.PolicyName]; !ok {
		return nil, &types.NoSuchEntityException{}
	}
	delete(f.inline, *in.PolicyName)
	return &iam.DeleteRolePolicyOutput{}, nil
}

func (f *fakeIAM) DeleteRole(_ context.Context, in *iam.DeleteRoleInput, _ ...func(*iam.Options)) (*iam.DeleteRoleOutput, error) {
	look(in)
	if err := f.call("DeleteRole", *in.RoleName); err != nil {
		return nil, err
	}
	if f.role == nil {
		return nil, &types.NoSuchEntityException{}
	}
	if len(f.inline)+len(f.attached)+len(f.profiles) > 0 {
		return nil, conflict
	}
	f.role = nil
	return &iam.DeleteRoleOutput{}, nil
}

// The lists come in pages of one, as a role with many policies would see them, and in no order.
func (f *fakeIAM) ListAttachedRolePolicies(_ context.Context, in *iam.ListAttachedRolePoliciesInput, _ ...func(*iam.Options)) (*iam.ListAttachedRolePoliciesOutput, error) {
	look(in, "Marker")
	page, next := onePage(f.attached, in.Marker)
	out := &iam.ListAttachedRolePoliciesOutput{Marker: next, IsTruncated: next != nil}
	for _, arn := range page {
		out.AttachedPolicies = append(out.AttachedPolicies, types.AttachedPolicy{PolicyArn: &arn})
	}
	return out, f.call("ListAttachedRolePolicies", *in.RoleName)
}

func (f *fakeIAM) ListRolePolicies(_ context.Context, in *iam.ListRolePoliciesInput, _ ...func(*iam.Options)) (*iam.ListRolePoliciesOutput, error) {
	look(in, "Marker")
	page, next := onePage(slices.Collect(maps.Keys(f.inline)), in.Marker)
	return &iam.ListRolePoliciesOutput{PolicyNames: page, Marker: next, IsTruncated: next != nil}, f.call("ListRolePolicies", *in.RoleName)
}

func (f *fakeIAM) ListInstanceProfilesForRole(_ context.Context, in *iam.ListInstanceProfilesForRoleInput, _ ...func(*iam.Options)) (*iam.ListInstanceProfilesForRoleOutput, error) {
	look(in, "Marker")
	page, next := onePage(f.profiles, in.Marker)
	out := &iam.ListInstanceProfilesForRoleOutput{Marker: next, IsTruncated: next != nil}
	for _, name := range page {
		out.InstanceProfiles = append(out.InstanceProfiles, types.InstanceProfile{InstanceProfileName: &name})
	}
	return out, f.call("ListInstanceProfilesForRole", *in.RoleName)
}

// onePage returns the first item after the marker, which is the last item of the page before, from the last to the first.
func onePage(items []string, marker *string) ([]string, *string) {
	rest := slices.DeleteFunc(slices.Clone(items), func(item string) bool { return marker != nil && item >= *marker })
	slices.Sort(rest)
	slices.Reverse(rest)
	if len(rest) <= 1 {
		return rest, nil
	}
	return rest[:1], &rest[0]
}

func (f *fakeIAM) DetachRolePolicy(_ context.Context, in *iam.DetachRolePolicyInput, _ ...func(*iam.Options)) (*iam.DetachRolePolicyOutput, error) {
	look(in, "PolicyArn")
	f.attached = slices.DeleteFunc(slices.Clone(f.attached), func(arn string) bool { return arn == *in.PolicyArn })
	return &iam.DetachRolePolicyOutput{}, f.call("DetachRolePolicy", *in.RoleName, *in.PolicyArn)
}

func (f *fakeIAM) RemoveRoleFromInstanceProfile(_ context.Context, in *iam.RemoveRoleFromInstanceProfileInput, _ ...func(*iam.Options)) (*iam.RemoveRoleFromInstanceProfileOutput, error) {
	look(in, "InstanceProfileName")
	f.profiles = slices.DeleteFunc(slices.Clone(f.profiles), func(name string) bool { return name == *in.InstanceProfileName })
	return &iam.RemoveRoleFromInstanceProfileOutput{}, f.call("RemoveRoleFromInstanceProfile", *in.RoleName, *in.InstanceProfileName)
}

func tagText(tags []types.Tag) string {
	var out []string
	for _, tag := range tags {
		out = append(out, *tag.Key+"="+*tag.Value)
	}
	return strings.Join(out, ",")
}

func without(tags []types.Tag, keys ...string) []types.Tag {
	return slices.DeleteFunc(slices.Clone(tags), func(tag types.Tag) bool { return slices.Contains(keys, *tag.Key) })
}
