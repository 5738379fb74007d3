//go:build faults

package faults_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// moments are those at which the provider is killed: before AWS has a call, and when AWS has carried it out.
var moments = map[string]bool{"before": true, "after": false}

// importCommand is what an error says about an object that a killed provider left behind.
var importCommand = regexp.MustCompile(`terraform import ADDRESS (\S+)`)

// The provider is killed at each call of an apply. The next apply goes through, or says on the resource which object
// there is and how to import it, and with that the one after goes through. It never takes an object over in silence.
func TestAccKillApply(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t).RequireLocal(t)
	kills, imports := new(atomic.Int64), new(atomic.Int64)
	t.Cleanup(func() {
		t.Logf("counted: kills in an apply: %d, %d of them left an object to import", kills.Load(), imports.Load())
	})
	for _, call := range recorded(t).apply {
		for moment, before := range moments {
			t.Run(call.Action+"/"+moment, func(t *testing.T) {
				t.Parallel()
				a := acctest.NewAWS(t)
				name := acctest.RandomName("acc-kill-")
				cli := acctest.NewCLI(t, delivery(a, name))
				t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve", "-no-color") })
				killAt(t, a, cli, call.Action, before, "apply")
				kills.Add(1)
				if address := leftBehind(a, call.Action, before); address != "" {
					importAsTold(t, cli, address, name)
					imports.Add(1)
				}
				cli.Run(t, "apply", "-auto-approve", "-no-color")
				if changes := problemsOf(t, cli, "plan"); len(changes) > 0 {
					t.Errorf("not converged: %v", changes)
				}
			})
		}
	}
}

// killAt runs a command whose provider is killed at a call.
func killAt(t *testing.T, a *acctest.AWS, cli *acctest.CLI, action string, before bool, command string) {
	t.Helper()
	struck := new(atomic.Bool)
	kill := cli.Killable(t)
	a.Fail(action, acctest.Fault{Before: before, Wire: acctest.Hang, Times: 1, Strike: func() {
		struck.Store(true)
		kill()
	}})
	out, err := cli.Command(t, command, "-auto-approve", "-no-color").CombinedOutput()
	a.ClearFaults()
	if err == nil || !struck.Load() {
		t.Fatalf("the provider was not killed at %s (error %v):\n%s", action, err, out)
	}
}

// leftBehind is the address of what a killed apply was making, of which the state knows nothing; "" when it had made
// nothing yet. What was finished before is in the state.
func leftBehind(a *acctest.AWS, killedAt string, before bool) string {
	actions := a.Actions()
	made := func(action string) bool {
		return slices.ContainsFunc(actions, func(done string) bool { return strings.HasSuffix(done, action) }) && (killedAt != action || !before)
	}
	switch {
	case made("CreateRole"):
		return roleAddress
	case made("CreateBucket") && !slices.Contains(actions, "iam.CreateRole"):
		return bucketAddress
	}
	return ""
}

// importAsTold applies, and follows what the error on the object says.
func importAsTold(t *testing.T, cli *acctest.CLI, address, name string) {
	t.Helper()
	problems := problemsOf(t, cli, "apply", "-auto-approve")
	problem, ok := problems[address]
	if !ok || len(problems) != 1 || !strings.Contains(problem, fmt.Sprintf("%q already exists", name)) {
		t.Fatalf("want one error on %s that says what exists, got %v", address, problems)
	}
	found := importCommand.FindStringSubmatch(problem)
	if found == nil {
		t.Fatalf("no import command in %s", problem)
	}
	cli.Run(t, "import", "-no-color", address, found[1])
}

// The provider is killed at each call of an apply that changes everything. The next apply finishes it.
func TestAccKillUpdate(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	kills := new(atomic.Int64)
	t.Cleanup(func() { t.Logf("counted: kills in an update: %d", kills.Load()) })
	for _, call := range recorded(t).update {
		t.Run(call.Action, func(t *testing.T) {
			t.Parallel()
			a, name := acctest.NewAWS(t), acctest.RandomName("acc-kill-")
			cli := acctest.NewCLI(t, delivery(a, name))
			t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve", "-no-color") })
			cli.Run(t, "apply", "-auto-approve", "-no-color")
			writeMain(t, cli, changed(a, name))
			// What is killed before the call is made again, and killed after it.
			for _, moment := range []string{"before", "after"} {
				cli.Settle(t)
				killAt(t, a, cli, call.Action, moments[moment], "apply")
				kills.Add(1)
			}
			cli.Run(t, "apply", "-auto-approve", "-no-color")
			cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
		})
	}
}

// The provider is killed at each call of a destroy, the reads before it included. The next destroy goes on from there.
func TestAccKillDestroy(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	found := recorded(t)
	cli := acctest.NewCLI(t, delivery(a, acctest.RandomName("acc-kill-")))
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	cli.Settle(t)
	kills := 0
	for _, call := range slices.Concat(found.read, found.destroy) {
		for _, moment := range []string{"before", "after"} {
			killAt(t, a, cli, call.Action, moments[moment], "destroy")
			kills++
		}
	}
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
	if left := cli.Run(t, "state", "list"); strings.Contains(left, "voicebase_") {
		t.Errorf("left in the state: %s", left)
	}
	t.Logf("counted: kills in a destroy: %d", kills)
}
