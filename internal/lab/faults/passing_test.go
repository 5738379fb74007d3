//go:build faults

package faults_test

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// lasting are the faults that no further attempt mends, or that take a minute to be noticed: TestAccLastingFaults.
func lasting(fault acctest.NamedFault) bool {
	return fault.Code == "AccessDenied" || fault.Code == "ExpiredToken" || fault.Wire == acctest.Hang
}

// each pairs a fault of S3 with the same one of IAM, whose codes differ.
func each(keep func(acctest.NamedFault) bool) []map[string]acctest.NamedFault {
	s3, _ := acctest.Faults("s3")
	iam, _ := acctest.Faults("iam")
	var out []map[string]acctest.NamedFault
	for i := range s3 {
		if keep(s3[i]) {
			out = append(out, map[string]acctest.NamedFault{"s3": s3[i], "iam": iam[i]})
		}
	}
	return out
}

// Each call of a delivery fails once, by each fault that passes. No command shows anything of it, and none leaves
// anything to do.
func TestAccPassingFaults(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t).RequireLocal(t)
	found := recorded(t)
	struck := new(atomic.Int64)
	t.Cleanup(func() { t.Logf("counted: faults that pass: %d", struck.Load()) })
	for _, fault := range each(func(f acctest.NamedFault) bool { return !lasting(f) }) {
		t.Run(fault["s3"].Name, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			cli := acctest.NewCLI(t, delivery(a, acctest.RandomName("acc-faults-")))
			failOnce := func(calls []acctest.Call, command ...string) {
				left := new(atomic.Int64)
				for _, call := range calls {
					once := fault[call.Service].Fault
					// The answer to a HEAD has no body, so that nothing tells which 400 or 409 it is.
					if call.Action == "HeadBucket" && (once.Status == http.StatusBadRequest || once.Status == http.StatusConflict) {
						continue
					}
					left.Add(1)
					once.Times, once.Strike = 1, func() {
						left.Add(-1)
						struck.Add(1)
					}
					a.Fail(call.Action, once)
				}
				out := cli.Run(t, append(command, "-no-color")...)
				a.ClearFaults()
				if strings.Contains(strings.ReplaceAll(out, "Warning: Provider development overrides", ""), "Warning:") {
					t.Errorf("a warning: %s", out)
				}
				if left.Load() != 0 {
					t.Errorf("%d calls of %v were not made", left.Load(), command)
				}
			}
			failOnce(found.apply, "apply", "-auto-approve")
			failOnce(found.read, "plan", "-detailed-exitcode")
			failOnce(slices.Concat(found.read, found.destroy), "destroy", "-auto-approve")
		})
	}
}
