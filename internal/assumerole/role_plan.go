package assumerole

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// ModifyPlan sets what follows from other values: the provider's defaults, the two policies, tags_all. The plan then
// shows the policies before anything is created, and fails where IAM would refuse the apply.
func (r *roleResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.Data == nil || framework.KeepsAll(ctx, req, resp, "name", "name_prefix") {
		return
	}
	var config, plan, state roleModel
	resp.Diagnostics.Append(framework.Decode(ctx, req.Config.Schema, req.Config.Raw, &config)...)
	resp.Diagnostics.Append(framework.Decode(ctx, req.Plan.Schema, req.Plan.Raw, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(framework.Decode(ctx, req.State.Schema, req.State.Raw, &state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	plan.planName(config, state)
	plan.planVoiceBase(config, state, r.Data)
	resp.Diagnostics.Append(plan.checkVoiceBase()...)
	partition, errs := plan.arguments().Partition(awsname.Partition(r.Data.Clients.Region()))
	resp.Diagnostics.Append(framework.ArgumentErrors(errs)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.planOthers(ctx, &plan, state)...)
	resp.Diagnostics.Append(plan.planPolicies(state, partition)...)
	var diags diag.Diagnostics
	plan.TagsAll, diags = framework.PlannedTagsAll(plan.Tags, r.Data.Tags)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(framework.DistinctTagKeys(plan.Tags, r.Data.Tags)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(framework.SetPlan(ctx, &resp.Plan, plan)...)
}

// planName sets name_prefix and id if the name is known. A name from the configuration has the prefix "": see KeepsAll.
func (m *roleModel) planName(config, state roleModel) {
	m.ID = m.Name
	if !config.NamePrefix.IsNull() {
		return
	}
	switch {
	case m.Name.Equal(state.Name) && !state.NamePrefix.IsNull():
		m.NamePrefix = state.NamePrefix
	case !m.Name.IsUnknown():
		m.NamePrefix = types.StringValue(awsname.GeneratedPrefix(m.Name.ValueString()))
	case config.Name.IsNull():
		m.NamePrefix = types.StringValue(defaultNamePrefix)
	default:
		m.NamePrefix = types.StringUnknown()
	}
}

// planVoiceBase fills in the provider's defaults. If another form of the same principal is configured, the ARN keeps
// the form that the state has.
func (m *roleModel) planVoiceBase(config, state roleModel, data *framework.ProviderData) {
	if config.VoiceBaseARN.IsNull() {
		m.VoiceBaseARN = data.VoiceBaseARN
	}
	if config.ExternalID.IsNull() {
		m.ExternalID = data.ExternalID
	}
	if principal, err := awsname.ParsePrincipal(m.VoiceBaseARN.ValueString()); err == nil && samePrincipal(state.VoiceBaseARN, principal) {
		m.VoiceBaseARN = state.VoiceBaseARN
	}
}

func (m roleModel) checkVoiceBase() diag.Diagnostics {
	var diags diag.Diagnostics
	if m.VoiceBaseARN.IsNull() {
		diags.AddAttributeError(path.Root("voicebase_arn"), "Missing VoiceBase ARN",
			"Set voicebase_arn here or in the provider block, or VOICEBASE_ARN in the environment. VoiceBase support tells you the value: "+awsname.PrincipalForms+".")
	}
	if m.ExternalID.IsNull() {
		diags.Append(framework.NoExternalID())
	}
	return diags
}

// planPolicies builds both policies. A document that AWS or somebody else has written differently, but to the same
// effect, stays.
func (m *roleModel) planPolicies(state roleModel, partition string) diag.Diagnostics {
	trust, diags := m.trust(partition)
	m.AssumeRolePolicy = unlessSame(trust, state.AssumeRolePolicy, iampolicy.SameTrust)
	permissions, permissionDiags := m.permissions()
	m.PermissionsPolicy = unlessSame(permissions, state.PermissionsPolicy, samePermissions)
	diags.Append(permissionDiags...)
	return diags
}

func unlessSame(planned, current framework.Policy, same func(a, b string) bool) framework.Policy {
	if planned.Equal(current) {
		return current
	}
	if !planned.IsUnknown() && !current.IsNull() && same(planned.ValueString(), current.ValueString()) {
		return current
	}
	return planned
}
