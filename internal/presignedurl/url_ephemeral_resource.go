package presignedurl

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// There is no Renew: it could only extend what Open returned, and a signed URL cannot be extended.
var _ ephemeral.EphemeralResourceWithConfigure = (*urlEphemeralResource)(nil)

// NewEphemeralResource returns the ephemeral resource voicebase_presigned_callback_url.
func NewEphemeralResource() ephemeral.EphemeralResource { return &urlEphemeralResource{} }

type urlEphemeralResource struct{ framework.EphemeralResource }

func (e *urlEphemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + typeName
}

func (e *urlEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Signs a pre-signed URL to which VoiceBase can PUT one result, without storing it in state or in a plan file. Signing " +
			"uses the provider's credentials and makes no S3 call. Terraform opens the resource in the plan and again in the apply; both return " +
			"the same URL if they fall into the same `signing_window` and use the same credentials. Requires Terraform 1.10 or OpenTofu 1.11.",
		Attributes: framework.EphemeralAttributes(windowAttributes()),
	}
}

func (e *urlEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var model windowModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(model.read(ctx, e.Data.Clients)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, &model)...)
}
