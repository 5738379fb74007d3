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

// ErrExists is returned by Create when the account has a role of that name already.
var ErrExists = errors.New("already exists")

// Create makes the role itself, with everything but its permissions: one call, after which it exists. A
// principal that IAM does not see yet is waited for; InvalidPrincipal tells when it never came. After an error for
// which awsclient.MaybeDone is true the role may be there.
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

// ownWork decides whose the role is that a create has met. When an earlier attempt's answer was lost, it is that
// attempt's work if it has the trust policy that was sent and is no older than the attempt.
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
	same, err := awspolicy.PoliciesAreEquivalent(trust, spec.TrustPolicy)
	if err != nil || !same || !awsclient.MadeSince(begun, aws.ToTime(output.Role.CreateDate), output.ResultMetadata) {
		return nil, exists
	}
	return newRole(spec, output.Role), nil
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
