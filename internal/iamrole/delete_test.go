package iamrole_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

func inUse(t *testing.T) *fakeIAM {
	t.Helper()
	f := newRole(t)
	f.attached = []string{"arn:a", "arn:b"}
	f.inline["c"], f.inline["d"] = "{}", "{}"
	f.profiles = []string{"e", "f"}
	return f
}

var conflict = error(&types.DeleteConflictException{Message: aws.String("Cannot delete entity, must detach all policies first.")})

func conflicts(times int) []error { return slices.Repeat([]error{conflict}, times) }

// TestDeleteRoleBeforeIAMSeesIt: IAM takes its time to see that our own policy is gone, and with it the last one.
func TestDeleteRoleBeforeIAMSeesIt(t *testing.T) {
	t.Parallel()
	own := []string{"DeleteRolePolicy delivery voicebase-delivery", "DeleteRole delivery"}
	lists := []string{"ListAttachedRolePolicies delivery", "ListInstanceProfilesForRole delivery", "ListRolePolicies delivery"}
	for name, test := range map[string]struct {
		conflicts int
		want      []string
	}{
		"for a moment": {2, own},
		"for longer":   {12, slices.Concat(own, lists, []string{"DeleteRole delivery"})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newRole(t)
				f.errors["DeleteRole"] = conflicts(test.conflicts)
				if err := iamrole.Delete(t.Context(), f, "delivery", false); err != nil || f.role != nil {
					t.Errorf("got %v", err)
				}
				f.calls = slices.Compact(f.calls)
				if len(f.calls) > 5 {
					slices.Sort(f.calls[2:5]) // The lists are read side by side.
				}
				checkCalls(t, f, test.want...)
			})
		})
	}
}

// TestDeleteRoleForGood: what IAM does not see in two minutes is an error.
func TestDeleteRoleForGood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, start := newRole(t), time.Now()
		f.errors["DeleteRole"] = conflicts(1000)
		if err := iamrole.Delete(t.Context(), f, "delivery", false); awsclient.Code(err) != "DeleteConflict" || time.Since(start) > 3*time.Minute {
			t.Errorf("got %v after %s", err, time.Since(start))
		}
	})
}

// TestDeleteRoleInUse names what others have put on the role.
func TestDeleteRoleInUse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, start := inUse(t), time.Now()
		err := iamrole.Delete(t.Context(), f, "delivery", false)
		if !errors.Is(err, iamrole.ErrInUse) || awsclient.Code(err) != "DeleteConflict" || f.role == nil {
			t.Errorf("got %v", err)
		}
		want := iamrole.ErrInUse.Error() + ": inline policy c, inline policy d, managed policy arn:a, managed policy arn:b, instance profile f, instance profile e: " + conflict.Error()
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %q", err, want)
		}
		// The limit, and the wait of random length that is under way when it is over.
		if took := time.Since(start); took < 3*time.Second || took > 9*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

// TestDeleteRoleDetaching takes off what keeps the role, without a wait before: all of it is to go anyway.
func TestDeleteRoleDetaching(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, start := inUse(t), time.Now()
		if err := iamrole.Delete(t.Context(), f, "delivery", true); err != nil || f.role != nil {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("waited %s, although IAM shows every change at once", took)
		}
		slices.Sort(f.calls[2:slices.Index(f.calls, "DeleteRolePolicy delivery c")])
		f.calls = slices.Compact(f.calls) // A list comes in pages.
		checkCalls(t, f,
			"DeleteRolePolicy delivery voicebase-delivery", "DeleteRole delivery",
			"ListAttachedRolePolicies delivery", "ListInstanceProfilesForRole delivery", "ListRolePolicies delivery",
			"DeleteRolePolicy delivery c", "DeleteRolePolicy delivery d", "DetachRolePolicy delivery arn:a", "DetachRolePolicy delivery arn:b",
			"RemoveRoleFromInstanceProfile delivery f", "RemoveRoleFromInstanceProfile delivery e", "DeleteRole delivery",
		)
	})
}

// TestDeleteRoleDetachingLate: IAM sees late that the policies are gone, others' and our own, also where they may not
// be listed.
func TestDeleteRoleDetachingLate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		role      func(*testing.T) *fakeIAM
		conflicts int
		list      error
	}{
		"own policy":               {newRole, 12, nil},
		"own policy, not listed":   {newRole, 3, errRefused},
		"others' policies as well": {inUse, 12, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := test.role(t)
				f.errors["DeleteRole"] = conflicts(test.conflicts)
				if test.list != nil {
					f.errors["ListRolePolicies"] = []error{test.list}
				}
				if err := iamrole.Delete(t.Context(), f, "delivery", true); err != nil || f.role != nil {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestDeleteRoleInUseFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		unlisted := iamrole.ErrInUse.Error() + ", which cannot be listed: refused: " + conflict.Error()
		for _, action := range []string{"ListAttachedRolePolicies", "ListRolePolicies", "ListInstanceProfilesForRole"} {
			for _, detach := range []bool{true, false} {
				f, start := inUse(t), time.Now()
				f.errors[action] = []error{errRefused}
				err := iamrole.Delete(t.Context(), f, "delivery", detach)
				if took := time.Since(start); took < 3*time.Second || took > 9*time.Second {
					t.Errorf("%s refused, detaching %t: took %s", action, detach, took)
				}
				if !errors.Is(err, iamrole.ErrInUse) || !errors.Is(err, errRefused) || awsclient.Code(err) != "DeleteConflict" || err.Error() != unlisted {
					t.Errorf("%s refused, detaching %t: %v", action, detach, err)
				}
			}
		}
		for _, action := range []string{"DetachRolePolicy", "RemoveRoleFromInstanceProfile"} {
			f := inUse(t)
			f.errors[action] = []error{errRefused}
			if err := iamrole.Delete(t.Context(), f, "delivery", true); !errors.Is(err, errRefused) || errors.Is(err, iamrole.ErrInUse) {
				t.Errorf("%s refused: %v", action, err)
			}
		}
		// Where nothing may be listed, what the second attempt says counts.
		for name, second := range map[string]error{"refused": errRefused, "gone": &types.NoSuchEntityException{}} {
			f, want := inUse(t), error(nil)
			if f.errors["ListRolePolicies"] = []error{errors.New("unlisted")}; name == "refused" {
				want = errRefused
			}
			f.errors["DeleteRole"] = []error{conflict, second}
			if err := iamrole.Delete(t.Context(), f, "delivery", true); !errors.Is(err, want) || errors.Is(err, iamrole.ErrInUse) {
				t.Errorf("%s at the second attempt: %v", name, err)
			}
			checkCalls(t, &fakeIAM{calls: f.calls[len(f.calls)-1:]}, "DeleteRole delivery")
		}
		// A list that finds the role gone leaves what the others found.
		f := inUse(t)
		f.profiles, f.errors["ListInstanceProfilesForRole"] = nil, []error{&types.NoSuchEntityException{}}
		if err := iamrole.Delete(t.Context(), f, "delivery", true); err != nil || f.role != nil {
			t.Errorf("no list of the profiles: %v", err)
		}
		for _, action := range []string{"DetachRolePolicy", "RemoveRoleFromInstanceProfile"} {
			f := inUse(t)
			f.errors[action] = []error{&types.NoSuchEntityException{}}
			if err := iamrole.Delete(t.Context(), f, "delivery", true); err != nil {
				t.Errorf("%s finds it gone: %v", action, err)
			}
		}
	})
}
