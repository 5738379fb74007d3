package iamrole_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// stuck has one action that answers only when its context ends.
type stuck struct {
	*fakeIAM

	action string
}

func (s stuck) wait(ctx context.Context, action, argument string) error {
	if action != s.action && action+" "+argument != s.action {
		return nil
	}
	<-ctx.Done()
	return ctx.Err()
}

func (s stuck) GetRole(ctx context.Context, in *iam.GetRoleInput, options ...func(*iam.Options)) (*iam.GetRoleOutput, error) {
	if err := s.wait(ctx, "GetRole", ""); err != nil {
		return nil, err
	}
	return s.fakeIAM.GetRole(ctx, in, options...)
}

func (s stuck) GetRolePolicy(ctx context.Context, in *iam.GetRolePolicyInput, options ...func(*iam.Options)) (*iam.GetRolePolicyOutput, error) {
	if err := s.wait(ctx, "GetRolePolicy", *in.PolicyName); err != nil {
		return nil, err
	}
	return s.fakeIAM.GetRolePolicy(ctx, in, options...)
}

func (s stuck) ListRolePolicies(ctx context.Context, in *iam.ListRolePoliciesInput, options ...func(*iam.Options)) (*iam.ListRolePoliciesOutput, error) {
	if err := s.wait(ctx, "ListRolePolicies", ""); err != nil {
		return nil, err
	}
	return s.fakeIAM.ListRolePolicies(ctx, in, options...)
}

func (s stuck) ListAttachedRolePolicies(ctx context.Context, in *iam.ListAttachedRolePoliciesInput, options ...func(*iam.Options)) (*iam.ListAttachedRolePoliciesOutput, error) {
	if err := s.wait(ctx, "ListAttachedRolePolicies", ""); err != nil {
		return nil, err
	}
	return s.fakeIAM.ListAttachedRolePolicies(ctx, in, options...)
}

func (s stuck) GetPolicy(ctx context.Context, in *iam.GetPolicyInput, options ...func(*iam.Options)) (*iam.GetPolicyOutput, error) {
	if err := s.wait(ctx, "GetPolicy", *in.PolicyArn); err != nil {
		return nil, err
	}
	return s.fakeIAM.GetPolicy(ctx, in, options...)
}

// TestReadsEndTogether has one of the calls of a read refused, and another one without an answer: nothing waits for that.
func TestReadsEndTogether(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		stuck, refused string
		read           func(context.Context, stuck) error
	}{
		"the role":        {"GetRole", "GetRolePolicy", func(ctx context.Context, s stuck) error { _, err := iamrole.Find(ctx, s, "delivery"); return err }},
		"its permissions": {"GetRolePolicy", "GetRole", func(ctx context.Context, s stuck) error { _, err := iamrole.Find(ctx, s, "delivery"); return err }},
		"inline names": {"ListRolePolicies", "ListAttachedRolePolicies", func(ctx context.Context, s stuck) error {
			_, err := iamrole.FindOtherPolicies(ctx, s, "delivery")
			return err
		}},
		"managed names": {"ListAttachedRolePolicies", "ListRolePolicies", func(ctx context.Context, s stuck) error {
			_, err := iamrole.FindOtherPolicies(ctx, s, "delivery")
			return err
		}},
		"an inline document": {"GetRolePolicy c", "GetRolePolicy", func(ctx context.Context, s stuck) error {
			_, err := iamrole.ReadInlinePolicies(ctx, s, "delivery", []string{"c", "d"})
			return err
		}},
		"a managed document": {"GetPolicy arn:a", "GetPolicy", func(ctx context.Context, s stuck) error {
			_, err := iamrole.ReadManagedPolicies(ctx, s, []string{"arn:a", "arn:b"})
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := stuck{inUse(t), test.stuck}
				s.errors[test.refused] = []error{errRefused}
				if err := test.read(t.Context(), s); !errors.Is(err, errRefused) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}
