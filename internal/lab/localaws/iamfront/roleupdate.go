package iamfront

import (
	"strconv"
	"unicode/utf8"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

func (f *Front) updateRole(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	if err := setDescription(c, &extras); err != nil {
		return nil, err
	}
	if c.form.Has("MaxSessionDuration") {
		seconds, err := strconv.Atoi(c.str("MaxSessionDuration"))
		if err != nil || seconds < 3600 || seconds > 43200 {
			return nil, invalid("1 validation error detected: Value '%s' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200", c.str("MaxSessionDuration"))
		}
		extras.MaxSessionDuration = int32(seconds)
	}
	return []*awsxml.Node{}, c.account.Roles.Put(role.RoleName, extras)
}

func (f *Front) updateRoleDescription(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	if err := setDescription(c, &extras); err != nil {
		return nil, err
	}
	if err := c.account.Roles.Put(role.RoleName, extras); err != nil {
		return nil, err
	}
	return f.getRole(c)
}

func setDescription(c *call, extras *identity.RoleExtras) error {
	if !c.form.Has("Description") {
		return nil
	}
	description := c.str("Description")
	if utf8.RuneCountInString(description) > 1000 {
		return invalid("1 validation error detected: Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 1000")
	}
	extras.Description = &description
	return nil
}
