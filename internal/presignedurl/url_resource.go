package presignedurl

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

// There is no import: nothing outside the state knows a URL that was signed once.
var (
	_ resource.ResourceWithConfigure  = (*urlResource)(nil)
	_ resource.ResourceWithModifyPlan = (*urlResource)(nil)
)

// NewResource returns the resource voicebase_presigned_callback_url.
func NewResource() resource.Resource { return &urlResource{} }

type urlResource struct{ framework.Resource }

func (r *urlResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + typeName
}

func (r *urlResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Stores a pre-signed URL, to which VoiceBase can PUT one result, in state, and replaces it `renew_before` its effective " +
			"expiry. Until then, plans show no changes, regardless of which credentials run them. Use it when a consumer needs a stable value, such " +
			"as a stored parameter.\n\n" +
			"Only an apply signs the URL, with the provider's credentials and without an S3 call. Destroying the resource does not revoke the URL: S3 " +
			"accepts it until it expires. The resource cannot be imported.",
		Attributes: resourceAttributes(),
	}
}

// ModifyPlan decides by the clock whether the URL stays. It signs nothing: a plan must not hand out a URL.
func (r *urlResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Data == nil || req.Plan.Raw.IsNull() {
		return
	}
	var plan resourceModel
	var configuredRegion types.String
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("region"), &configuredRegion)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := plan.planOutputs(r.Data.Clients, configuredRegion); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("type"), "Invalid combination of type and format", framework.Sentence(err))
		return
	}
	if !req.State.Raw.IsNull() {
		var state resourceModel
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		if resp.Diagnostics.HasError() {
			return
		}
		replaced, diags := plan.keepOrRenew(state, r.Data.Clients.Now())
		resp.Diagnostics.Append(diags...)
		resp.RequiresReplace.Append(replaced...)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

func (r *urlResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	signed, diags := model.sign(ctx, r.Data.Clients, s3presign.Window(r.Data.Clients.Now(), 0))
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(model.setEffectiveEnd()...)
	resp.Diagnostics.Append(model.warnings(signed)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// Read has nothing to ask: the state is the only place that has the URL.
func (r *urlResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

// Update takes over what bears on the renewal only; all else replaces the URL.
func (r *urlResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var model resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(model.setEffectiveEnd()...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// Delete has nothing to call: S3 does not know which URLs were signed.
func (r *urlResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
