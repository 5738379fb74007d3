package iamrole_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/fields"
)

// TestEachFieldIsWrittenAndRead changes one field of a role at a time, there and back: what an update has sent is what a
// read then finds.
func TestEachFieldIsWrittenAndRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		replaced := []string{"Name", "Path"} // IAM changes neither: the plan replaces the role.
		seen := 0
		fields.Varied(spec, func(path string, varied iamrole.Spec) {
			if slices.Contains(replaced, path) {
				return
			}
			seen++
			f := newRole(t)
			for _, step := range []struct{ from, to iamrole.Spec }{{spec(), varied}, {varied, spec()}} {
				f.calls = nil
				if err := iamrole.Update(t.Context(), f, step.from, step.to); err != nil || len(f.calls) == 0 {
					t.Errorf("%s: %v, %v", path, f.calls, err)
				}
				found, err := iamrole.Find(t.Context(), f, "delivery")
				if err != nil || !reflect.DeepEqual(found.Spec, step.to) {
					t.Errorf("%s: wrote %+v\nfound %+v, %v", path, step.to, found, err)
				}
			}
		})
		if seen < 8 {
			t.Errorf("only %d changes were tried", seen)
		}
	})
}

// TestEachFieldOfARoleIsSeen sets one field of IAM's answer at a time: a read sees it, or it is known not to.
func TestEachFieldOfARoleIsSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		unseen := map[string]string{
			"RoleLastUsed": "when a role was used is nothing to configure",
			"PermissionsBoundary.PermissionsBoundaryType": "there is one type",
			"SourceRoleTemplate":                          "what a role was once made from says nothing of what it is",
		}
		fields.Alone(func(path string, without, with types.Role) {
			var found [2]*iamrole.Role
			for i, role := range []types.Role{without, with} {
				f := newFake()
				if role.Arn = aws.String("arn:aws:iam::444455556666:role/a"); i == 1 && path == "Arn" {
					role.Arn = aws.String("arn:aws-cn:iam::444455556666:role/b")
				}
				f.role = &role
				var err error
				if found[i], err = iamrole.Find(t.Context(), f, "delivery"); err != nil {
					t.Fatal(err)
				}
			}
			field, _, _ := strings.Cut(path, ".")
			_, listed := unseen[path]
			_, whole := unseen[field]
			if seen := !reflect.DeepEqual(found[0], found[1]); seen == (listed || whole) {
				t.Errorf("a read sees %s: %t. Let it, or say in unseen why not", path, seen)
			}
		})
	})
}

// TestEachFailedCallIsAnError lets each call of each verb fail in turn: none of the errors is dropped, and no call follows
// that changes something.
func TestEachFailedCallIsAnError(t *testing.T) {
	t.Parallel()
	after := iamrole.Spec{Name: "delivery", TrustPolicy: "{}", PermissionsPolicy: "{}", Tags: map[string]string{"new": "1"}}
	bounded := after
	bounded.PermissionsBoundary = "arn:b"
	update := func(to iamrole.Spec) func(context.Context, *fakeIAM) error {
		return func(ctx context.Context, f *fakeIAM) error { return iamrole.Update(ctx, f, spec(), to) }
	}
	for name, test := range map[string]struct {
		verb  func(context.Context, *fakeIAM) error
		calls int
	}{
		"create": {func(ctx context.Context, f *fakeIAM) error { _, err := iamrole.Create(ctx, f, spec()); return err }, 1},
		"permit": {func(ctx context.Context, f *fakeIAM) error {
			return iamrole.PutPermissions(ctx, f, "delivery", "{}")
		}, 1},
		"find": {func(ctx context.Context, f *fakeIAM) error { _, err := iamrole.Find(ctx, f, "delivery"); return err }, 2},
		"describe": {func(ctx context.Context, f *fakeIAM) error {
			_, err := iamrole.Describe(ctx, f, "delivery")
			return err
		}, 1},
		"update":          {update(after), 6},
		"update, bounded": {update(bounded), 6},
		"delete":          {func(ctx context.Context, f *fakeIAM) error { return iamrole.Delete(ctx, f, "delivery", true) }, 15},
		"others": {func(ctx context.Context, f *fakeIAM) error {
			_, err := iamrole.FindOtherPolicies(ctx, f, "delivery")
			return err
		}, 5},
		"read others": {func(ctx context.Context, f *fakeIAM) error {
			_, err := iamrole.ReadInlinePolicies(ctx, f, "delivery", []string{"c", "d"})
			return err
		}, 2},
		"remove others": {func(ctx context.Context, f *fakeIAM) error {
			return iamrole.RemovePolicies(ctx, f, "delivery", []string{"c", "arn:a"})
		}, 2},
		"list": {func(ctx context.Context, f *fakeIAM) error {
			var last error
			for _, err := range iamrole.List(ctx, f, "") {
				last = err
			}
			return last
		}, 2},
	} {
		whole := inUse(t)
		synctest.Test(t, func(t *testing.T) {
			if err := test.verb(t.Context(), whole); err != nil || len(whole.calls) != test.calls {
				t.Errorf("%s: %d calls, want %d; %v\n%s", name, len(whole.calls), test.calls, err, strings.Join(whole.calls, "\n"))
			}
		})
		earlier := map[string]int{}
		for i, call := range whole.calls {
			action, _, _ := strings.Cut(call, " ")
			f := inUse(t)
			f.errors[action] = append(slices.Repeat([]error{nil}, earlier[action]), errRefused)
			earlier[action]++
			t.Run(fmt.Sprintf("%s/%d %s", name, i, call), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					if err := test.verb(t.Context(), f); !errors.Is(err, errRefused) {
						t.Errorf("got %v", err)
					}
					for _, later := range f.calls[slices.Index(f.calls, call)+1:] {
						if action, _, _ := strings.Cut(later, " "); later != call && !strings.HasPrefix(action, "List") && !strings.HasPrefix(action, "Get") &&
							!slices.Contains(whole.calls[:i], later) {
							t.Errorf("%s follows", later)
						}
					}
				})
			})
		}
	}
}

