package assumerole

import (
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

// foundModel is what IAM reports about a role. The resource and the data source share it.
type foundModel struct {
	policyModel

	ID                  types.String     `tfsdk:"id"`
	Name                types.String     `tfsdk:"name"`
	Path                types.String     `tfsdk:"path"`
	Description         types.String     `tfsdk:"description"`
	PermissionsBoundary types.String     `tfsdk:"permissions_boundary"`
	MaxSessionDuration  types.Int64      `tfsdk:"max_session_duration"`
	ARN                 types.String     `tfsdk:"arn"`
	UniqueID            types.String     `tfsdk:"unique_id"`
	CreateDate          types.String     `tfsdk:"create_date"`
	AssumeRolePolicy    framework.Policy `tfsdk:"assume_role_policy"`
	PermissionsPolicy   framework.Policy `tfsdk:"permissions_policy"`
	TagsAll             types.Map        `tfsdk:"tags_all"`
}

// roleModel is the resource voicebase_delivery_role.
type roleModel struct {
	foundModel

	NamePrefix          types.String   `tfsdk:"name_prefix"`
	ForceDetachPolicies types.Bool     `tfsdk:"force_detach_policies"`
	ExclusivePolicies   types.Bool     `tfsdk:"exclusive_policies"`
	OtherPolicies       types.Set      `tfsdk:"other_policies"`
	Tags                types.Map      `tfsdk:"tags"`
	Timeouts            timeouts.Value `tfsdk:"timeouts"`
}

// arguments returns the model as plain values, including the partition of the permissions boundary.
func (m roleModel) arguments() iampolicy.RoleArguments {
	arguments := m.policyModel.arguments()
	arguments.PermissionsBoundary = m.PermissionsBoundary.ValueString()
	return arguments
}

// toSpec returns what IAM is to store. Null becomes the zero value.
func (m roleModel) toSpec() iamrole.Spec {
	return iamrole.Spec{
		Name:                m.Name.ValueString(),
		Path:                m.Path.ValueString(),
		Description:         m.Description.ValueString(),
		MaxSessionDuration:  int32(m.MaxSessionDuration.ValueInt64()), //nolint:gosec // The validator limits it to 43,200.
		PermissionsBoundary: m.PermissionsBoundary.ValueString(),
		TrustPolicy:         m.AssumeRolePolicy.ValueString(),
		PermissionsPolicy:   m.PermissionsPolicy.ValueString(),
		Tags:                framework.StringMap(m.TagsAll),
	}
}

// shows reports whether IAM's answer, including other policies, matches the state, which is what the provider has
// written. It ignores differences that waiting does not resolve: a principal that was deleted, and tags that
// ignore_tags has since left to others.
func (m roleModel) shows(config tags.Config, others *iamrole.OtherPolicies) func(*iamrole.Role, error) bool {
	written := m.toSpec()
	written.Tags = config.Managed(written.Tags)
	return func(role *iamrole.Role, err error) bool {
		if err != nil {
			return !errors.Is(err, awsclient.ErrNotFound)
		}
		read := m
		read.fromAPI(role, config)
		read.setOthers(*others)
		same := read.toSpec().Equal(written, samePolicy) && read.OtherPolicies.Equal(m.OtherPolicies)
		return same || iampolicy.DeadPrincipal(role.TrustPolicy) != ""
	}
}

// setIdentity sets what IAM assigns when it creates the role.
func (m *foundModel) setIdentity(role *iamrole.Role) {
	m.ID = types.StringValue(role.Name)
	m.Name = types.StringValue(role.Name)
	m.ARN = types.StringValue(role.ARN)
	m.UniqueID = types.StringValue(role.UniqueID)
	m.CreateDate = types.StringValue(role.CreateDate.UTC().Format(time.RFC3339))
}

// setLost sets the name of a role that IAM may have created although its answer was lost.
func (m *roleModel) setLost(name string) {
	m.ID, m.Name = types.StringValue(name), types.StringValue(name)
	m.ARN, m.UniqueID, m.CreateDate = types.StringNull(), types.StringNull(), types.StringNull()
	m.PermissionsPolicy = framework.PolicyNull()
}

// fromAPI sets everything that IAM stores, and the arguments that follow from it.
func (m *foundModel) fromAPI(role *iamrole.Role) {
	m.setIdentity(role)
	m.Path = types.StringValue(role.Path)
	m.Description = framework.StringOrNull(role.Description)
	m.PermissionsBoundary = framework.StringOrNull(role.PermissionsBoundary)
	m.MaxSessionDuration = types.Int64Value(int64(role.MaxSessionDuration))
	m.AssumeRolePolicy = policyOrNull(role.TrustPolicy)
	m.PermissionsPolicy = policyOrNull(role.PermissionsPolicy)
	m.recoverTrust(role.TrustPolicy)
	m.recoverPermissions(role.PermissionsPolicy)
}

// fromAPI also sets the resource's own attributes. What no answer of IAM contains keeps its value, and has its default
// after an import.
func (m *roleModel) fromAPI(role *iamrole.Role, config tags.Config) {
	m.foundModel.fromAPI(role)
	if m.NamePrefix.IsNull() {
		m.NamePrefix = types.StringValue(awsname.GeneratedPrefix(role.Name))
	}
	m.Tags, m.TagsAll = framework.TagsFromAPI(role.Tags, m.Tags, config)
	if m.ForceDetachPolicies.IsNull() {
		m.ForceDetachPolicies = types.BoolValue(false)
	}
	if m.ExclusivePolicies.IsNull() {
		m.ExclusivePolicies = types.BoolValue(false)
	}
	if m.Access.IsNull() {
		m.Access = types.StringValue(string(iampolicy.AccessWrite))
	}
}

func policyOrNull(document string) framework.Policy {
	if document == "" {
		return framework.PolicyNull()
	}
	return framework.PolicyValue(document)
}
