//go:build faults

package faults_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// many is a configuration of deliveries with generated names.
func many(a *acctest.AWS, count int) string {
	return a.Provider() + fmt.Sprintf(`
resource "voicebase_delivery_bucket" "results" {
  count = %[1]d
  tags  = { Team = "speech" }
}

resource "voicebase_delivery_role" "voicebase" {
  count      = %[1]d
  bucket_arn = voicebase_delivery_bucket.results[count.index].arn
}
`, count)
}

// A hundred deliveries at once: whatever collides is not the user's business.
func TestAccManyDeliveries(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	const deliveries = 100
	cli := acctest.NewCLI(t, many(a, deliveries))
	out := cli.Run(t, "apply", "-auto-approve", "-no-color", "-parallelism=50")
	if want := fmt.Sprintf("%d added, 0 changed, 0 destroyed", 2*deliveries); !strings.Contains(out, want) {
		t.Errorf("want %s:\n%s", want, out)
	}
	cli.Run(t, "plan", "-detailed-exitcode", "-no-color", "-parallelism=50")
	cli.Run(t, "destroy", "-auto-approve", "-no-color", "-parallelism=50")
	conflicts := 0
	calls := a.Calls()
	for _, call := range calls {
		if call.Status == http.StatusConflict {
			conflicts++
		}
	}
	t.Logf("counted: %d deliveries, %d calls, %d of them answered with 409, none of them seen by the user", deliveries, len(calls), conflicts)
}

// Two applies of separate states at once do not meet, though both make their names up.
func TestAccTwoApplies(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	const deliveries = 20
	configuration := many(a, deliveries)
	both := []*acctest.CLI{acctest.NewCLI(t, configuration), acctest.NewCLI(t, configuration)}
	for _, command := range [][]string{{"apply", "-auto-approve"}, {"plan", "-detailed-exitcode"}, {"destroy", "-auto-approve"}} {
		atOnce(t, both, append(command, "-no-color", "-parallelism=20"))
	}
	t.Logf("counted: %d applies at once, with %d deliveries each", len(both), deliveries)
}

// atOnce runs a command in each of the folders.
func atOnce(t *testing.T, clis []*acctest.CLI, args []string) {
	t.Helper()
	var group sync.WaitGroup
	for _, cli := range clis {
		command := cli.Command(t, args...)
		group.Go(func() {
			if out, err := command.CombinedOutput(); err != nil {
				t.Errorf("%v: %v\n%s", args, err, out)
			}
		})
	}
	group.Wait()
}
