package presignedurl_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const keptAddress = "voicebase_presigned_callback_url.test"

// kept is the resource; without further arguments it is due 8 h 15 min after it was signed.
func kept(arguments string) string {
	return fmt.Sprintf(`
resource "voicebase_presigned_callback_url" "test" {
  bucket = "acme-voicebase-results"
  key    = "calls/1.json"
%s
}
`, arguments)
}

const analytics = `type = "analytics"`

func action(want plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(keptAddress, want)}}
}

func expectKept(attribute, value string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(keptAddress, tfjsonpath.New(attribute), knownvalue.StringExact(value))
}

// TestAccURLResource_renewal moves the clock to both sides of the renewal.
func TestAccURLResource_renewal(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	var c clock
	due := start.Add(86_400*time.Second - 56_700*time.Second)
	renewed := statecheck.CompareValue(compare.ValuesDiffer())
	url := tfjsonpath.New("url")
	others := withToken(a)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesAt(c.now),
		Steps: []resource.TestStep{
			{PreConfig: c.set(start), Config: a.Provider() + kept(analytics), ConfigPlanChecks: action(plancheck.ResourceActionCreate), ConfigStateChecks: []statecheck.StateCheck{
				renewed.AddStateValue(keptAddress, url), statecheck.ExpectSensitiveValue(keptAddress, url),
				expectKept("signed_at", "2026-01-02T03:00:00Z"), expectKept("effective_expires_at", "2026-01-03T03:00:00Z"), expectKept("content_type", "application/json"),
			}},
			{PreConfig: c.set(due.Add(-time.Second)), Config: a.Provider() + kept(analytics), ConfigPlanChecks: action(plancheck.ResourceActionNoop)},
			{Config: others + kept(analytics), ConfigPlanChecks: action(plancheck.ResourceActionNoop)},
			{PreConfig: c.set(due), Config: a.Provider() + kept(analytics), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(keptAddress, plancheck.ResourceActionReplace),
				plancheck.ExpectUnknownValue(keptAddress, url),
			}}, ConfigStateChecks: []statecheck.StateCheck{
				renewed.AddStateValue(keptAddress, url), expectKept("signed_at", "2026-01-02T11:15:00Z"),
			}},
			{Config: a.Provider() + kept(analytics), ConfigPlanChecks: action(plancheck.ResourceActionNoop)},
			{PreConfig: c.set(start.AddDate(1, 0, 0)), Config: a.Provider() + kept(analytics), ConfigPlanChecks: action(plancheck.ResourceActionReplace)},
		},
	})
	assertOnlyCalls(t, a)
}

// TestAccURLResource_changes changes each argument. The test framework itself plans again after each step.
func TestAccURLResource_changes(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	c := clock{at: start}
	const update, noop, replace = plancheck.ResourceActionUpdate, plancheck.ResourceActionNoop, plancheck.ResourceActionReplace
	step := func(arguments string, want plancheck.ResourceActionType, checks ...statecheck.StateCheck) resource.TestStep {
		return resource.TestStep{Config: a.Provider() + kept(arguments), ConfigPlanChecks: action(want), ConfigStateChecks: checks}
	}
	url := tfjsonpath.New("url")
	same := statecheck.CompareValue(compare.ValuesSame())
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesAt(c.now),
		Steps: []resource.TestStep{
			step(analytics, plancheck.ResourceActionCreate, same.AddStateValue(keptAddress, url)),
			step(analytics+"\nexpires_in = 86400\ncontent_type_query = true\nregion = \"us-east-1\"", noop),
			step(analytics+"\nrenew_before = \"1h\"", update, same.AddStateValue(keptAddress, url)),
			step(analytics+"\nrenew_before = \"1h\"\ncredentials_lifetime = \"2h\"", update, same.AddStateValue(keptAddress, url)),
			step(analytics, update, same.AddStateValue(keptAddress, url)),
			step(analytics+"\nexpires_in = 604800", replace, expectKept("expires_at", "2026-01-09T03:00:00Z")),
			step(analytics, replace, expectKept("expires_at", "2026-01-03T03:00:00Z")),
			step(analytics+"\ncontent_type_query = false", replace),
			step("type = \"transcript\"\nformat = \"webvtt\"", replace, expectKept("content_type", "text/vtt")),
			step("type = \"transcript\"\nformat = \"srt\"", replace, expectKept("content_type", "text/srt")),
			step("content_type = \"text/srt\"", replace, expectKept("content_type", "text/srt")),
			step("content_type = \"text/csv\"", replace, expectKept("content_type", "text/csv")),
			step(analytics, replace, expectKept("content_type", "application/json")),
			step(analytics+"\nregion = \"eu-west-1\"", replace, expectKept("region", "eu-west-1")),
			step(analytics, replace, expectKept("region", "us-east-1")),
			{Config: a.ProviderWithout("region", `region = "eu-west-1"`) + kept(analytics), ConfigPlanChecks: action(replace), ConfigStateChecks: []statecheck.StateCheck{expectKept("region", "eu-west-1")}},
		},
	})
}

