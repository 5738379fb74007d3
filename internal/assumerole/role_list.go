package assumerole

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

var _ list.ListResourceWithConfigure = (*roleList)(nil)

// NewListResource returns the list resource voicebase_delivery_role.
func NewListResource() list.ListResource { return &roleList{} }

type roleList struct {
	roleResource
}

type listModel struct {
	VoiceBaseARN types.String `tfsdk:"voicebase_arn"`
	PathPrefix   types.String `tfsdk:"path_prefix"`
}

// ListResourceConfigSchema describes the filters.
func (l *roleList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the account's roles that trust VoiceBase, including those created outside Terraform, so that you can import them as `voicebase_delivery_role`. " +
			"A role is listed if its trust policy names `voicebase_arn` or its account, or everyone with a condition on the external ID.",
		Attributes: map[string]schema.Attribute{
			"voicebase_arn": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Who is trusted: " + awsname.PrincipalForms + ". Default: the provider's `voicebase_arn`.",
				Validators:          []validator.String{framework.Parsed(awsname.ParsePrincipal, awsname.PrincipalForms)},
			},
			"path_prefix": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Beginning of the roles' IAM path, such as `/vendors/`. Default: all roles.",
				Validators: []validator.String{framework.Parsed(awsname.ParsePath, awsname.PathForms)},
			},
		},
	}
}

// List lists the roles whose trust policy names VoiceBase. It reads each of them if the request includes the resource.
func (l *roleList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listModel
	diags := req.Config.Get(ctx, &config)
	if config.VoiceBaseARN.IsNull() {
		config.VoiceBaseARN = l.Data.VoiceBaseARN
	}
	principal, err := awsname.ParsePrincipal(config.VoiceBaseARN.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("voicebase_arn"), "Missing VoiceBase ARN",
			"Set voicebase_arn here, in the provider block, or as the environment variable VOICEBASE_ARN: it says whom the listed roles trust.")
	}
	client, err := l.Data.Clients.IAM(ctx)
	if err != nil {
		diags.Append(framework.AWSError(framework.ActionList, kind, config.VoiceBaseARN.ValueString(), err))
	}
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		var listed int64
		for role, err := range iamrole.List(ctx, client, config.PathPrefix.ValueString()) {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{framework.AWSError(framework.ActionList, kind, principal.String(), err)}})
				return
			}
			if !iampolicy.Trusts(role.TrustPolicy, principal) {
				continue
			}
			if listed++; listed > req.Limit || !push(l.result(ctx, req, role.Name)) {
				return
			}
		}
	}
}

func (l *roleList) result(ctx context.Context, req list.ListRequest, name string) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = name
	result.Diagnostics.Append(identify(ctx, result.Identity, name)...)
	if !req.IncludeResource {
		return result
	}
	framework.Emptied(ctx, &result)
	var model roleModel
	diags := result.Resource.Get(ctx, &model)
	role, _, err := l.find(ctx, name, false)
	if err != nil {
		diags.Append(framework.AWSError(framework.ActionRead, kind, name, err))
		return framework.ListWarning(diags)
	}
	diags.Append(l.adopt(ctx, &model, role)...)
	if diags.HasError() {
		return framework.ListWarning(diags)
	}
	model.fromAPI(role, l.Data.Tags)
	result.Diagnostics.Append(diags...)
	result.Diagnostics.Append(result.Resource.Set(ctx, model)...)
	return result
}
