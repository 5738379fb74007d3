// Package framework holds small additions to terraform-plugin-framework: what every adapter needs and the framework
// lacks.
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

// ProviderData is what the provider block passes to every object.
type ProviderData struct {
	// Clients creates AWS clients on first use; nothing before that uses the network.
	Clients *awsclient.Clients
	// Tags is the provider block's default_tags and ignore_tags.
	Tags tags.Config
	// VoiceBaseARN and ExternalID are the defaults for objects that don't set their own. They are null if not set, and
	// unknown while the provider block is not fully known.
	VoiceBaseARN types.String
	ExternalID   types.String
}

// Resource is embedded by each resource and receives the provider's data. Data is nil until the provider is configured,
// which is how the framework validates a configuration.
type Resource struct{ Data *ProviderData }

// Configure implements resource.ResourceWithConfigure.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.Data = providerData(req.ProviderData, &resp.Diagnostics)
}

// DataSource is embedded by each data source, like Resource.
type DataSource struct{ Data *ProviderData }

// Configure implements datasource.DataSourceWithConfigure.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Data = providerData(req.ProviderData, &resp.Diagnostics)
}

// EphemeralResource is embedded by each ephemeral resource, like Resource.
type EphemeralResource struct{ Data *ProviderData }

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (e *EphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.Data = providerData(req.ProviderData, &resp.Diagnostics)
}

// Action is embedded by each action, like Resource.
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
