package iamrole_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// TestReadManagedPolicies reads what is in force: the default version of each policy of the account, and none of AWS's.
func TestReadManagedPolicies(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const first, second, ofAWS = "arn:aws:iam::111122223333:policy/a", "arn:aws-cn:iam::111122223333:policy/b", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess"
		arns := []string{first, ofAWS, second}
		fake := &fakeIAM{
			managed: map[string]map[string]string{first: {"v1": "{}", "v2": `{"a": "2"}`, "v3": "{}"}, second: {"v1": `{"b": "1"}`, "v9": "{}"}, ofAWS: {"v1": "{}"}},
			current: map[string]string{first: "v2", second: "v1", ofAWS: "v1"},
			errors:  map[string][]error{},
		}
		got, err := iamrole.ReadManagedPolicies(t.Context(), fake, arns)
		if err != nil || !slices.Equal(got, []string{`{"a": "2"}`, `{"b": "1"}`}) {
			t.Errorf("got %q, %v", got, err)
		}
		if !slices.Equal(arns, []string{first, ofAWS, second}) {
			t.Errorf("the caller's list became %q", arns)
		}
		for _, action := range []string{"GetPolicy", "GetPolicyVersion"} {
			refused := errors.New("refused")
			fake.errors[action] = []error{refused}
			if documents, err := iamrole.ReadManagedPolicies(t.Context(), fake, arns); !errors.Is(err, refused) || documents != nil {
				t.Errorf("%s: %q, %v", action, documents, err)
			}
		}
		fake.garbled = true
		if _, err := iamrole.ReadManagedPolicies(t.Context(), fake, arns); err == nil || err.Error() != garbled {
			t.Errorf("a garbled document: %v", err)
		}
	})
}

// crowd counts how many read at once.
type crowd struct {
	*fakeIAM

	now, most atomic.Int32
}

func (c *crowd) enter() {
	now := c.now.Add(1)
	time.Sleep(time.Second) // All that may come in do.
	c.most.Store(max(c.most.Load(), now))
	c.now.Add(-1)
}

func (c *crowd) GetRolePolicy(ctx context.Context, in *iam.GetRolePolicyInput, options ...func(*iam.Options)) (*iam.GetRolePolicyOutput, error) {
	c.enter()
	return c.fakeIAM.GetRolePolicy(ctx, in, options...)
}

func (c *crowd) GetPolicy(ctx context.Context, in *iam.GetPolicyInput, options ...func(*iam.Options)) (*iam.GetPolicyOutput, error) {
	c.enter()
	return c.fakeIAM.GetPolicy(ctx, in, options...)
}

// TestReadManyPolicies reads eight at a time.
func TestReadManyPolicies(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for name, read := range map[string]func(*crowd) ([]string, error){
			"inline": func(c *crowd) ([]string, error) {
				return iamrole.ReadInlinePolicies(t.Context(), c, "delivery", slices.Repeat([]string{"c"}, 20))
			},
			"managed": func(c *crowd) ([]string, error) {
				return iamrole.ReadManagedPolicies(t.Context(), c, slices.Repeat([]string{"arn:a"}, 20))
			},
		} {
			c := &crowd{fakeIAM: inUse(t)}
			c.managed, c.current = map[string]map[string]string{"arn:a": {"v1": "{}"}}, map[string]string{"arn:a": "v1"}
			if documents, err := read(c); err != nil || !slices.Equal(documents, slices.Repeat([]string{"{}"}, 20)) || c.most.Load() != 8 {
				t.Errorf("%s: read %v, %v, %d at once", name, documents, err, c.most.Load())
			}
		}
	})
}
