package callback

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// ConfigurationDataSourceType is the data source's type without the provider's name.
const ConfigurationDataSourceType = "callback_configuration"

var (
	_ datasource.DataSourceWithConfigure      = (*configurationDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*configurationDataSource)(nil)
)

// NewConfigurationDataSource returns voicebase_callback_configuration.
func NewConfigurationDataSource() datasource.DataSource { return &configurationDataSource{} }

type configurationDataSource struct {
	framework.DataSource
}

func (d *configurationDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + ConfigurationDataSourceType
}

func (d *configurationDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = configurationSchema()
}

// ValidateConfig reports the errors in what is known. Read reports warnings, and applies the rules that need the clock,
// which is not available here. It follows in the same plan, or later if a value is missing.
func (d *configurationDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var model configurationModel
	resp.Diagnostics.Append(framework.Decode(ctx, req.Config.Schema, req.Config.Raw, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	c, diags := model.read()
	resp.Diagnostics.Append(diags...)
	if diags.HasError() {
		return
	}
	resp.Diagnostics.Append(c.diagnostics(time.Time{}).Errors()...)
}

func (d *configurationDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model configurationModel
	resp.Diagnostics.Append(framework.Decode(ctx, req.Config.Schema, req.Config.Raw, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	c, diags := model.read()
	resp.Diagnostics.Append(diags...)
	if diags.HasError() {
		return
	}
	resp.Diagnostics.Append(c.diagnostics(d.Data.Clients.Now())...)
	if resp.Diagnostics.HasError() {
		return
	}
	model.setResult(c)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, model)...)
}

// diagnostics puts each problem on its attribute.
func (c configuration) diagnostics(now time.Time) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, problem := range voicebase.Validate(c.all(), now) {
		if problem.Severity == voicebase.Warning {
			diags.AddAttributeWarning(c.path(problem), problem.Title(), problem.Text())
		} else {
			diags.AddAttributeError(c.path(problem), problem.Title(), problem.Text())
		}
	}
	return diags
}
