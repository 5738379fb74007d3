package iamrole

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	awspolicy "github.com/hashicorp/awspolicyequivalence"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

type creator interface {
	CreateRole(context.Context, *iam.CreateRoleInput, ...func(*iam.Options)) (*iam.CreateRoleOutput, error)
	roleGetter
}

type policyPutter interface {
	PutRolePolicy(context.Context, *iam.PutRolePolicyInput, ...func(*iam.Options)) (*iam.PutRolePolicyOutput, error)
}

// ErrExists is returned by Create if the account already has a role of that name.
var ErrExists = errors.New("already exists")

// Create creates the role itself, with everything except its permissions, in one call. It waits for a principal that
// IAM does not see yet; InvalidPrincipal reports that it never appeared. After an error for which awsclient.MaybeDone
// is true, the role may exist.
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
	begun := time.Now()
	var output *iam.CreateRoleOutput
	err := awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, InvalidPrincipal, func(ctx context.Context) (err error) {
		output, err = client.CreateRole(ctx, input)
		return err
	})
	if exists := new(types.EntityAlreadyExistsException); errors.As(err, &exists) {
		return ownWork(ctx, client, spec, begun, err)
	}
	if err != nil {
		return nil, err
	}
	return newRole(spec, output.Role), nil
}

func newRole(spec Spec, made *types.Role) *Role {
	return &Role{
		Spec:       spec,
		ARN:        aws.ToString(made.Arn),
		UniqueID:   aws.ToString(made.RoleId),
		CreateDate: aws.ToTime(made.CreateDate),
	}
}

// ownWork decides whether the role that a create has found is its own. If the answer of an earlier attempt was lost,
// the role is that attempt's result if it has the trust policy that was sent and is no older than the attempt.
func ownWork(ctx context.Context, client creator, spec Spec, begun time.Time, met error) (*Role, error) {
	exists := fmt.Errorf("role %q %w: %w", spec.Name, ErrExists, met)
	if !awsclient.MaybeDone(met) {
		return nil, exists
	}
	output, err := getRole(ctx, client, spec.Name, func(err error) bool { return isUnnamed(err) || isNoSuchEntity(err) })
	if err != nil {
		return nil, fmt.Errorf("%w. An earlier attempt to create it got no answer and may have created this role: %w", exists, err)
	}
	trust, err := decodePolicy(aws.ToString(output.Role.AssumeRolePolicyDocument))
	if err != nil {
		return nil, err
	}
	same, _ := awspolicy.PoliciesAreEquivalent(trust, spec.TrustPolicy) // A policy that cannot be read is not the same.
	if !same || !awsclient.MadeSince(begun, aws.ToTime(output.Role.CreateDate), output.ResultMetadata) {
		return nil, exists
	}
	return newRole(spec, output.Role), nil
}

// PutPermissions writes the role's permissions. It may follow Create immediately, because it waits for a role that IAM
// does not see yet.
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
