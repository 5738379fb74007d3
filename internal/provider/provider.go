package provider

import "github.com/hashicorp/terraform-plugin-framework/provider"

// New returns the provider's constructor.
func New(version string) func() provider.Provider { return nil }
