package presignedurl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// clock is a clock that a test moves between its steps.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) set(at time.Time) func() { return func() { c.at = at } }

var start = time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)

// TestAccURLDataSource_window reads at both edges of a signing window, and shows that nothing is asked of AWS.
func TestAccURLDataSource_window(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	var c clock
	same, next := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesDiffer())
	url := tfjsonpath.New("url")
	configuration := a.Provider() + dataSource("acme-voicebase-results", "calls/1.json", `type = "analytics"`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesAt(c.now),
		Steps: []resource.TestStep{
			{PreConfig: c.set(start), Config: configuration, ConfigStateChecks: []statecheck.StateCheck{
				same.AddStateValue(address, url), next.AddStateValue(address, url),
				statecheck.ExpectSensitiveValue(address, url),
				expect("method", "PUT"), expect("content_type", "application/json"), expect("region", "us-east-1"),
				expect("signed_at", "2026-01-02T03:00:00Z"), expect("expires_at", "2026-01-03T03:00:00Z"), expect("effective_expires_at", "2026-01-03T03:00:00Z"),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("credentials_expire_at"), knownvalue.Null()),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("headers"), knownvalue.MapExact(map[string]knownvalue.Check{"Content-Type": knownvalue.StringExact("application/json")})),
			}},
			{PreConfig: c.set(start.Add(time.Hour - time.Second)), Config: configuration, ConfigStateChecks: []statecheck.StateCheck{same.AddStateValue(address, url)}},
			{PreConfig: c.set(start.Add(time.Hour)), Config: configuration, ConfigStateChecks: []statecheck.StateCheck{
				next.AddStateValue(address, url), expect("signed_at", "2026-01-02T04:00:00Z"),
			}},
		},
	})
	assertOnlyCalls(t, a)
}

func expect(attribute, value string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), knownvalue.StringExact(value))
}

// TestAccURLDataSource_warnings shows the warnings to whoever runs the CLI, and the URL to nobody.
func TestAccURLDataSource_warnings(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for name, test := range map[string]struct{ provider, arguments, want string }{
		"short":       {a.Provider(), `expires_in = 600`, "Callback URL expires before VoiceBase's last retry"},
		"expired":     {a.Provider(), `signed_at = "2026-01-02T03:04:05Z"`, "Callback URL has expired"},
		"future":      {a.Provider(), `signed_at = "2126-01-02T03:04:05Z"`, "Callback URL is not valid yet"},
		"unknown end": {withToken(a), "", "Callback URL may expire with its credentials"},
	} {
		t.Run(name, func(t *testing.T) {
			configuration := test.provider + dataSource("acme-voicebase-results", "calls/1.json", "type = \"analytics\"\n"+test.arguments)
			out := acctest.NewCLI(t, configuration).Run(t, "plan", "-no-color")
			if !strings.Contains(out, test.want) || strings.Contains(out, "X-Amz-") || strings.Contains(out, "made-up-token") {
				t.Errorf("want the warning %q and no URL in\n%s", test.want, out)
			}
		})
	}
}
