package iamrole

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

type describer interface {
	GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
}

// Describe reads a role that anyone may have created, without its permissions. It returns ErrNotFound if there is none.
func Describe(ctx context.Context, client describer, name string) (*Role, error) {
	out, err := client.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})
	if isNoSuchEntity(err) {
		return nil, fmt.Errorf("role %q: %w", name, awsclient.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return roleFromAPI(out.Role, "")
}
