package iamrole_test

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// fakeIAM is one role as IAM keeps it. It records the calls, and fails those that errors names: which calls go
// out, and what becomes of a half-done change, cannot be asked of a real IAM.
type fakeIAM struct {
	iamrole.API // panics on what no test expects

	mu       sync.Mutex
	calls    []string
	errors   map[string][]error
	role     *types.Role
	inline   map[string]string
	attached []string
	profiles []string
}

// call records, and returns the next error that was arranged for the call.
func (f *fakeIAM) call(parts ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, strings.Join(parts, " "))
	action := parts[0]
	if len(f.errors[action]) == 0 {
		return nil
	}
	err := f.errors[action][0]
	f.errors[action] = f.errors[action][1:]
	return err
}

func (f *fakeIAM) CreateRole(_ context.Context, in *iam.CreateRoleInput, _ ...func(*iam.Options)) (*iam.CreateRoleOutput, error) {
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
	if err := f.call("PutRolePolicy", *in.RoleName, *in.PolicyName, *in.PolicyDocument); err != nil {
		return nil, err
	}
	f.inline[*in.PolicyName] = *in.PolicyDocument
	return &iam.PutRolePolicyOutput{}, nil
}

func (f *fakeIAM) GetRole(_ context.Context, in *iam.GetRoleInput, _ ...func(*iam.Options)) (*iam.GetRoleOutput, error) {
	if err := f.call("GetRole", *in.RoleName); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.role == nil {
		return nil, &types.NoSuchEntityException{}
	}
	role := *f.role
	return &iam.GetRoleOutput{Role: &role}, nil
}

func (f *fakeIAM) GetRolePolicy(_ context.Context, in *iam.GetRolePolicyInput, _ ...func(*iam.Options)) (*iam.GetRolePolicyOutput, error) {
	if err := f.call("GetRolePolicy", *in.RoleName, *in.PolicyName); err != nil {
		return nil, err
	}
	document, ok := f.inline[*in.PolicyName]
	if !ok {
		return nil, &types.NoSuchEntityException{}
	}
	return &iam.GetRolePolicyOutput{PolicyDocument: aws.String(url.PathEscape(document))}, nil
}

func (f *fakeIAM) UpdateRole(_ context.Context, in *iam.UpdateRoleInput, _ ...func(*iam.Options)) (*iam.UpdateRoleOutput, error) {
	return &iam.UpdateRoleOutput{}, f.call("UpdateRole", *in.RoleName, *in.Description)
}

func (f *fakeIAM) UpdateAssumeRolePolicy(_ context.Context, in *iam.UpdateAssumeRolePolicyInput, _ ...func(*iam.Options)) (*iam.UpdateAssumeRolePolicyOutput, error) {
	return &iam.UpdateAssumeRolePolicyOutput{}, f.call("UpdateAssumeRolePolicy", *in.RoleName, *in.PolicyDocument)
}

func (f *fakeIAM) PutRolePermissionsBoundary(_ context.Context, in *iam.PutRolePermissionsBoundaryInput, _ ...func(*iam.Options)) (*iam.PutRolePermissionsBoundaryOutput, error) {
	return &iam.PutRolePermissionsBoundaryOutput{}, f.call("PutRolePermissionsBoundary", *in.RoleName, *in.PermissionsBoundary)
}

func (f *fakeIAM) DeleteRolePermissionsBoundary(_ context.Context, in *iam.DeleteRolePermissionsBoundaryInput, _ ...func(*iam.Options)) (*iam.DeleteRolePermissionsBoundaryOutput, error) {
	return &iam.DeleteRolePermissionsBoundaryOutput{}, f.call("DeleteRolePermissionsBoundary", *in.RoleName)
}

func (f *fakeIAM) TagRole(_ context.Context, in *iam.TagRoleInput, _ ...func(*iam.Options)) (*iam.TagRoleOutput, error) {
	return &iam.TagRoleOutput{}, f.call("TagRole", *in.RoleName, tagText(in.Tags))
}

