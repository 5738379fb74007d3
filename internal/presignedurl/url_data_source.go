package presignedurl

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*urlDataSource)(nil)

// NewDataSource returns the data source voicebase_presigned_callback_url.
func NewDataSource() datasource.DataSource { return &urlDataSource{} }

type urlDataSource struct{ framework.DataSource }

func (d *urlDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + typeName
}

func (d *urlDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Signs a pre-signed URL to which VoiceBase can PUT one result. Signing uses the provider's credentials and makes no S3 " +
			"call. Reads in the same `signing_window` with the same credentials return the same URL.\n\n" +
			"The URL is a credential and is stored in state. If the consumer accepts ephemeral values, use the ephemeral resource of the same name " +
			"instead. If it needs one value that changes rarely, use the resource of the same name.",
		Attributes: windowAttributes(),
	}
}

func (d *urlDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model windowModel
	resp.Diagnostics.Append(framework.Decode(ctx, req.Config.Schema, req.Config.Raw, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(model.read(ctx, d.Data.Clients)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, model)...)
}
