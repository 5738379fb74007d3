package iamrole

import (
	"context"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

type updater interface {
	UpdateRole(context.Context, *iam.UpdateRoleInput, ...func(*iam.Options)) (*iam.UpdateRoleOutput, error)
	UpdateAssumeRolePolicy(context.Context, *iam.UpdateAssumeRolePolicyInput, ...func(*iam.Options)) (*iam.UpdateAssumeRolePolicyOutput, error)
	PutRolePermissionsBoundary(context.Context, *iam.PutRolePermissionsBoundaryInput, ...func(*iam.Options)) (*iam.PutRolePermissionsBoundaryOutput, error)
	DeleteRolePermissionsBoundary(context.Context, *iam.DeleteRolePermissionsBoundaryInput, ...func(*iam.Options)) (*iam.DeleteRolePermissionsBoundaryOutput, error)
	TagRole(context.Context, *iam.TagRoleInput, ...func(*iam.Options)) (*iam.TagRoleOutput, error)
	UntagRole(context.Context, *iam.UntagRoleInput, ...func(*iam.Options)) (*iam.UntagRoleOutput, error)
	policyPutter
}

// Update changes before into after, and sends only the difference. The first failing call ends it; the changes made
// before stay.
func Update(ctx context.Context, client updater, before, after Spec) error {
	updates := []func(context.Context, updater, Spec, Spec) error{
		updateBoundary, // first: permissions must not grow before they are bounded
		updateSettings,
		updateTrust,
		updatePermissions,
		updateTags,
	}
	for _, update := range updates {
		if err := update(ctx, client, before, after); err != nil {
			return err
		}
	}
	return nil
}

// updateSettings sends both settings if one of them changes: it is one call, and AWS's reference does not say that a
// setting stays when it is left out.
func updateSettings(ctx context.Context, client updater, before, after Spec) error {
	if before.Description == after.Description && before.MaxSessionDuration == after.MaxSessionDuration {
		return nil
	}
	_, err := client.UpdateRole(ctx, &iam.UpdateRoleInput{
		RoleName:           &after.Name,
		Description:        &after.Description,
		MaxSessionDuration: &after.MaxSessionDuration,
	})
	return err
}

func updateTrust(ctx context.Context, client updater, before, after Spec) error {
	if before.TrustPolicy == after.TrustPolicy {
		return nil
	}
	return awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, InvalidPrincipal, func(ctx context.Context) error {
		_, err := client.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{
			RoleName:       &after.Name,
			PolicyDocument: &after.TrustPolicy,
		})
		return err
	})
}

func updatePermissions(ctx context.Context, client updater, before, after Spec) error {
	if before.PermissionsPolicy == after.PermissionsPolicy {
		return nil
	}
	return PutPermissions(ctx, client, after.Name, after.PermissionsPolicy)
}

func updateBoundary(ctx context.Context, client updater, before, after Spec) error {
	if before.PermissionsBoundary == after.PermissionsBoundary {
		return nil
	}
	if after.PermissionsBoundary == "" {
		_, err := client.DeleteRolePermissionsBoundary(ctx, &iam.DeleteRolePermissionsBoundaryInput{RoleName: &after.Name})
		return err
	}
	_, err := client.PutRolePermissionsBoundary(ctx, &iam.PutRolePermissionsBoundaryInput{
		RoleName:            &after.Name,
		PermissionsBoundary: &after.PermissionsBoundary,
	})
	return err
}

// updateTags removes tags first, because a role with AWS's 50 tags has no room for another.
func updateTags(ctx context.Context, client updater, before, after Spec) error {
	changed, gone := tagChanges(before.Tags, after.Tags)
	if len(gone) > 0 {
		if _, err := client.UntagRole(ctx, &iam.UntagRoleInput{RoleName: &after.Name, TagKeys: gone}); err != nil {
			return err
		}
	}
	if len(changed) == 0 {
		return nil
	}
	_, err := client.TagRole(ctx, &iam.TagRoleInput{RoleName: &after.Name, Tags: iamTags(changed)})
	return err
}

func tagChanges(before, after map[string]string) (changed map[string]string, gone []string) {
	changed = map[string]string{}
	for key, value := range after {
		if old, had := before[key]; !had || old != value {
			changed[key] = value
		}
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if _, stays := after[key]; !stays {
			gone = append(gone, key)
		}
	}
	return changed, gone
}

// iamTags is sorted by key, so that equal tags make equal calls.
func iamTags(tags map[string]string) []types.Tag {
	out := make([]types.Tag, 0, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		value := tags[key]
		out = append(out, types.Tag{Key: &key, Value: &value})
	}
	return out
}