func (f *fakeIAM) UntagRole(_ context.Context, in *iam.UntagRoleInput, _ ...func(*iam.Options)) (*iam.UntagRoleOutput, error) {
	return &iam.UntagRoleOutput{}, f.call("UntagRole", *in.RoleName, strings.Join(in.TagKeys, ","))
}

func (f *fakeIAM) DeleteRolePolicy(_ context.Context, in *iam.DeleteRolePolicyInput, _ ...func(*iam.Options)) (*iam.DeleteRolePolicyOutput, error) {
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
	if err := f.call("DeleteRole", *in.RoleName); err != nil {
		return nil, err
	}
	if f.role == nil {
		return nil, &types.NoSuchEntityException{}
	}
	if len(f.inline)+len(f.attached)+len(f.profiles) > 0 {
		return nil, &types.DeleteConflictException{Message: aws.String("Cannot delete entity, must detach all policies first.")}
	}
	f.role = nil
	return &iam.DeleteRoleOutput{}, nil
}

// The lists come in pages of one, as a role with many policies would see them.
func (f *fakeIAM) ListAttachedRolePolicies(_ context.Context, in *iam.ListAttachedRolePoliciesInput, _ ...func(*iam.Options)) (*iam.ListAttachedRolePoliciesOutput, error) {
	page, next := onePage(f.attached, in.Marker)
	out := &iam.ListAttachedRolePoliciesOutput{Marker: next, IsTruncated: next != nil}
	for _, arn := range page {
		out.AttachedPolicies = append(out.AttachedPolicies, types.AttachedPolicy{PolicyArn: &arn})
	}
	return out, f.call("ListAttachedRolePolicies", *in.RoleName)
}

func (f *fakeIAM) ListRolePolicies(_ context.Context, in *iam.ListRolePoliciesInput, _ ...func(*iam.Options)) (*iam.ListRolePoliciesOutput, error) {
	page, next := onePage(slices.Sorted(maps.Keys(f.inline)), in.Marker)
	return &iam.ListRolePoliciesOutput{PolicyNames: page, Marker: next, IsTruncated: next != nil}, f.call("ListRolePolicies", *in.RoleName)
}

func (f *fakeIAM) ListInstanceProfilesForRole(_ context.Context, in *iam.ListInstanceProfilesForRoleInput, _ ...func(*iam.Options)) (*iam.ListInstanceProfilesForRoleOutput, error) {
	page, next := onePage(f.profiles, in.Marker)
	out := &iam.ListInstanceProfilesForRoleOutput{Marker: next, IsTruncated: next != nil}
	for _, name := range page {
		out.InstanceProfiles = append(out.InstanceProfiles, types.InstanceProfile{InstanceProfileName: &name})
	}
	return out, f.call("ListInstanceProfilesForRole", *in.RoleName)
}

// onePage returns the first item after the marker, which is the last item of the page before.
func onePage(items []string, marker *string) ([]string, *string) {
	rest := slices.DeleteFunc(slices.Clone(items), func(item string) bool { return marker != nil && item <= *marker })
	if len(rest) <= 1 {
		return rest, nil
	}
	return rest[:1], &rest[0]
}

func (f *fakeIAM) DetachRolePolicy(_ context.Context, in *iam.DetachRolePolicyInput, _ ...func(*iam.Options)) (*iam.DetachRolePolicyOutput, error) {
	f.attached = slices.DeleteFunc(slices.Clone(f.attached), func(arn string) bool { return arn == *in.PolicyArn })
	return &iam.DetachRolePolicyOutput{}, f.call("DetachRolePolicy", *in.RoleName, *in.PolicyArn)
}

