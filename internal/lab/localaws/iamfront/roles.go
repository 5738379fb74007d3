package iamfront

import (
	"net/http"
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
		"SimulateCustomPolicy": f.simulateCustom, "SimulatePrincipalPolicy": f.simulatePrincipal,
	}
}

// role finds the role that a call is about, with what is kept of it here.
func (f *Front) role(c *call) (*types.Role, identity.RoleExtras, error) {
	name := c.str("RoleName")
	role, err := f.directory.Store.GetRole(c.Context(), name)
	if err != nil {
		return nil, identity.RoleExtras{}, noSuch("The role with name %s cannot be found.", name)
	}
	extras, _ := f.directory.Roles.Get(role.RoleName)
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
		if err := f.checkBoundary(boundary); err != nil {
			return nil, err
		}
	}
	if err := f.mustPass(c); err != nil {
		return nil, err
	}
	if err := f.storeTrust(c, trust); err != nil {
		return nil, err
	}
	if err := f.directory.Roles.Put(c.str("RoleName"), identity.RoleExtras{Boundary: boundary}); err != nil {
		return nil, err
	}
	return f.getRole(c)
}

func (f *Front) getRole(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	node := roleNode("Role", role, extras)
	if extras.Boundary != "" {
		node.Children = append(node.Children, awsxml.New("PermissionsBoundary",
			awsxml.Leaf("PermissionsBoundaryType", "Policy"), awsxml.Leaf("PermissionsBoundaryArn", extras.Boundary)))
	}
	if len(role.Tags) > 0 {
		node.Children = append(node.Children, tagsNode(role.Tags))
	}
	node.Children = append(node.Children, awsxml.New("RoleLastUsed"))
	return []*awsxml.Node{node}, nil
}

func (f *Front) listRoles(c *call) ([]*awsxml.Node, error) {
	limit, _ := strconv.Atoi(c.str("MaxItems"))
	out, err := f.directory.Store.ListRoles(c.Context(), storage.ListRolesInput{
		PathPrefix: c.str("PathPrefix"), Marker: c.str("Marker"), MaxItems: int32(min(max(limit, 0), 1000)),
	})
	if err != nil {
		return nil, err
	}
	roles := awsxml.New("Roles")
	for _, role := range out.Roles {
		extras, _ := f.directory.Roles.Get(role.RoleName)
		roles.Children = append(roles.Children, roleNode("member", &role, extras))
	}
	result := []*awsxml.Node{awsxml.Leaf("IsTruncated", strconv.FormatBool(out.IsTruncated)), roles}
	if out.Marker != "" {
		result = append(result, awsxml.Leaf("Marker", out.Marker))
	}
	return result, nil
}

func (f *Front) deleteRole(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	if len(extras.Attached) > 0 {
		return nil, fail(http.StatusConflict, "DeleteConflict", "Cannot delete entity, must detach all policies first.")
	}
	if err := f.mustPass(c); err != nil {
		return nil, err
	}
	return nil, f.directory.Roles.Delete(role.RoleName)
}
