// Command schemaonly is the provider with its very schemas, validators and plan modifiers included, and nothing
// behind them: it makes no call, signs nothing and derives nothing, and fills what it would compute. What it needs is
// what the CLI and the framework need for objects of this width and a state of this size. It is served as any provider
// is.
package main

import (
	"context"
	"log"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	voicebase "github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

func main() {
	err := providerserver.Serve(context.Background(),
		func() provider.Provider { return schemaOnly{voicebase.New("bench", time.Now)} },
		providerserver.ServeOpts{Address: "registry.terraform.io/voicebase/voicebase"})
	if err != nil {
		log.Fatal(err)
	}
}

// schemaOnly is a provider with another's schemas.
type schemaOnly struct{ of provider.Provider }

func (p schemaOnly) Metadata(ctx context.Context, req provider.MetadataRequest, resp *provider.MetadataResponse) {
	p.of.Metadata(ctx, req, resp)
}

func (p schemaOnly) Schema(ctx context.Context, req provider.SchemaRequest, resp *provider.SchemaResponse) {
	p.of.Schema(ctx, req, resp)
}

func (schemaOnly) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (p schemaOnly) Resources(ctx context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for _, of := range p.of.Resources(ctx) {
		all = append(all, func() resource.Resource { return schemaResource{of()} })
	}
	return all
}

func (p schemaOnly) DataSources(ctx context.Context) []func() datasource.DataSource {
	var all []func() datasource.DataSource
	for _, of := range p.of.DataSources(ctx) {
		all = append(all, func() datasource.DataSource { return schemaDataSource{of()} })
	}
	return all
}

type schemaResource struct{ of resource.Resource }

func (r schemaResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	r.of.Metadata(ctx, req, resp)
}

func (r schemaResource) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
	r.of.Schema(ctx, req, resp)
}

func (schemaResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var err error
	if resp.State.Raw, err = told(ctx, req.Plan); err != nil {
		resp.Diagnostics.AddError("Unable to create nothing", err.Error())
	}
}
func (schemaResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}
func (schemaResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var err error
	if resp.State.Raw, err = told(ctx, req.Plan); err != nil {
		resp.Diagnostics.AddError("Unable to update nothing", err.Error())
	}
}
func (schemaResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// told is a plan whose unknown values are known.
func told(ctx context.Context, plan tfsdk.Plan) (tftypes.Value, error) {
	return tftypes.Transform(plan.Raw, func(path *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		if value.IsKnown() {
			return value, nil
		}
		as, err := plan.Schema.TypeAtTerraformPath(ctx, path)
		return filled(value.Type(), as), err
	})
}

// filler is so long that the state is as large as the provider's own, which the table shows: the CLI writes all of it
// after each object, so a floor with less to write would be nobody's.
var filler = strings.Repeat("-", 220)

// filled is a value of the type: filler for a string that may hold anything, and nothing for all else, which is short.
func filled(of tftypes.Type, as attr.Type) tftypes.Value {
	if as == types.StringType {
		return tftypes.NewValue(of, filler)
	}
	return tftypes.NewValue(of, nil)
}

type schemaDataSource struct{ of datasource.DataSource }

func (d schemaDataSource) Metadata(ctx context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	d.of.Metadata(ctx, req, resp)
}

func (d schemaDataSource) Schema(ctx context.Context, req datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	d.of.Schema(ctx, req, resp)
}

func (schemaDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var attributes map[string]tftypes.Value
	if err := req.Config.Raw.As(&attributes); err != nil {
		resp.Diagnostics.AddError("Unable to read nothing", err.Error())
		return
	}
	for name, attribute := range req.Config.Schema.GetAttributes() {
		if attribute.IsComputed() && attributes[name].IsNull() {
			attributes[name] = filled(attributes[name].Type(), attribute.GetType())
		}
	}
	resp.State.Raw = tftypes.NewValue(req.Config.Raw.Type(), attributes)
}