func (f *fakeIAM) RemoveRoleFromInstanceProfile(_ context.Context, in *iam.RemoveRoleFromInstanceProfileInput, _ ...func(*iam.Options)) (*iam.RemoveRoleFromInstanceProfileOutput, error) {
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

var (
	created = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

	invalidPrincipal = &types.MalformedPolicyDocumentException{
		Message: aws.String(`Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/voicebase"`),
	}
	errRefused = errors.New("refused")
)

// The documents have what percent-encoding tells apart: a plus, a space, a percent sign.
func spec() iamrole.Spec {
	return iamrole.Spec{
		Name: "delivery", Path: "/voicebase/", Description: "for VoiceBase", MaxSessionDuration: 7200,
		PermissionsBoundary: "arn:aws:iam::444455556666:policy/boundary",
		TrustPolicy:         `{"external":"a+b c%2F"}`,
		PermissionsPolicy:   `{"prefix":"a+b c%2F/"}`,
		Tags:                map[string]string{"team": "speech", "env": "test"},
	}
}

func newFake() *fakeIAM { return &fakeIAM{inline: map[string]string{}, errors: map[string][]error{}} }

func newRole(t *testing.T) *fakeIAM {
	t.Helper()
	f := newFake()
	if _, err := iamrole.Create(t.Context(), f, spec()); err != nil {
		t.Fatal(err)
	}
	if err := iamrole.PutPermissions(t.Context(), f, "delivery", spec().PermissionsPolicy); err != nil {
		t.Fatal(err)
	}
	f.calls = nil
	return f
}

func checkCalls(t *testing.T, f *fakeIAM, want ...string) {
	t.Helper()
	if !slices.Equal(f.calls, want) {
		t.Errorf("calls:\n%s\nwant:\n%s", strings.Join(f.calls, "\n"), strings.Join(want, "\n"))
	}
}

func TestCreateAndFindRole(t *testing.T) {
	t.Parallel()
	f := newFake()
	made, err := iamrole.Create(t.Context(), f, spec())
	if err != nil {
		t.Fatal(err)
	}
	if err := iamrole.PutPermissions(t.Context(), f, made.Name, spec().PermissionsPolicy); err != nil {
		t.Fatal(err)
	}
	checkCalls(t, f, "CreateRole delivery", "PutRolePolicy delivery voicebase-delivery "+spec().PermissionsPolicy)
	want := &iamrole.Role{Spec: spec(), ARN: "arn:aws:iam::444455556666:role/delivery", UniqueID: "AROAEXAMPLE", CreateDate: created}
	if !reflect.DeepEqual(made, want) {
		t.Errorf("CreateRole = %+v, want %+v", made, want)
	}
	f.calls = nil
	found, err := iamrole.Find(t.Context(), f, "delivery")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(found, want) {
		t.Errorf("FindRole = %+v, want %+v", found, want)
	}
	slices.Sort(f.calls)
	checkCalls(t, f, "GetRole delivery", "GetRolePolicy delivery voicebase-delivery")
}

func TestFindRoleMissing(t *testing.T) {
	t.Parallel()
	if _, err := iamrole.Find(t.Context(), newFake(), "delivery"); !errors.Is(err, awsclient.ErrNotFound) {
		t.Errorf("no role: %v", err)
	}
	f := newRole(t)
	f.inline = nil
	role, err := iamrole.Find(t.Context(), f, "delivery")
	if err != nil || role.PermissionsPolicy != "" || role.TrustPolicy != spec().TrustPolicy {
		t.Errorf("no inline policy: %+v, %v", role, err)
	}
	for _, action := range []string{"GetRole", "GetRolePolicy"} {
		f := newRole(t)
		f.errors[action] = []error{errRefused}
		if _, err := iamrole.Find(t.Context(), f, "delivery"); !errors.Is(err, errRefused) {
			t.Errorf("%s refused: %v", action, err)
		}
	}
}

func TestCreateRoleWaitsForPrincipal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.errors["CreateRole"] = []error{invalidPrincipal}
		if _, err := iamrole.Create(t.Context(), f, spec()); err != nil {
			t.Fatal(err)
		}
		checkCalls(t, f, "CreateRole delivery", "CreateRole delivery")

		f = newFake()
		f.errors["CreateRole"] = slices.Repeat([]error{error(invalidPrincipal)}, 100)
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		_, err := iamrole.Create(ctx, f, spec())
		if !iamrole.InvalidPrincipal(err) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the principal never comes: %v", err)
		}
	})
}

