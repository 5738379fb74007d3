package assumerole_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// The identity is there after create, update and read, and imports the role.
func TestAccRoleIdentity_latest(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-role-")
	identity := statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"name": knownvalue.StringExact(name)})
	byIdentity := func(given string) string {
		other := strings.Replace(named(name+"-other"), `"test"`, `"other"`, 1)
		return a.Provider() + named(name) + other + "import {\n  to = voicebase_delivery_role.other\n  identity = { name = \"" + given + "\" }\n}\n"
	}
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: a.Provider() + named(name), ConfigStateChecks: []statecheck.StateCheck{identity}},
			{Config: a.Provider() + named(name, `description = "new"`), ConfigStateChecks: []statecheck.StateCheck{identity}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			{Config: byIdentity("no:colons"), ExpectError: regexp.MustCompile(`give the name of the role`)},
			{Config: byIdentity(""), ExpectError: regexp.MustCompile(`give the name of the role`)},
		},
	})
}

// A state of before there were identities, whose role is gone, plans a role, and no error of the framework.
func TestAccRoleGone_oldState(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	cli := acctest.NewCLI(t, a.Provider()+named(name))
	cli.Run(t, "apply", "-auto-approve")
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve") })
	acctest.AgeState(t, filepath.Join(cli.Dir, "terraform.tfstate"), "exclusive_policies", "other_policies")
	cli.Run(t, "plan", "-detailed-exitcode")
	cli.Settle(t)
	if err := iamrole.Delete(t.Context(), a.IAM(), name, false); err != nil {
		t.Fatal(err)
	}
	planned := cli.Plan(t)
	if change := planned.Resources[address]; len(planned.Errors) > 0 || change == nil || !change.Actions.Create() {
		t.Errorf("errors %v, change %+v", planned.Errors, change)
	}
	cli.Run(t, "apply", planned.Path)
}
