package main

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// receivedEnv names the file that a received value is written to.
const receivedEnv = "VOICEBASE_ACC_RECEIVED"

// secretVersion is aws_secretsmanager_secret_version.
type secretVersion struct{ kept }

func newSecretVersion() resource.Resource { return secretVersion{} }

func (secretVersion) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "aws_secretsmanager_secret_version"
}

func (secretVersion) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"secret_id":                schema.StringAttribute{Required: true},
		"secret_string_wo":         schema.StringAttribute{Optional: true, Sensitive: true, WriteOnly: true},
		"secret_string_wo_version": schema.Int64Attribute{Optional: true},
		"id":                       computed(),
	}}
}

// Create hands on what it received: a write-only value is in the configuration, and nowhere else.
func (secretVersion) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var value, id types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_string_wo"), &value)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("secret_id"), &id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if file := os.Getenv(receivedEnv); file != "" {
		if err := os.WriteFile(file, []byte(value.ValueString()), 0o600); err != nil {
			resp.Diagnostics.AddError("Not handed on", err.Error())
			return
		}
	}
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id.ValueString()+"|1")...)
}