// A document that IAM cannot read is not waited for, though its code is that of a missing principal.
func TestCreateRoleFailsAtOnce(t *testing.T) {
	t.Parallel()
	for _, failure := range []error{errRefused, &types.MalformedPolicyDocumentException{Message: aws.String("Syntax errors in policy.")}, &types.EntityAlreadyExistsException{}} {
		f := newFake()
		f.errors["CreateRole"] = []error{failure}
		if _, err := iamrole.Create(t.Context(), f, spec()); !errors.Is(err, failure) || iamrole.InvalidPrincipal(err) {
			t.Errorf("CreateRole: %v, want %v", err, failure)
		}
		checkCalls(t, f, "CreateRole delivery")
	}
}

func TestPutRolePermissionsWaitsForRole(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.errors["PutRolePolicy"] = []error{&types.NoSuchEntityException{}}
		if err := iamrole.PutPermissions(t.Context(), f, "delivery", "{}"); err != nil {
			t.Fatal(err)
		}
		checkCalls(t, f, "PutRolePolicy delivery voicebase-delivery {}", "PutRolePolicy delivery voicebase-delivery {}")
	})
}

func TestUpdateRoleSendsTheDifference(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*iamrole.Spec)
		want   []string
	}{
		{"nothing", func(*iamrole.Spec) {}, nil},
		{"description", func(s *iamrole.Spec) { s.Description = "new" }, []string{"UpdateRole delivery new"}},
		{"description removed", func(s *iamrole.Spec) { s.Description = "" }, []string{"UpdateRole delivery "}},
		{"session duration", func(s *iamrole.Spec) { s.MaxSessionDuration = 3600 }, []string{"UpdateRole delivery for VoiceBase"}},
		{"trust", func(s *iamrole.Spec) { s.TrustPolicy = "{}" }, []string{"UpdateAssumeRolePolicy delivery {}"}},
		{"permissions", func(s *iamrole.Spec) { s.PermissionsPolicy = "{}" }, []string{"PutRolePolicy delivery voicebase-delivery {}"}},
		{"boundary", func(s *iamrole.Spec) { s.PermissionsBoundary = "arn:b" }, []string{"PutRolePermissionsBoundary delivery arn:b"}},
		{"boundary removed", func(s *iamrole.Spec) { s.PermissionsBoundary = "" }, []string{"DeleteRolePermissionsBoundary delivery"}},
		{"tag added", func(s *iamrole.Spec) { s.Tags["new"] = "1" }, []string{"TagRole delivery new=1"}},
		{"tag changed", func(s *iamrole.Spec) { s.Tags["env"] = "live" }, []string{"TagRole delivery env=live"}},
		{"tag removed", func(s *iamrole.Spec) { delete(s.Tags, "env") }, []string{"UntagRole delivery env"}},
		{"tags all", func(s *iamrole.Spec) { s.Tags = map[string]string{"b": "2", "a": "1"} }, []string{"UntagRole delivery env,team", "TagRole delivery a=1,b=2"}},
		{
			"several", func(s *iamrole.Spec) { s.PermissionsPolicy, s.PermissionsBoundary = "{}", "arn:b" },
			[]string{"PutRolePermissionsBoundary delivery arn:b", "PutRolePolicy delivery voicebase-delivery {}"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f, after := newRole(t), spec()
			test.change(&after)
			if err := iamrole.Update(t.Context(), f, spec(), after); err != nil {
				t.Fatal(err)
			}
			checkCalls(t, f, test.want...)
		})
	}
}

