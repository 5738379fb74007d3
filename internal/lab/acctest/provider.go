package acctest

import (
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// Factories start providers in the test's own process.
type Factories = map[string]func() (tfprotov6.ProviderServer, error)

// ProviderFactories are the provider, and the echo provider that shows ephemeral values to a test.
func ProviderFactories() Factories { return ProviderFactoriesAt(time.Now) }

// apart is more than AWS's two minutes for a change to be seen everywhere.
const apart = 3 * time.Minute

// ProviderFactoriesApart are ProviderFactories for a test that changes things outside of Terraform: each command of
// the CLI comes three minutes after the one before, so that the provider believes what it reads at once.
func ProviderFactoriesApart() Factories {
	var started atomic.Int64
	return Factories{"voicebase": func() (tfprotov6.ProviderServer, error) {
		later := time.Duration(started.Add(1)) * apart
		return newCompared(provider.NewServer("test", func() time.Time { return time.Now().Add(later) })()), nil
	}}
}

// ProviderFactoriesAt are ProviderFactories with another clock.
func ProviderFactoriesAt(now func() time.Time) Factories {
	newServer := provider.NewServer("test", now)
	return Factories{
		"voicebase": func() (tfprotov6.ProviderServer, error) { return newCompared(newServer()), nil },
		"echo":      echoprovider.NewProviderServer(),
	}
}
