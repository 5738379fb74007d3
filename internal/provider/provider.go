// Package provider assembles the VoiceBase provider: its configuration block and the list of its objects.
package provider

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/assumerole"
	"github.com/voicebase/terraform-provider-voicebase/internal/bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/callback"
	"github.com/voicebase/terraform-provider-voicebase/internal/check"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/policies"
	"github.com/voicebase/terraform-provider-voicebase/internal/presignedurl"
)

const typeName = "voicebase"

var (
	_ provider.ProviderWithActions            = (*voicebaseProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*voicebaseProvider)(nil)
	_ provider.ProviderWithFunctions          = (*voicebaseProvider)(nil)
	_ provider.ProviderWithListResources      = (*voicebaseProvider)(nil)
	_ provider.ProviderWithValidateConfig     = (*voicebaseProvider)(nil)
)

// New returns the provider. Every rule about time uses its clock, so that a test that needs the next hour need not wait
// for it.
func New(version string, now func() time.Time) provider.Provider {
	return &voicebaseProvider{version: version, now: now}
}

type voicebaseProvider struct {
	version string
	now     func() time.Time
	// data is the result of the last Configure.
	data atomic.Pointer[framework.ProviderData]
}

func (p *voicebaseProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = typeName
	resp.Version = p.version
}

// Configure makes no network call: what needs no AWS must work without credentials, and a plan must not wait for
// credentials that it does not use.
func (p *voicebaseProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	data, diags := config.providerData(ctx, p.version, unknownArguments(req.Config), p.now)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	p.data.Store(data)
	resp.ResourceData = data
	resp.DataSourceData = data
	resp.EphemeralResourceData = data
	resp.ActionData = data
	resp.ListResourceData = data
}

func (p *voicebaseProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		bucket.NewResource,
		assumerole.NewResource,
		presignedurl.NewResource,
	}
}

func (p *voicebaseProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		bucket.NewDataSource,
		assumerole.NewDataSource,
		presignedurl.NewDataSource,
		callback.NewConfigurationDataSource,
		policies.NewDataSource,
		check.NewDataSource,
	}
}

func (p *voicebaseProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		bucket.NewListResource,
		assumerole.NewListResource,
	}
}

func (p *voicebaseProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		presignedurl.NewEphemeralResource,
	}
}

func (p *voicebaseProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		check.NewAction,
	}
}

func (p *voicebaseProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		callback.NewContentTypeFunction,
		callback.NewParsePresignedURLFunction,
		func() function.Function { return callback.NewCallbackConfigurationFunction(p.now) },
	}
}
