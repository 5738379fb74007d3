package assumerole

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

var _ resource.ResourceWithMoveState = (*roleResource)(nil)

// awsRole holds what is taken over from the state of aws_iam_role.
type awsRole struct {
	ID                  string            `json:"id"`
	ARN                 string            `json:"arn"`
	UniqueID            string            `json:"unique_id"`
	CreateDate          string            `json:"create_date"`
	Path                string            `json:"path"`
	Description         string            `json:"description"`
	PermissionsBoundary string            `json:"permissions_boundary"`
	MaxSessionDuration  int64             `json:"max_session_duration"`
	ForceDetachPolicies bool              `json:"force_detach_policies"`
	AssumeRolePolicy    string            `json:"assume_role_policy"`
	Tags                map[string]string `json:"tags"`
}

// MoveState takes over aws_iam_role, with what the next read needs and what no read can find out.
func (r *roleResource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		source, diags := framework.MovedFromAWS[awsRole](req, "aws_iam_role", TypeName)
		resp.Diagnostics.Append(diags...)
		framework.Parse(&resp.Diagnostics, "name", types.StringValue(source.ID), awsname.ParseRoleName)
		if resp.Diagnostics.HasError() {
			return
		}
		for name, value := range map[string]any{
			"id": source.ID, "name": source.ID, "name_prefix": "", "arn": source.ARN, "unique_id": source.UniqueID, "create_date": source.CreateDate,
			"path": source.Path, "description": framework.StringOrNull(source.Description),
			"permissions_boundary": framework.StringOrNull(source.PermissionsBoundary), "max_session_duration": source.MaxSessionDuration,
			"force_detach_policies": source.ForceDetachPolicies, "exclusive_policies": false,
			"assume_role_policy": source.AssumeRolePolicy, "tags": source.Tags,
		} {
			resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root(name), value)...)
		}
		resp.Diagnostics.Append(identify(ctx, resp.TargetIdentity, source.ID)...)
		resp.Diagnostics.Append(framework.MarkForAdoption(ctx, resp.TargetPrivate)...)
	}}}
}
