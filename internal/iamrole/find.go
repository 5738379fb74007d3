package iamrole

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"golang.org/x/sync/errgroup"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

type reader interface {
	roleGetter
	GetRolePolicy(context.Context, *iam.GetRolePolicyInput, ...func(*iam.Options)) (*iam.GetRolePolicyOutput, error)
}

type roleGetter interface {
	GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
}

// Find reads the role and its permissions concurrently. It returns ErrNotFound if there is no such role. A role without
// our inline policy has an empty PermissionsPolicy.
func Find(ctx context.Context, client reader, name string) (*Role, error) {
	var role *iam.GetRoleOutput
	var policy *iam.GetRolePolicyOutput
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		role, err = getRole(ctx, client, name, isUnnamed)
		if isNoSuchEntity(err) {
			return fmt.Errorf("role %q: %w", name, awsclient.ErrNotFound)
		}
		return err
	})
	group.Go(func() (err error) {
		policy, err = client.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &name, PolicyName: aws.String(PolicyName)})
		if isNoSuchEntity(err) {
			policy = &iam.GetRolePolicyOutput{}
			return nil
		}
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return roleFromAPI(role.Role, aws.ToString(policy.PolicyDocument))
}

func roleFromAPI(remote *types.Role, permissions string) (*Role, error) {
	trust, err := decodePolicy(aws.ToString(remote.AssumeRolePolicyDocument))
	if err != nil {
		return nil, err
	}
	permissions, err = decodePolicy(permissions)
	if err != nil {
		return nil, err
	}
	role := &Role{
		Spec: Spec{
			Name:               aws.ToString(remote.RoleName),
			Path:               aws.ToString(remote.Path),
			Description:        aws.ToString(remote.Description),
			MaxSessionDuration: aws.ToInt32(remote.MaxSessionDuration),
			TrustPolicy:        trust,
			PermissionsPolicy:  permissions,
			Tags:               map[string]string{},
		},
		ARN:        aws.ToString(remote.Arn),
		UniqueID:   aws.ToString(remote.RoleId),
		CreateDate: aws.ToTime(remote.CreateDate),
	}
	if remote.PermissionsBoundary != nil {
		role.PermissionsBoundary = aws.ToString(remote.PermissionsBoundary.PermissionsBoundaryArn)
	}
	for _, tag := range remote.Tags {
		role.Tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	return role, nil
}

// decodePolicy reverses IAM's percent-encoding (RFC 3986), in which a plus sign stands for itself. url.QueryUnescape
// would turn the plus of an external ID into a space.
func decodePolicy(encoded string) (string, error) {
	document, err := url.PathUnescape(encoded)
	if err != nil {
		return "", fmt.Errorf("decoding a policy document: %w", err)
	}
	return document, nil
}

// errUnnamed is a temporary state after a role was created, in which IAM returns the unique ID instead of the ARN.
// hashicorp/aws waits for it to pass, too: https://github.com/hashicorp/terraform-provider-aws/issues/22018.
var errUnnamed = errors.New("IAM still returns the role's unique ID instead of its ARN")

func isUnnamed(err error) bool { return errors.Is(err, errUnnamed) }

// getRole repeats the call until the answer contains an ARN, and while passing reports that an error is temporary.
func getRole(ctx context.Context, client roleGetter, name string, passing func(error) bool) (output *iam.GetRoleOutput, err error) {
	err = awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, passing, func(ctx context.Context) error {
		output, err = client.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})
		if err == nil && !strings.HasPrefix(aws.ToString(output.Role.Arn), "arn:") {
			return fmt.Errorf("role %q: %w", name, errUnnamed)
		}
		return err
	})
	return output, err
}
