package iamfront

import (
	"github.com/versity/versitygw/iamapi/storage"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
)

// bury puts the unique ID of a principal that was deleted in the place of its
// ARN in all trust policies, which then trust nobody of that name any more:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
func (f *Front) bury(c *call, arn, uniqueID string) error {
	for name := range c.account.Roles.All() {
		role, err := c.account.Store.GetRole(c.Context(), name)
		if err != nil {
			continue // deleted meanwhile
		}
		trust := authz.Bury(role.AssumeRolePolicyDocument, arn, uniqueID)
		if trust == role.AssumeRolePolicyDocument {
			continue
		}
		if _, err := c.account.Store.UpdateAssumeRolePolicy(c.Context(), storage.UpdateAssumeRolePolicyInput{RoleName: name, PolicyDocument: trust}); err != nil {
			return err
		}
	}
	return nil
}