func (f *fakeIAM) ListRoles(_ context.Context, in *iam.ListRolesInput, _ ...func(*iam.Options)) (*iam.ListRolesOutput, error) {
	look(in, "PathPrefix", "Marker")
	if in.PathPrefix != nil && *in.PathPrefix == "" {
		panic("IAM takes no empty path")
	}
	page, next := onePage([]string{"a", "b"}, in.Marker)
	out := &iam.ListRolesOutput{Marker: next, IsTruncated: next != nil}
	for _, name := range page {
		out.Roles = append(out.Roles, types.Role{RoleName: &name, AssumeRolePolicyDocument: f.encoded(`{"a":"b+c"}`)})
	}
	return out, f.call("ListRoles", aws.ToString(in.PathPrefix))
}

// TestList lists page by page, below a path, and decodes the trust policies.
func TestList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		found := map[string]string{}
		for role, err := range iamrole.List(t.Context(), f, "/vendors/") {
			if err != nil {
				t.Fatal(err)
			}
			found[role.Name] = role.TrustPolicy
		}
		if want := map[string]string{"a": `{"a":"b+c"}`, "b": `{"a":"b+c"}`}; !maps.Equal(found, want) {
			t.Errorf("found %v", found)
		}
		checkCalls(t, f, "ListRoles /vendors/", "ListRoles /vendors/")
		f.calls = nil
		for role, err := range iamrole.List(t.Context(), f, "") {
			if err != nil || role.Name != "b" {
				t.Errorf("first comes %+v, %v", role, err)
			}
			break
		}
		checkCalls(t, f, "ListRoles ")
		f.garbled = true
		for role, err := range iamrole.List(t.Context(), f, "") {
			if err == nil || err.Error() != garbled || role.Name == "" {
				t.Errorf("got %+v, %v", role, err)
			}
		}
	})
}

// TestEachWaitIsTwoMinutes: what IAM shows late is waited for, for two minutes and no longer.
func TestEachWaitIsTwoMinutes(t *testing.T) {
	t.Parallel()
	missing := error(&types.NoSuchEntityException{})
	trusting := spec()
	trusting.TrustPolicy = "{}"
	for name, test := range map[string]struct {
		action string
		err    error
		verb   func(context.Context, *fakeIAM) error
	}{
		"create": {"CreateRole", invalidPrincipal, func(ctx context.Context, f *fakeIAM) error { _, err := iamrole.Create(ctx, f, spec()); return err }},
		"permit": {"PutRolePolicy", missing, func(ctx context.Context, f *fakeIAM) error {
			return iamrole.PutPermissions(ctx, f, "delivery", "{}")
		}},
		"trust":  {"UpdateAssumeRolePolicy", invalidPrincipal, func(ctx context.Context, f *fakeIAM) error { return iamrole.Update(ctx, f, spec(), trusting) }},
		"delete": {"DeleteRole", &types.DeleteConflictException{}, func(ctx context.Context, f *fakeIAM) error { return iamrole.Delete(ctx, f, "delivery", false) }},
		"delete, detaching": {"DeleteRole", &types.DeleteConflictException{}, func(ctx context.Context, f *fakeIAM) error {
			return iamrole.Delete(ctx, f, "delivery", true)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, start := newRole(t), time.Now()
				f.late = map[string]late{test.action: {test.err, start.Add(110 * time.Second)}}
				if err := test.verb(t.Context(), f); err != nil {
					t.Errorf("what comes after 110 s was not waited for, but for %s: %v", time.Since(start), err)
				}
				f, start = newRole(t), time.Now()
				f.late = map[string]late{test.action: {test.err, start.Add(time.Hour)}}
				err := test.verb(t.Context(), f)
				if took := time.Since(start); err == nil || took < 2*time.Minute || took > 2*time.Minute+20*time.Second {
					t.Errorf("what never comes was waited for for %s: %v", took, err)
				}
			})
		})
	}
}
