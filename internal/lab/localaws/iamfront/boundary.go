package iamfront

import (
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

func checkBoundary(c *call, arn string) error {
	if !policyARN.MatchString(arn) {
		return invalid("ARN %s is not valid.", arn)
	}
	if _, ok := c.account.ManagedPolicy(arn); !ok {
		return noSuch("Scope ARN: %s does not exist or is not attachable.", arn)
	}
	return nil
}

func (f *Front) putBoundary(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	if err := checkBoundary(c, c.str("PermissionsBoundary")); err != nil {
		return nil, err
	}
	extras.Boundary = c.str("PermissionsBoundary")
	return nil, c.account.Roles.Put(role.RoleName, extras)
}

func (f *Front) deleteBoundary(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	if extras.Boundary == "" {
		return nil, noSuch("Role with name %s has no permissions boundary.", role.RoleName)
	}
	extras.Boundary = ""
	return nil, c.account.Roles.Put(role.RoleName, extras)
}
