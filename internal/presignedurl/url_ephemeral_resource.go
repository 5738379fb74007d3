package presignedurl

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// There is no Renew: it could only prolong what Open handed out, and a signed URL cannot be prolonged.
var _ ephemeral.EphemeralResourceWithConfigure = (*urlEphemeralResource)(nil)

// NewEphemeralResource returns the ephemeral resource voicebase_presigned_callback_url.
func NewEphemeralResource() ephemeral.EphemeralResource { return &urlEphemeralResource{} }

type urlEphemeralResource struct{ framework.EphemeralResource }

func (e *urlEphemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + typeName
}

func (e *urlEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A pre-signed URL to which VoiceBase can PUT one result, in no state and no plan file. It is signed offline, with the " +
			"provider's credentials, in the plan and again in the apply: the same URL when both are in one `signing_window` and use the same " +
			"credentials. Needs Terraform 1.10 or OpenTofu 1.11.",
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
