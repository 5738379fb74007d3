package check

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// ActionTypeName is the action's name in configurations.
const ActionTypeName = "voicebase_test_delivery"

var (
	_ action.ActionWithConfigure      = (*testAction)(nil)
	_ action.ActionWithValidateConfig = (*testAction)(nil)
)

// NewAction returns the action voicebase_test_delivery.
func NewAction() action.Action { return &testAction{} }

type testAction struct {
	framework.Action
}

// Metadata names the action.
func (a *testAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = ActionTypeName
}

// Schema describes the action.
func (a *testAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Delivers a sample as VoiceBase does with a pre-signed URL: signs a PUT with the provider's credentials, sends the sample with the " +
			"content type of `type` and `format`, and reports S3's answer. The action removes the object again, unless `keep` is `true`. The URL appears in no plan, " +
			"state, output or log. Requires Terraform 1.14 or later.",
		Attributes: map[string]schema.Attribute{
			"bucket": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the bucket, or the ARN of one of its access points.",
				Validators:          []validator.String{framework.Parsed(s3presign.ParseBucket, "the name of a general purpose bucket, or the ARN of an access point in one region")},
			},
			"region": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Region of the bucket. Default: the provider's region.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseRegionName, awsname.RegionForms)},
			},
			"key": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Key of the test object. An object that is there already is not overwritten: the action fails. Conflicts with `key_prefix`. " +
					"Default: a new key below `key_prefix`.",
				Validators: []validator.String{
					stringvalidator.ConflictsWith(path.MatchRoot("key_prefix")),
					framework.Parsed(awsname.ParseKey, fmt.Sprintf("1–%d bytes of UTF-8. Must not start with / or contain empty, . or .. path segments", awsname.MaxKeyBytes)),
				},
			},
			"key_prefix": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Prefix of the test object's key. Must end in `/`. Default: none.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseKeyPrefix, awsname.KeyPrefixForms)},
			},
			"type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "`type` of the callback to try. Must be one of " + framework.Codes(voicebase.ResultTypes()) + ". Default: `" + string(voicebase.Analytics) + "`.",
				Validators:          []validator.String{framework.Parsed(voicebase.ParseResultType, framework.Codes(voicebase.ResultTypes()))},
			},
			"format": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "`format` of the callback. Must be one of " + framework.Codes(voicebase.Formats()) + ". Required with type `transcript`, and not valid with any other type.",
				Validators:          []validator.String{framework.Parsed(voicebase.ParseFormat, framework.Codes(voicebase.Formats()))},
			},
			"keep": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to keep the test object. Removing it takes `s3:DeleteObject`, with versioning also `s3:DeleteObjectVersion`; what the " +
					"credentials may not remove is named in a warning. Default: `false`.",
			},
		},
	}
}

// ValidateConfig checks the combination of type and format as VoiceBase does.
func (a *testAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var model testModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() || model.Type.IsUnknown() || model.Format.IsUnknown() || !model.validAlone() {
		return
	}
	if _, err := model.contentType(); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("format"), "Invalid format", framework.Sentence(err))
	}
}

// Invoke signs, sends, reports and removes.
func (a *testAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var model testModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	delivery, diags := a.prepare(ctx, model)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	delivery.progress = func(format string, args ...any) {
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}
	resp.Diagnostics.Append(delivery.run(ctx)...)
}
