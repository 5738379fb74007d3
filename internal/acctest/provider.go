package acctest

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// Factories start providers in the test's own process.
type Factories = map[string]func() (tfprotov6.ProviderServer, error)

// ProviderFactories are the provider, and the echo provider that shows ephemeral values to a test.
func ProviderFactories() Factories { return ProviderFactoriesAt(time.Now) }

// ProviderFactoriesAt are ProviderFactories with another clock.
func ProviderFactoriesAt(now func() time.Time) Factories {
	return Factories{
		"voicebase": providerserver.NewProtocol6WithError(provider.NewWithClock("test", now)()),
		"echo":      echoprovider.NewProviderServer(),
	}
}
