//go:build faults

package faults_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// lag is longer than the CLI takes from an apply to the reads of the next plan.
const lag = 4 * time.Second

// lags are what the local AWS can show late, by the read that shows it.
var lags = map[string]string{
	"GetPublicAccessBlock":            "publicAccessBlock",
	"GetBucketOwnershipControls":      "ownershipControls",
	"GetBucketEncryption":             "encryption",
	"GetBucketVersioning":             "versioning",
	"GetBucketLifecycleConfiguration": "lifecycle",
	"GetBucketPolicy":                 "policy",
	"GetBucketTagging":                "tagging",
	"GetRole":                         "role",
	"GetRolePolicy":                   "rolePolicy",
	"HeadBucket":                      "bucket",
}

// What is written is seen only after some seconds: each of the settings, the bucket, the role, its policy. The plan
// after an apply has nothing to do all the same, a destroy goes through, and the names can be used again at once.
func TestAccDelays(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t).RequireLocal(t)
	for _, read := range recorded(t).read {
		if lags[read.Action] == "" {
			t.Errorf("%s is read, and nothing here delays it: add it to lags", read.Action)
		}
	}
	delays, seen := new(atomic.Int64), new(atomic.Int64)
	t.Cleanup(func() {
		t.Logf("counted: %d kinds of delays, %d of the plans in them asked again", delays.Load(), seen.Load())
	})
	for read, kind := range lags {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.Lag(lag, kind)
			name := acctest.RandomName("acc-delay-")
			cli := acctest.NewCLI(t, delivery(a, name))
			t.Cleanup(func() {
				a.EndLag()
				cli.Run(t, "destroy", "-auto-approve", "-no-color")
			})
			applyAndPlan := func() {
				cli.Run(t, "apply", "-auto-approve", "-no-color")
				a.ResetCalls()
				cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
				if times(a, read) > 1 {
					seen.Add(1)
				}
			}
			applyAndPlan()
			writeMain(t, cli, changed(a, name))
			applyAndPlan()
			cli.Run(t, "destroy", "-auto-approve", "-no-color")
			applyAndPlan()
			delays.Add(1)
		})
	}
}

func times(a *acctest.AWS, action string) int {
	count := 0
	for _, done := range a.Actions() {
		if strings.HasSuffix(done, "."+action) {
			count++
		}
	}
	return count
}
