package assumerole_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

type terraformState = terraform.State

type unexpectedCalls struct{ got, want []string }

func (u *unexpectedCalls) Error() string { return fmt.Sprintf("calls %v, want %v", u.got, u.want) }

func expectCalls(t *testing.T, aws *acctest.AWS, want ...string) {
	t.Helper()
	got := aws.Actions()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Error(&unexpectedCalls{got: got, want: want})
	}
	aws.ResetCalls()
}

// The calls of each command, counted: a plan of a large configuration is as slow as its reads are many.
func TestAccRoleCalls(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	provider := aws.Provider("skip_credentials_validation = true", "skip_requesting_account_id = true")
	name := acctest.RandomName("acc-role-")
	cli := acctest.NewCLI(t, provider+named(name, `description = var.description`, `tags = { team = "speech" }`)+"variable \"description\" {\n  default = \"old\"\n}\n")

	cli.Run(t, "apply", "-auto-approve")
	expectCalls(t, aws, "iam.CreateRole", "iam.PutRolePolicy")

	cli.Run(t, "plan", "-detailed-exitcode")
	expectCalls(t, aws, "iam.GetRole", "iam.GetRolePolicy")

	if _, errs := aws.Server(t, nil).Read(t, "voicebase_delivery_role", map[string]any{"name": name}); errs != "" {
		t.Error(errs)
	}
	expectCalls(t, aws, "iam.GetRole", "iam.GetRolePolicy")

	cli.Run(t, "apply", "-auto-approve", "-var", "description=new")
	expectCalls(t, aws, "iam.GetRole", "iam.GetRolePolicy", "iam.UpdateRole")

	cli.Run(t, "destroy", "-auto-approve", "-refresh=false")
	expectCalls(t, aws, "iam.DeleteRolePolicy", "iam.DeleteRole")
}

// Both reads go out side by side.
func TestAccRoleReadsSideBySide(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	config := aws.Provider() + named(name)
	var together func(*testing.T)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig:    func() { together = aws.Together("iam", 2) },
				RefreshState: true,
			},
		},
	})
	together(t)
}
