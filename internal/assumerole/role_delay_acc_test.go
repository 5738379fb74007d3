package assumerole_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// What IAM does not show yet is no drift, and what it does not see gone yet keeps no role.
func TestAccRole_delays(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	config := a.Provider() + named(acctest.RandomName("acc-role-"))
	steps := []resource.TestStep{{Config: config}}
	missing := acctest.Fault{Status: http.StatusNotFound, Code: "NoSuchEntity", Message: "The role cannot be found.", Times: 2, Before: true}
	for _, call := range []string{"GetRole", "GetRolePolicy"} {
		steps = append(steps, resource.TestStep{
			PreConfig:        func() { a.Fail(call, missing) },
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		})
	}
	conflict := acctest.Fault{Status: http.StatusConflict, Code: "DeleteConflict", Message: "Cannot delete entity, must delete policies first.", Times: 3, Before: true}
	steps = append(steps, resource.TestStep{PreConfig: func() { a.Fail("DeleteRole", conflict) }, Config: config, Destroy: true})
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.ProviderFactories(), CheckDestroy: a.CheckDestroyed, Steps: steps})
}

// An IAM that sees each change late, all the way: make, change, replace and destroy, without a false drift.
func TestAccRole_lag(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	a.Lag(800 * time.Millisecond)
	name := acctest.RandomName("acc-role-")
	changed := a.Provider() + named(name, `description = "changed"`, `key_prefixes = ["voicebase/"]`, `tags = { Team = "speech" }`, "max_session_duration = 7200",
		`external_id = "another"`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: a.Provider() + named(name), ConfigPlanChecks: planned(plancheck.ResourceActionCreate)},
			{Config: changed, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
			{Config: changed, Taint: []string{address}, ConfigPlanChecks: planned(plancheck.ResourceActionReplace)},
		},
	})
}
