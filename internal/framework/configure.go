// Package framework holds our small additions to terraform-plugin-framework: what every adapter needs and
// the framework does not give.
package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

// ProviderData is what the provider block gives to every object.
type ProviderData struct {
	// Clients makes AWS clients at first use; nothing before that touches the network.
	Clients *awsclient.Clients
	// Tags is the provider block's default_tags and ignore_tags.
	Tags tags.Config
	// VoiceBaseARN and ExternalID are the defaults for objects that do not set their own; null when unset,
	// unknown while the provider block itself is not fully known.
	VoiceBaseARN types.String
	ExternalID   types.String
}

// Resource is what each resource embeds: it takes the provider's data. Data is nil before the provider is
// configured, which is how the framework validates a configuration.
type Resource struct{ Data *ProviderData }

// Configure implements resource.ResourceWithConfigure.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.Data = providerData(req.ProviderData, &resp.Diagnostics)
}

// DataSource is what each data source embeds, as Resource is.
type DataSource struct{ Data *ProviderData }

// Configure implements datasource.DataSourceWithConfigure.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Data = providerData(req.ProviderData, &resp.Diagnostics)
}

// EphemeralResource is what each ephemeral resource embeds, as Resource is.
type EphemeralResource struct{ Data *ProviderData }

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (e *EphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.Data = providerData(req.ProviderData, &resp.Diagnostics)
}

// Action is what each action embeds, as Resource is.
type Action struct{ Data *ProviderData }

// Configure implements action.ActionWithConfigure.
func (a *Action) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.Data = providerData(req.ProviderData, &resp.Diagnostics)
}

func providerData(given any, diags *diag.Diagnostics) *ProviderData {
	if given == nil {
		return nil
	}
	data, ok := given.(*ProviderData)
	if !ok {
		diags.AddError("Unexpected provider data",
			fmt.Sprintf("Expected %T, got %T. Please report this to the developers of the provider.", data, given))
	}
	return data
}
