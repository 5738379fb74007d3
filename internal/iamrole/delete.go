package iamrole

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

type deleter interface {
	DeleteRole(context.Context, *iam.DeleteRoleInput, ...func(*iam.Options)) (*iam.DeleteRoleOutput, error)
	detacher
}

type detacher interface {
	iam.ListAttachedRolePoliciesAPIClient
	iam.ListRolePoliciesAPIClient
	iam.ListInstanceProfilesForRoleAPIClient
	DeleteRolePolicy(context.Context, *iam.DeleteRolePolicyInput, ...func(*iam.Options)) (*iam.DeleteRolePolicyOutput, error)
	DetachRolePolicy(context.Context, *iam.DetachRolePolicyInput, ...func(*iam.Options)) (*iam.DetachRolePolicyOutput, error)
	RemoveRoleFromInstanceProfile(context.Context, *iam.RemoveRoleFromInstanceProfileInput, ...func(*iam.Options)) (*iam.RemoveRoleFromInstanceProfileOutput, error)
}

// ErrInUse is returned when something that the provider has not made is attached to the role.
var ErrInUse = errors.New("the role has policies or instance profiles that were attached elsewhere")

// Delete deletes the role with its inline policy; a role that is gone already is no error. detach also takes
// away what others have attached to it; without it that is ErrInUse.
func Delete(ctx context.Context, client deleter, name string, detach bool) error {
	if err := deleteRolePolicy(ctx, client, name, PolicyName); err != nil {
		return err
	}
	err := deleteBareRole(ctx, client, name)
	if !isDeleteConflict(err) {
		return err
	}
	if !detach {
		return fmt.Errorf("%w: %w", ErrInUse, err)
	}
	if err := detachAll(ctx, client, name); err != nil {
		return err
	}
	// IAM takes its time to see that the last of them is gone.
	return awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, isDeleteConflict, func(ctx context.Context) error {
		return deleteBareRole(ctx, client, name)
	})
}

func deleteBareRole(ctx context.Context, client deleter, name string) error {
	_, err := client.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})
	return unlessGone(err)
}

func detachAll(ctx context.Context, client detacher, name string) error {
	for _, detach := range []func(context.Context, detacher, string) error{
		detachManagedPolicies, deleteInlinePolicies, leaveInstanceProfiles,
	} {
		if err := detach(ctx, client, name); err != nil {
			return err
		}
	}
	return nil
}

func detachManagedPolicies(ctx context.Context, client detacher, name string) error {
	pages := iam.NewListAttachedRolePoliciesPaginator(client, &iam.ListAttachedRolePoliciesInput{RoleName: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return unlessGone(err)
		}
		for _, policy := range page.AttachedPolicies {
			_, err := client.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: &name, PolicyArn: policy.PolicyArn})
			if err := unlessGone(err); err != nil {
				return err
			}
		}
	}
	return nil
}

func deleteInlinePolicies(ctx context.Context, client detacher, name string) error {
	pages := iam.NewListRolePoliciesPaginator(client, &iam.ListRolePoliciesInput{RoleName: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return unlessGone(err)
		}
		for _, policy := range page.PolicyNames {
			if err := deleteRolePolicy(ctx, client, name, policy); err != nil {
				return err
			}
		}
	}
	return nil
}

func leaveInstanceProfiles(ctx context.Context, client detacher, name string) error {
	pages := iam.NewListInstanceProfilesForRolePaginator(client, &iam.ListInstanceProfilesForRoleInput{RoleName: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return unlessGone(err)
		}
		for _, profile := range page.InstanceProfiles {
			_, err := client.RemoveRoleFromInstanceProfile(ctx, &iam.RemoveRoleFromInstanceProfileInput{
				RoleName: &name, InstanceProfileName: profile.InstanceProfileName,
			})
			if err := unlessGone(err); err != nil {
				return err
			}
		}
	}
	return nil
}

func deleteRolePolicy(ctx context.Context, client detacher, role, policy string) error {
	_, err := client.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &role, PolicyName: &policy})
	return unlessGone(err)
}

// unlessGone takes the absence of what is to be removed as success.
func unlessGone(err error) error {
	if isNoSuchEntity(err) {
		return nil
	}
	return err
}
