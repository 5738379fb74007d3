// Package iamrole makes, finds, updates and deletes roles.
package iamrole

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"golang.org/x/sync/errgroup"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// PolicyName is the name of the inline policy that the delivery role's permissions are in.
const PolicyName = "voicebase-delivery"

// API is the part of IAM that makes and keeps a delivery role.
type API interface {
	creator
	reader
	updater
	deleter
}

type creator interface {
	CreateRole(context.Context, *iam.CreateRoleInput, ...func(*iam.Options)) (*iam.CreateRoleOutput, error)
	policyPutter
}

type policyPutter interface {
	PutRolePolicy(context.Context, *iam.PutRolePolicyInput, ...func(*iam.Options)) (*iam.PutRolePolicyOutput, error)
}

type reader interface {
	GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
	GetRolePolicy(context.Context, *iam.GetRolePolicyInput, ...func(*iam.Options)) (*iam.GetRolePolicyOutput, error)
}

// Spec is what a delivery role is to be.
type Spec struct {
	Name string
	// Path begins and ends with a slash.
	Path        string
	Description string
	// MaxSessionDuration is in seconds, 3600 to 43200.
	MaxSessionDuration int32
	// PermissionsBoundary is the ARN of a managed policy, "" for none.
	PermissionsBoundary string
	// TrustPolicy and PermissionsPolicy are JSON. PermissionsPolicy is "" where the role has lost it.
	TrustPolicy       string
	PermissionsPolicy string
	Tags              map[string]string
}

// Role is a delivery role as IAM has it.
type Role struct {
	Spec
	ARN        string
	UniqueID   string
	CreateDate time.Time
}

// Create makes the role itself, with everything but its permissions: one call, after which it exists. A
// principal that IAM does not see yet is waited for; InvalidPrincipal tells when it never came.
func Create(ctx context.Context, client creator, spec Spec) (*Role, error) {
	input := &iam.CreateRoleInput{
		RoleName:                 &spec.Name,
		Path:                     &spec.Path,
		Description:              awsclient.Optional(spec.Description),
		MaxSessionDuration:       &spec.MaxSessionDuration,
		PermissionsBoundary:      awsclient.Optional(spec.PermissionsBoundary),
		AssumeRolePolicyDocument: &spec.TrustPolicy,
		Tags:                     iamTags(spec.Tags),
	}
	var output *iam.CreateRoleOutput
	err := awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, InvalidPrincipal, func(ctx context.Context) (err error) {
		output, err = awsclient.Uninterrupted(ctx, func(ctx context.Context) (*iam.CreateRoleOutput, error) {
			return client.CreateRole(ctx, input)
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return &Role{
		Spec:       spec,
		ARN:        aws.ToString(output.Role.Arn),
		UniqueID:   aws.ToString(output.Role.RoleId),
		CreateDate: aws.ToTime(output.Role.CreateDate),
	}, nil
}

// PutPermissions gives the role its permissions. It may follow Create at once: a role that IAM does not
// see yet is waited for.
func PutPermissions(ctx context.Context, client policyPutter, name, policy string) error {
	return awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, isNoSuchEntity, func(ctx context.Context) error {
		_, err := client.PutRolePolicy(ctx, &iam.PutRolePolicyInput{
			RoleName:       &name,
			PolicyName:     aws.String(PolicyName),
			PolicyDocument: &policy,
		})
		return err
	})
}

// Find reads the role and its permissions side by side. It returns ErrNotFound when there is no such role; a
// role without our inline policy has an empty PermissionsPolicy.
func Find(ctx context.Context, client reader, name string) (*Role, error) {
	var role *iam.GetRoleOutput
	var policy *iam.GetRolePolicyOutput
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		role, err = client.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})
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

// decodePolicy undoes IAM's percent-encoding (RFC 3986). In it a plus sign stands for itself, so that
// url.QueryUnescape would turn the plus of an external ID into a space.
func decodePolicy(encoded string) (string, error) {
	document, err := url.PathUnescape(encoded)
	if err != nil {
		return "", fmt.Errorf("decoding a policy document: %w", err)
	}
	return document, nil
}
