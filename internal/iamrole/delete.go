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
	policyLister
	policyRemover
	iam.ListInstanceProfilesForRoleAPIClient
	RemoveRoleFromInstanceProfile(context.Context, *iam.RemoveRoleFromInstanceProfileInput, ...func(*iam.Options)) (*iam.RemoveRoleFromInstanceProfileOutput, error)
}

// ErrInUse is returned when something that the provider has not made is attached to the role.
var ErrInUse = errors.New("the role has policies or instance profiles that were attached elsewhere")

// Delete deletes the role with its inline policy; a role that is gone already is no error. detach also takes
// away what others have attached to it; without it that is ErrInUse.
func Delete(ctx context.Context, client deleter, name string, detach bool) error {
	if err := removePolicy(ctx, client, name, PolicyName); err != nil {
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
	others, err := FindOtherPolicies(ctx, client, name)
	if err != nil {
		return err
	}
	if err := RemovePolicies(ctx, client, name, others.All()); err != nil {
		return err
	}
	return leaveInstanceProfiles(ctx, client, name)
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

// unlessGone takes the absence of what is to be removed as success.
func unlessGone(err error) error {
	if isNoSuchEntity(err) {
		return nil
	}
	return err
}
