package presignedurl_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// pause lets time pass between a plan and its apply.
type pause struct{ until func() }

func (p pause) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	p.until()
}

// TestAccURLResource_appliedLate applies a plan after the URL has become due: by the old renew_before, and by the new.
func TestAccURLResource_appliedLate(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	var c clock
	due := start.Add(86_400*time.Second - 56_700*time.Second)
	url := tfjsonpath.New("url")
	changed, same := statecheck.CompareValue(compare.ValuesDiffer()), statecheck.CompareValue(compare.ValuesSame())
	late := func(planned, applied time.Time, arguments string, checks ...statecheck.StateCheck) resource.TestStep {
		return resource.TestStep{
			PreConfig: c.set(planned), Config: a.Provider() + kept(analytics+"\n"+arguments), ConfigStateChecks: checks,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(keptAddress, plancheck.ResourceActionUpdate), pause{c.set(applied)},
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesAt(c.now),
		Steps: []resource.TestStep{
			{PreConfig: c.set(start), Config: a.Provider() + kept(analytics), ConfigStateChecks: []statecheck.StateCheck{
				same.AddStateValue(keptAddress, url),
			}},
			// By what it was, the URL is due when the plan is applied, and by what it will be it is not.
			late(due.Add(-time.Second), due, `renew_before = "8h"`, same.AddStateValue(keptAddress, url), changed.AddStateValue(keptAddress, url)),
			late(start.Add(16*time.Hour-time.Second), start.Add(16*time.Hour), `renew_before = "1h"`,
				same.AddStateValue(keptAddress, url)),
			late(start.Add(17*time.Hour), start.Add(20*time.Hour), `renew_before = "5h"`, changed.AddStateValue(keptAddress, url),
				expectKept("signed_at", "2026-01-02T23:00:00Z")),
		},
	})
}

// TestAccURLResource_refreshOnly shows that the refresh of a URL which can stay leaves the state to the byte: a time in
// it would make each refresh a change to be applied.
func TestAccURLResource_refreshOnly(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	cli := acctest.NewCLI(t, a.Provider()+kept(analytics))
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	state := func() string {
		content, err := os.ReadFile(filepath.Join(cli.Dir, "terraform.tfstate"))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	before := state()
	cli.Run(t, "apply", "-refresh-only", "-auto-approve", "-no-color")
	if state() != before {
		t.Error("a refresh has changed the state")
	}
}

// TestAccURLResource_lateRenewal gives what the renewal goes by a value that only the apply knows, while the URL is
// due by the value.
func TestAccURLResource_lateRenewal(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for argument, test := range map[string]struct {
		provider, first, second string
		due                     time.Duration
	}{
		"renew_before":         {a.Provider(), "1h", "20h", 5 * time.Hour},
		"credentials_lifetime": {withToken(a), "12h", "1h", time.Hour},
	} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			var c clock
			config := func(value string) string {
				return test.provider + fmt.Sprintf("resource \"terraform_data\" \"known\" {\n  input = %q\n}\n", value) +
					kept(analytics+"\n"+argument+" = terraform_data.known.output")
			}
			step := func(at time.Time, value string, want plancheck.ResourceActionType) resource.TestStep {
				return resource.TestStep{PreConfig: c.set(at), Config: config(value), ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(keptAddress, want)},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				}}
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactoriesAt(c.now),
				Steps: []resource.TestStep{
					step(start, test.first, plancheck.ResourceActionCreate),
					step(start.Add(test.due), test.second, plancheck.ResourceActionReplace),
					step(start.Add(test.due), test.second, plancheck.ResourceActionNoop),
				},
			})
		})
	}
}

// TestAccURLResource_ignoreChanges lets neither the clock nor the provider block move a URL that is to be left alone.
func TestAccURLResource_ignoreChanges(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for name, arguments := range map[string]string{"type": analytics, "content type": `content_type = "text/csv"`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var c clock
			ignored := "\nlifecycle {\nignore_changes = all\n}"
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactoriesAt(c.now),
				Steps: []resource.TestStep{
					{PreConfig: c.set(start), Config: a.Provider() + kept(arguments+ignored)},
					{
						PreConfig: c.set(start.AddDate(1, 0, 0)),
						Config:    a.ProviderWithout("region", `region = "eu-west-1"`) + kept("type = \"media\"\nrenew_before = \"1h\"\nexpires_in = 7200"+ignored),
						PlanOnly:  true,
					},
					{Config: a.Provider() + kept(arguments), ConfigPlanChecks: action(plancheck.ResourceActionReplace)},
				},
			})
		})
	}
}
