package presignedurl

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

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

// dueKey marks, in the private state, a URL that was due for renewal when it was last read.
const dueKey = "due"

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

// ModifyPlan decides whether the URL stays. It relies on what Read has found and never on the clock: Terraform plans
// again when it applies a saved plan, and the result must be the same. It signs nothing, because a plan must not
// contain a usable URL.
func (r *urlResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Data == nil || req.Plan.Raw.IsNull() || framework.KeepsAll(ctx, req, resp, "type", "content_type") {
		return
	}
	var config, plan resourceModel
	resp.Diagnostics.Append(framework.Decode(ctx, req.Config.Schema, req.Config.Raw, &config)...)
	resp.Diagnostics.Append(framework.Decode(ctx, req.Plan.Schema, req.Plan.Raw, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.planOutputs(r.Data.Clients, config)
	if framework.IsKnown(plan.Region) {
		resp.Diagnostics.Append(plan.checkRegion(r.Data.Clients)...)
	}
	if !req.State.Raw.IsNull() {
		var state resourceModel
		resp.Diagnostics.Append(framework.Decode(ctx, req.State.Schema, req.State.Raw, &state)...)
		if resp.Diagnostics.HasError() {
			return
		}
		due, diags := req.Private.GetKey(ctx, dueKey)
		resp.Diagnostics.Append(diags...)
		resp.RequiresReplace.Append(plan.keepOrRenew(state, due != nil)...)
	}
	resp.Diagnostics.Append(framework.SetPlan(ctx, &resp.Plan, plan)...)
}

func (r *urlResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.signNow(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// signNow signs, and warns about what cannot last.
func (r *urlResource) signNow(ctx context.Context, model *resourceModel) diag.Diagnostics {
	signed, diags := model.sign(ctx, r.Data.Clients, s3presign.Window(r.Data.Clients.Now(), 0))
	if diags.HasError() {
		return diags
	}
	diags.Append(model.setEffectiveEnd()...)
	diags.Append(model.warnings(signed)...)
	return diags
}

// Read makes no call, because only the state contains the URL. It notes whether the URL is due for renewal and changes
// nothing else: refreshing a URL that can stay is not drift.
func (r *urlResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	due, diags := state.due(r.Data.Clients.Now())
	resp.Diagnostics.Append(diags...)
	var note []byte // nil removes the key
	if due {
		note = []byte("true")
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, dueKey, note)...)
}

// Update stores arguments that affect only the renewal, and renews the URL if it is due with them. All other changes
// replace the URL.
func (r *urlResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var model, state resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	model.keep(state)
	resp.Diagnostics.Append(model.setEffectiveEnd()...)
	due, diags := model.due(r.Data.Clients.Now())
	resp.Diagnostics.Append(diags...)
	if due {
		resp.Diagnostics.Append(r.signNow(ctx, &model)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, dueKey, nil)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// Delete makes no call, because S3 does not know which URLs were signed.
func (r *urlResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