// TestAccURLResource_unknownEnd signs with a session token of unknown age, which counts for an hour.
func TestAccURLResource_unknownEnd(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	c := clock{at: start}
	provider := withToken(a)
	same := statecheck.CompareValue(compare.ValuesSame())
	url := tfjsonpath.New("url")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesAt(c.now),
		Steps: []resource.TestStep{
			{Config: provider + kept(analytics), ConfigStateChecks: []statecheck.StateCheck{
				same.AddStateValue(keptAddress, url),
				expectKept("expires_at", "2026-01-03T03:00:00Z"), expectKept("effective_expires_at", "2026-01-02T04:00:00Z"),
				statecheck.ExpectKnownValue(keptAddress, tfjsonpath.New("credentials_expire_at"), knownvalue.Null()),
			}},
			{PreConfig: c.set(start.Add(15*time.Minute - time.Second)), Config: provider + kept(analytics), ConfigPlanChecks: action(plancheck.ResourceActionNoop)},
			{Config: provider + kept(analytics+"\ncredentials_lifetime = \"12h\""), ConfigPlanChecks: action(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{
				same.AddStateValue(keptAddress, url), expectKept("effective_expires_at", "2026-01-02T15:00:00Z"),
			}},
			{PreConfig: c.set(start.Add(15 * time.Minute)), Config: provider + kept(analytics+"\ncredentials_lifetime = \"12h\""), ConfigPlanChecks: action(plancheck.ResourceActionNoop)},
			// The change itself makes the URL due, and renews it.
			{Config: provider + kept(analytics), ConfigPlanChecks: action(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{
				expectKept("signed_at", "2026-01-02T03:15:00Z"), expectKept("effective_expires_at", "2026-01-02T04:15:00Z"),
			}},
		},
	})
}

// TestAccURLResource_warnings shows the assumption about a session token at apply, not at plan: a plan does
// not look at credentials.
func TestAccURLResource_warnings(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	cli := acctest.NewCLI(t, withToken(a)+kept(analytics+"\nrenew_before = \"2h\""))
	plan, apply := cli.Run(t, "plan", "-no-color"), cli.Run(t, "apply", "-auto-approve", "-no-color")
	for _, summary := range []string{"Assumed expiry of the credentials", "Callback URL is due for renewal from the start"} {
		if strings.Contains(plan, summary) || !strings.Contains(apply, summary) {
			t.Errorf("%q is in the plan: %t, in the apply: %t", summary, strings.Contains(plan, summary), strings.Contains(apply, summary))
		}
	}
	if strings.Contains(plan+apply, "X-Amz-") || strings.Contains(plan+apply, "made-up-token") {
		t.Error("the URL or the token is in the output")
	}
}

func TestAccURLResource_delivery(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	bucket := a.Bucket(t, "us-east-1")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: a.Provider() + strings.Replace(kept(analytics), "acme-voicebase-results", bucket, 1),
			Check: resource.TestCheckResourceAttrWith(keptAddress, "url", func(url string) error {
				for client, send := range puts(t, a) {
					if status := send(t, url, "application/json"); status != http.StatusOK {
						t.Errorf("%s: status %d, want 200", client, status)
					}
				}
				return nil
			}),
		}},
	})
}
