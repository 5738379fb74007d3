//go:build faults

package faults_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const (
	bucketAddress = "voicebase_delivery_bucket.results"
	roleAddress   = "voicebase_delivery_role.voicebase"
)

// delivery is a configuration with a bucket and the role that writes to it. settings are further arguments of the
// provider block.
func delivery(a *acctest.AWS, name string, settings ...string) string {
	return a.Provider(settings...) + resources(name)
}

// resources are delivery's, with further arguments of both.
func resources(name string, arguments ...string) string {
	return fmt.Sprintf(`
resource "voicebase_delivery_bucket" "results" {
  bucket = %[1]q
  tags   = { Team = "speech" }
  %[2]s
}

resource "voicebase_delivery_role" "voicebase" {
  name       = %[1]q
  bucket_arn = voicebase_delivery_bucket.results.arn
  tags       = { Team = "speech" }
  %[2]s
}
`, name, strings.Join(arguments, "\n  "))
}

// calls are the calls of AWS that the commands of a delivery make, in the order in which they begin.
type calls struct {
	apply, read, destroy []acctest.Call
}

// recorded makes and destroys a delivery, so that a new call is covered by itself.
func recorded(t *testing.T, a *acctest.AWS) calls {
	t.Helper()
	cli := acctest.NewCLI(t, delivery(a, acctest.RandomName("acc-calls-")))
	take := func(args ...string) []acctest.Call {
		a.ResetCalls()
		cli.Run(t, append(args, "-no-color")...)
		return a.Calls()
	}
	var found calls
	found.apply = take("apply", "-auto-approve")
	found.read = take("plan")
	// A destroy reads first.
	found.destroy = slices.DeleteFunc(take("destroy", "-auto-approve"), func(call acctest.Call) bool {
		return slices.ContainsFunc(found.read, func(read acctest.Call) bool { return read.Action == call.Action })
	})
	if len(found.apply) == 0 || len(found.read) == 0 || len(found.destroy) == 0 {
		t.Fatalf("no calls were recorded: %+v", found)
	}
	return found
}

// addressOf is the object that a call is about.
func addressOf(call acctest.Call) string {
	if call.Service == "iam" {
		return roleAddress
	}
	return bucketAddress
}
