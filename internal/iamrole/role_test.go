package iamrole_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

var (
	created = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

	invalidPrincipal = &types.MalformedPolicyDocumentException{
		Message: aws.String(`Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/voicebase"`),
	}
	errRefused = errors.New("refused")
)

const garbled = `decoding a policy document: invalid URL escape "%zz"`

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
	synctest.Test(t, func(t *testing.T) {
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
		want.PermissionsPolicy = ""
		if described, err := iamrole.Describe(t.Context(), f, "delivery"); err != nil || !reflect.DeepEqual(described, want) {
			t.Errorf("Describe = %+v, %v, want %+v", described, err, want)
		}
	})
}

func TestFindRoleMissing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for name, find := range map[string]func(*fakeIAM) (*iamrole.Role, error){
			"find":     func(f *fakeIAM) (*iamrole.Role, error) { return iamrole.Find(t.Context(), f, "delivery") },
			"describe": func(f *fakeIAM) (*iamrole.Role, error) { return iamrole.Describe(t.Context(), f, "delivery") },
		} {
			start := time.Now()
			if role, err := find(newFake()); !errors.Is(err, awsclient.ErrNotFound) || role != nil || !strings.HasPrefix(err.Error(), `role "delivery": `) || time.Since(start) > 0 {
				t.Errorf("%s: no role: %+v, %v after %s", name, role, err, time.Since(start))
			}
			f := newRole(t)
			f.role.AssumeRolePolicyDocument = aws.String("%zz")
			if role, err := find(f); err == nil || role != nil || err.Error() != garbled {
				t.Errorf("%s: a garbled trust policy: %+v, %v", name, role, err)
			}
		}
		garbledPermissions := newRole(t)
		garbledPermissions.garbled = true
		if role, err := iamrole.Find(t.Context(), garbledPermissions, "delivery"); err == nil || role != nil || err.Error() != garbled {
			t.Errorf("garbled permissions: %+v, %v", role, err)
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
	})
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
	synctest.Test(t, func(t *testing.T) {
		for _, failure := range []error{errRefused, &types.MalformedPolicyDocumentException{Message: aws.String("Syntax errors in policy.")}, &types.EntityAlreadyExistsException{}} {
			f := newFake()
			f.errors["CreateRole"] = []error{failure}
			if _, err := iamrole.Create(t.Context(), f, spec()); !errors.Is(err, failure) || iamrole.InvalidPrincipal(err) {
				t.Errorf("CreateRole: %v, want %v", err, failure)
			}
			checkCalls(t, f, "CreateRole delivery")
		}
	})
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
		{"empty tag added", func(s *iamrole.Spec) { s.Tags["new"] = "" }, []string{"TagRole delivery new="}},
		{"tag changed", func(s *iamrole.Spec) { s.Tags["env"] = "live" }, []string{"TagRole delivery env=live"}},
		{"tag removed", func(s *iamrole.Spec) { delete(s.Tags, "env") }, []string{"UntagRole delivery env"}},
		{"tags all", func(s *iamrole.Spec) { s.Tags = map[string]string{"b": "2", "a": "1"} }, []string{"UntagRole delivery env,team", "TagRole delivery a=1,b=2"}},
		{
			"all", func(s *iamrole.Spec) {
				*s = iamrole.Spec{Name: "delivery", TrustPolicy: "{}", PermissionsPolicy: "{}", PermissionsBoundary: "arn:b", Tags: map[string]string{"a": "1"}}
			},
			[]string{
				"PutRolePermissionsBoundary delivery arn:b", "UpdateRole delivery ", "UpdateAssumeRolePolicy delivery {}",
				"PutRolePolicy delivery voicebase-delivery {}", "UntagRole delivery env,team", "TagRole delivery a=1",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, after := newRole(t), spec()
				test.change(&after)
				if err := iamrole.Update(t.Context(), f, spec(), after); err != nil {
					t.Fatal(err)
				}
				checkCalls(t, f, test.want...)
			})
		})
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
	synctest.Test(t, func(t *testing.T) {
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
			for _, detach := range []bool{true, false} {
				f := newRole(t)
				f.errors[action] = []error{errRefused}
				if err := iamrole.Delete(t.Context(), f, "delivery", detach); !errors.Is(err, errRefused) || errors.Is(err, iamrole.ErrInUse) {
					t.Errorf("%s refused, detaching %t: %v", action, detach, err)
				}
			}
		}
	})
}

// What is not the provider's own is listed page by page, and read and removed by name.
func TestOtherPolicies(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newRole(t)
		f.attached, f.inline["d"], f.inline["c"] = []string{"arn:b", "arn:a"}, "{\"d\":1}", "{\"c\":1}"
		others, err := iamrole.FindOtherPolicies(t.Context(), f, "delivery")
		if err != nil || !others.Ours || !slices.Equal(others.All(), []string{"c", "d", "arn:a", "arn:b"}) {
			t.Fatalf("found %v, %v", others, err)
		}
		documents, err := iamrole.ReadInlinePolicies(t.Context(), f, "delivery", others.Inline)
		if err != nil || !slices.Equal(documents, []string{"{\"c\":1}", "{\"d\":1}"}) {
			t.Errorf("read %q, %v", documents, err)
		}
		f.calls = nil
		if err := iamrole.RemovePolicies(t.Context(), f, "delivery", others.All()); err != nil {
			t.Fatal(err)
		}
		checkCalls(t, f, "DeleteRolePolicy delivery c", "DeleteRolePolicy delivery d", "DetachRolePolicy delivery arn:a", "DetachRolePolicy delivery arn:b")
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
		if documents, err := iamrole.ReadInlinePolicies(t.Context(), f, "delivery", []string{iamrole.PolicyName}); !errors.Is(err, errRefused) || documents != nil {
			t.Errorf("GetRolePolicy refused: %q, %v", documents, err)
		}
		f.garbled = true
		if _, err := iamrole.ReadInlinePolicies(t.Context(), f, "delivery", []string{iamrole.PolicyName}); err == nil || err.Error() != garbled {
			t.Errorf("a garbled document: %v", err)
		}
		delete(f.inline, iamrole.PolicyName)
		if others, err := iamrole.FindOtherPolicies(t.Context(), f, "delivery"); err != nil || !reflect.DeepEqual(others, iamrole.OtherPolicies{}) {
			t.Errorf("nothing is there, and %+v, %v found", others, err)
		}
		f.inline[iamrole.PolicyName+"-2"] = "{}"
		if others, err := iamrole.FindOtherPolicies(t.Context(), f, "delivery"); err != nil || others.Ours || !slices.Equal(others.Inline, []string{iamrole.PolicyName + "-2"}) {
			t.Errorf("a policy whose name begins like ours: %+v, %v", others, err)
		}
	})
}
