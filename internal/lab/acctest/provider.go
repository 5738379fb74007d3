package acctest

import (
	"time"

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
	newServer := provider.NewServer("test", now)
	return Factories{
		"voicebase": func() (tfprotov6.ProviderServer, error) { return newServer(), nil },
		"echo":      echoprovider.NewProviderServer(),
	}
}
