// Package framework holds our small additions to terraform-plugin-framework: what every adapter needs and
// the framework does not give.
package framework

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsapi"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

// ProviderData is what the provider block gives to every object.
type ProviderData struct {
	// Clients makes AWS clients at first use; nothing before that touches the network.
	Clients *awsapi.Clients
	// Tags is the provider block's default_tags and ignore_tags.
	Tags tags.Config
	// VoiceBaseARN and ExternalID are the defaults for objects that do not set their own; null when unset,
	// unknown while the provider block itself is not fully known.
	VoiceBaseARN types.String
	ExternalID   types.String
}

// Configured casts the provider's data. It returns nil without an error before the provider is configured,
// which is how the framework validates a configuration.
func Configured(providerData any) (*ProviderData, diag.Diagnostics) {
	var diags diag.Diagnostics
	if providerData == nil {
		return nil, diags
	}
	data, ok := providerData.(*ProviderData)
	if !ok {
		diags.AddError("Unexpected provider data",
			fmt.Sprintf("Expected %T, got %T. Please report this to the developers of the provider.", data, providerData))
	}
	return data, diags
}
