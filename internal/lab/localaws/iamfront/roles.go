package iamfront

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/versity/versitygw/iamapi/storage"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

const defaultSessionSeconds = 3600

// iamActions are the calls that are answered here; versitygw has the others.
func (f *Front) iamActions() map[string]action {
	return map[string]action{
		"CreateRole": f.createRole, "GetRole": f.getRole, "ListRoles": f.listRoles, "DeleteRole": f.deleteRole,
		"TagRole": f.tagRole, "UpdateRole": f.updateRole, "UpdateRoleDescription": f.updateRoleDescription, "UpdateAssumeRolePolicy": f.updateTrust,
		"PutRolePermissionsBoundary": f.putBoundary, "DeleteRolePermissionsBoundary": f.deleteBoundary,
		"CreatePolicy": f.createPolicy, "GetPolicy": f.getPolicy, "GetPolicyVersion": f.getPolicyVersion,
		"ListPolicyVersions": f.listPolicyVersions, "DeletePolicy": f.deletePolicy,
		"AttachRolePolicy": f.attachRolePolicy, "DetachRolePolicy": f.detachRolePolicy, "ListAttachedRolePolicies": f.listAttached,
		"ListInstanceProfilesForRole": f.listInstanceProfiles, "RemoveRoleFromInstanceProfile": f.removeFromInstanceProfile,
		"GetRolePolicy": f.getRolePolicy, "ListRolePolicies": f.listRolePolicies, "ListRoleTags": f.listRoleTags,
		"SimulateCustomPolicy": f.simulateCustom, "SimulatePrincipalPolicy": f.simulatePrincipal,
	}
}

// role finds the role that a call is to change, with what is kept of it here.
func (f *Front) role(c *call) (*types.Role, identity.RoleExtras, error) {
	role, extras, ok := c.account.Role(c.Context(), c.str("RoleName"))
	if !ok {
		return nil, extras, noSuchRole(c.str("RoleName"))
	}
	return role, extras, nil
}

// seenRole is role for a call that only reads.
func (f *Front) seenRole(c *call) (*types.Role, identity.RoleExtras, error) {
	role, extras, ok := c.account.SeenRole(c.Context(), c.str("RoleName"))
	if !ok {
		return nil, extras, noSuchRole(c.str("RoleName"))
	}
	return role, extras, nil
}

func (f *Front) createRole(c *call) ([]*awsxml.Node, error) {
	if err := checkTags(c); err != nil {
		return nil, err
	}
	trust, err := f.checkTrust(c, "AssumeRolePolicyDocument")
	if err != nil {
		return nil, err
	}
	boundary := c.str("PermissionsBoundary")
	if boundary != "" {
		if err := checkBoundary(c, boundary); err != nil {
			return nil, err
		}
	}
	if err := f.mustPass(c); err != nil {
		return nil, err
	}
	if err := f.storeTrust(c, trust); err != nil {
		return nil, err
	}
	if err := c.account.Roles.Put(c.str("RoleName"), identity.RoleExtras{Boundary: boundary}); err != nil {
		return nil, err
	}
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	return []*awsxml.Node{newRole(role, extras, c.str(sentTrust))}, nil
}

// newRole is what CreateRole shows of a role: the trust policy as it was sent,
// and less than GetRole does.
func newRole(role *types.Role, extras identity.RoleExtras, trust string) *awsxml.Node {
	role.AssumeRolePolicyDocument = trust
	node := wholeRole(role, extras)
	node.Children = slices.DeleteFunc(node.Children, func(n *awsxml.Node) bool {
		return n.Name == "Description" || n.Name == "MaxSessionDuration" || n.Name == "RoleLastUsed"
	})
	return node
}

func (f *Front) getRole(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.seenRole(c)
	if err != nil {
		return nil, err
	}
	return []*awsxml.Node{wholeRole(role, extras)}, nil
}

// wholeRole is what GetRole shows and ListRoles does not.
func wholeRole(role *types.Role, extras identity.RoleExtras) *awsxml.Node {
	node := roleNode("Role", role, extras)
	if extras.Boundary != "" {
		node.Children = append(node.Children, awsxml.New("PermissionsBoundary",
			awsxml.Leaf("PermissionsBoundaryType", "Policy"), awsxml.Leaf("PermissionsBoundaryArn", extras.Boundary)))
	}
	if len(role.Tags) > 0 {
		node.Children = append(node.Children, tagsNode(role.Tags))
	}
	node.Children = append(node.Children, awsxml.New("RoleLastUsed"))
	return node
}

func (f *Front) listRoles(c *call) ([]*awsxml.Node, error) {
	limit, _ := strconv.Atoi(c.str("MaxItems"))
	out, err := c.account.Store.ListRoles(c.Context(), storage.ListRolesInput{
		PathPrefix: c.str("PathPrefix"), Marker: c.str("Marker"), MaxItems: int32(min(max(limit, 0), 1000)),
	})
	if err != nil {
		return nil, err
	}
	roles := awsxml.New("Roles")
	for _, role := range out.Roles {
		role.Arn = c.account.Own(role.Arn)
		extras, _ := c.account.Roles.Get(role.RoleName)
		roles.Children = append(roles.Children, roleNode("member", &role, extras))
	}
	result := []*awsxml.Node{awsxml.Leaf("IsTruncated", strconv.FormatBool(out.IsTruncated)), roles}
	if out.Marker != "" {
		result = append(result, awsxml.Leaf("Marker", out.Marker))
	}
	return result, nil
}

func (f *Front) deleteRole(c *call) ([]*awsxml.Node, error) {
	role, _, err := f.role(c)
	if err != nil {
		return nil, err
	}
	seen, extras, _ := c.account.SeenRole(c.Context(), role.RoleName)
	switch {
	case len(extras.Attached) > 0:
		return nil, fail(http.StatusConflict, "DeleteConflict", "Cannot delete entity, must detach all policies first.")
	case len(seen.Policies.Inline) > 0:
		return nil, fail(http.StatusConflict, "DeleteConflict", "Cannot delete entity, must delete policies first.")
	}
	if err := f.mustPass(c); err != nil {
		return nil, err
	}
	if err := c.account.Roles.Delete(role.RoleName); err != nil {
		return nil, err
	}
	return nil, f.bury(c, role.Arn, role.RoleID)
}