func TestUpdateRoleStopsAtFailure(t *testing.T) {
	t.Parallel()
	after := iamrole.Spec{Name: "delivery", TrustPolicy: "{}", PermissionsPolicy: "{}", Tags: map[string]string{"new": "1"}}
	order := []string{"DeleteRolePermissionsBoundary", "UpdateRole", "UpdateAssumeRolePolicy", "PutRolePolicy", "UntagRole", "TagRole"}
	for i, action := range order {
		f := newRole(t)
		f.errors[action] = []error{errRefused}
		if err := iamrole.Update(t.Context(), f, spec(), after); !errors.Is(err, errRefused) {
			t.Errorf("%s refused: %v", action, err)
		}
		if len(f.calls) != i+1 {
			t.Errorf("%s refused: %v", action, f.calls)
		}
	}
}

func TestUpdateRoleWaitsForPrincipal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, after := newRole(t), spec()
		after.TrustPolicy = "{}"
		f.errors["UpdateAssumeRolePolicy"] = []error{invalidPrincipal}
		if err := iamrole.Update(t.Context(), f, spec(), after); err != nil {
			t.Fatal(err)
		}
		checkCalls(t, f, "UpdateAssumeRolePolicy delivery {}", "UpdateAssumeRolePolicy delivery {}")
	})
}

func TestDeleteRole(t *testing.T) {
	t.Parallel()
	deletes := []string{"DeleteRolePolicy delivery voicebase-delivery", "DeleteRole delivery"}
	f := newRole(t)
	if err := iamrole.Delete(t.Context(), f, "delivery", false); err != nil || f.role != nil {
		t.Errorf("DeleteRole: %v", err)
	}
	checkCalls(t, f, deletes...)

	f.calls = nil
	if err := iamrole.Delete(t.Context(), f, "delivery", false); err != nil {
		t.Errorf("a role that is gone: %v", err)
	}
	checkCalls(t, f, deletes...)

	for _, action := range []string{"DeleteRolePolicy", "DeleteRole"} {
		f := newRole(t)
		f.errors[action] = []error{errRefused}
		if err := iamrole.Delete(t.Context(), f, "delivery", true); !errors.Is(err, errRefused) {
			t.Errorf("%s refused: %v", action, err)
		}
	}
}

// What is not the provider's own is listed page by page, and read and removed by name.
func TestOtherPolicies(t *testing.T) {
	t.Parallel()
	f := newRole(t)
	f.attached, f.inline["d"], f.inline["c"] = []string{"arn:b", "arn:a"}, "{\"d\":1}", "{\"c\":1}"
	slices.Sort(f.attached)
	others, err := iamrole.FindOtherPolicies(t.Context(), f, "delivery")
	if err != nil || !others.Ours || !slices.Equal(others.All(), []string{"c", "d", "arn:a", "arn:b"}) {
		t.Fatalf("found %v, %v", others, err)
	}
	documents, err := iamrole.ReadInlinePolicies(t.Context(), f, "delivery", others.Inline)
	if err != nil || !slices.Equal(documents, []string{"{\"c\":1}", "{\"d\":1}"}) {
		t.Errorf("read %q, %v", documents, err)
	}
	if err := iamrole.RemovePolicies(t.Context(), f, "delivery", others.All()); err != nil {
		t.Fatal(err)
	}
	if _, ours := f.inline[iamrole.PolicyName]; !ours || len(f.inline) != 1 || len(f.attached) != 0 {
		t.Errorf("left are %v and %v", f.inline, f.attached)
	}
	for _, action := range []string{"ListAttachedRolePolicies", "ListRolePolicies"} {
		f.errors[action] = []error{errRefused}
		if _, err := iamrole.FindOtherPolicies(t.Context(), f, "delivery"); !errors.Is(err, errRefused) {
			t.Errorf("%s refused: %v", action, err)
		}
	}
	f.errors["GetRolePolicy"] = []error{errRefused}
	if _, err := iamrole.ReadInlinePolicies(t.Context(), f, "delivery", []string{iamrole.PolicyName}); !errors.Is(err, errRefused) {
		t.Errorf("GetRolePolicy refused: %v", err)
	}
}
