package assumerole_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// Ctrl-C while IAM throttles: no further attempt, at each stage; the message says what to do, and the next apply does
// it.
func TestAccRole_interrupted(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	cli := acctest.NewCLI(t, a.Provider()+named(acctest.RandomName("acc-role-"), "description = var.description")+"variable \"description\" {\n  default = \"old\"\n}\n")
	throttled := acctest.Fault{Status: http.StatusBadRequest, Code: "Throttling", Message: "Rate exceeded", Before: true}
	interrupt := func(call string, args ...string) acctest.Interrupted {
		a.ResetCalls()
		a.Fail(strings.TrimPrefix(call, "iam."), throttled)
		defer a.ClearFaults()
		return cli.Interrupt(t, a, call, append(args, "-auto-approve", "-no-color")...)
	}
	interrupt("iam.CreateRole", "apply").Expect(t, a, "iam.CreateRole",
		"Unable to create delivery role", "interrupted before the next attempt", "Terraform was interrupted. Nothing has been created.", "AWS error code: Throttling")
	interrupt("iam.PutRolePolicy", "apply").Expect(t, a, "iam.PutRolePolicy",
		"Unable to set the permissions of delivery role", "Terraform was interrupted.", "tainted: the next apply replaces it")
	if out := cli.Run(t, "apply", "-auto-approve", "-no-color"); !strings.Contains(out, "1 added, 0 changed, 1 destroyed") {
		t.Errorf("the next apply is not a replacement:\n%s", out)
	}
	interrupt("iam.UpdateRole", "apply", "-var", "description=new", "-refresh=false").Expect(t, a, "iam.UpdateRole",
		"Unable to update delivery role", "Terraform was interrupted.", "The next apply makes the remaining ones.")
	interrupt("iam.DeleteRole", "destroy", "-refresh=false").Expect(t, a, "iam.DeleteRole",
		"Unable to delete delivery role", "Terraform was interrupted.", "The next destroy deletes the rest.")
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}
