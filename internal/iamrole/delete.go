package iamrole

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
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

// ErrInUse is returned if something that the provider has not created is attached to the role.
var ErrInUse = errors.New("the role still has policies or instance profiles that this resource doesn't manage")

// ownPolicyLimit is the longest that IAM usually takes to see that our own policy is gone. If something keeps the role
// for longer, look at the role.
const ownPolicyLimit = 3 * time.Second

// Delete deletes the role with its inline policy. A role that is already gone is not an error. detach also removes what
// others have attached to it; without detach, that is ErrInUse, which names it.
func Delete(ctx context.Context, client deleter, name string, detach bool) error {
	if err := removePolicy(ctx, client, name, PolicyName); err != nil {
		return err
	}
	if detach {
		return deleteWithOthers(ctx, client, name)
	}
	err := deleteBareRole(ctx, client, name, ownPolicyLimit)
	if !isDeleteConflict(err) {
		return err
	}
	others, listErr := findAttached(ctx, client, name)
	if listErr != nil {
		return unlisted(listErr, err)
	}
	if len(others.names()) > 0 {
		return fmt.Errorf("%w: %s: %w", ErrInUse, strings.Join(others.names(), ", "), err)
	}
	// Only IAM's own delay keeps the role.
	return deleteBareRole(ctx, client, name, awsclient.ConsistencyLimit)
}

// deleteWithOthers first reads what keeps the role, because all of it is to go, so there is no reason to wait. Without
// permission to read, it still waits for IAM to see that our own policy is gone.
func deleteWithOthers(ctx context.Context, client deleter, name string) error {
	err := deleteBareRole(ctx, client, name, 0)
	if !isDeleteConflict(err) {
		return err
	}
	others, listErr := findAttached(ctx, client, name)
	if listErr != nil {
		if err = deleteBareRole(ctx, client, name, ownPolicyLimit); isDeleteConflict(err) {
			return unlisted(listErr, err)
		}
		return err
	}
	if err := others.detach(ctx, client, name); err != nil {
		return err
	}
	return deleteBareRole(ctx, client, name, awsclient.ConsistencyLimit)
}

func unlisted(listErr, conflict error) error {
	return fmt.Errorf("%w, which cannot be listed: %w: %w", ErrInUse, listErr, conflict)
}

// deleteBareRole deletes a role without attachments, which IAM may see only later. hashicorp/aws waits for that, too.
func deleteBareRole(ctx context.Context, client deleter, name string, limit time.Duration) error {
	return awsclient.UntilConsistent(ctx, limit, isDeleteConflict, func(ctx context.Context) error {
		_, err := client.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})
		return unlessGone(err)
	})
}

// attached is what others have attached to a role.
type attached struct {
	policies OtherPolicies
	profiles []string
}

func findAttached(ctx context.Context, client detacher, name string) (found attached, err error) {
	if found.policies, err = FindOtherPolicies(ctx, client, name); err != nil {
		return attached{}, err
	}
	pages := iam.NewListInstanceProfilesForRolePaginator(client, &iam.ListInstanceProfilesForRoleInput{RoleName: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return found, unlessGone(err)
		}
		for _, profile := range page.InstanceProfiles {
			found.profiles = append(found.profiles, aws.ToString(profile.InstanceProfileName))
		}
	}
	return found, nil
}

// names lists what is attached, for a message.
func (a attached) names() []string {
	var names []string
	for _, list := range []struct {
		kind  string
		names []string
	}{
		{"inline policy", a.policies.Inline}, {"managed policy", a.policies.Managed}, {"instance profile", a.profiles},
	} {
		for _, name := range list.names {
			names = append(names, list.kind+" "+name)
		}
	}
	return names
}

func (a attached) detach(ctx context.Context, client detacher, name string) error {
	if err := RemovePolicies(ctx, client, name, a.policies.All()); err != nil {
		return err
	}
	for _, profile := range a.profiles {
		_, err := client.RemoveRoleFromInstanceProfile(ctx, &iam.RemoveRoleFromInstanceProfileInput{RoleName: &name, InstanceProfileName: &profile})
		if err := unlessGone(err); err != nil {
			return err
		}
	}
	return nil
}

// unlessGone treats an object that is already gone as success.
func unlessGone(err error) error {
	if isNoSuchEntity(err) {
		return nil
	}
	return err
}
