package provider_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// delivery is what a customer writes: a bucket, a role and a pre-signed URL, all else by default.
func delivery(aws *acctest.AWS, name string) string {
	return aws.Provider(`default_tags { tags = { Team = "calls" } }`) + fmt.Sprintf(`
resource "voicebase_delivery_bucket" "results" {
  bucket = %[1]q
}

resource "voicebase_delivery_role" "voicebase" {
  name         = %[1]q
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
}

data "voicebase_presigned_callback_url" "analytics" {
  bucket = voicebase_delivery_bucket.results.id
  key    = "voicebase/analytics.json"
  type   = "analytics"
}

output "url" {
  value     = data.voicebase_presigned_callback_url.analytics.url
  sensitive = true
}
`, name)
}

// TestAccDelivery_calls holds the budgets: what one delivery may cost in API calls, tags included.
func TestAccDelivery_calls(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	cli := acctest.NewCLI(t, delivery(aws, acctest.RandomName("acc-delivery-")))

	cli.Run(t, "apply", "-auto-approve", "-no-color")
	atMost(t, aws, "apply", 9)

	aws.ResetCalls()
	// A plan takes as long as two calls in a row, however many there are.
	bucket, role := aws.Together("s3", 7), aws.Together("iam", 2)
	plan := cli.Run(t, "plan", "-no-color", "-detailed-exitcode")
	if !strings.Contains(plan, "No changes.") {
		t.Errorf("the second plan is not empty:\n%s", plan)
	}
	atMost(t, aws, "plan", 9)
	bucket(t)
	role(t)

	aws.ResetCalls()
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
	atMost(t, aws, "destroy", 12)
}

func atMost(t *testing.T, aws *acctest.AWS, command string, budget int) {
	t.Helper()
	actions := aws.Actions()
	if len(actions) == 0 || len(actions) > budget {
		t.Errorf("%s made %d calls, want 1 to %d:\n%s", command, len(actions), budget, strings.Join(actions, "\n"))
	}
}

// TestAccDelivery_interrupt stops an apply with Ctrl-C while the answer to the bucket's creation is under way; the
// next apply completes it.
func TestAccDelivery_interrupt(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	name := acctest.RandomName("acc-interrupt-")
	cli := acctest.NewCLI(t, delivery(aws, name))

	aws.HoldAnswers(300 * time.Millisecond)
	apply := cli.Command(t, "apply", "-auto-approve", "-no-color")
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}
	if !aws.WaitFor("s3.CreateBucket") {
		t.Error("s3.CreateBucket was never called")
	}
	if err := apply.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = apply.Wait() // The interrupted command may end either way: what counts is what it leaves.
	aws.HoldAnswers(0)

	if state := cli.Run(t, "state", "list"); !strings.Contains(state, "voicebase_delivery_bucket.results") {
		t.Fatalf("the interrupted apply lost its bucket, the state lists:\n%s", state)
	}
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	cli.Run(t, "plan", "-no-color", "-detailed-exitcode")
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

// TestAccDelivery_secrets looks for the secrets in everything that a run prints and logs at the most talkative
// level.
func TestAccDelivery_secrets(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	cli := acctest.NewCLI(t, delivery(aws, acctest.RandomName("acc-secrets-")))
	logFile := filepath.Join(t.TempDir(), "trace.log")
	cli.Setenv("TF_LOG", "TRACE")
	cli.Setenv("TF_LOG_PATH", logFile)

	printed := cli.Run(t, "apply", "-auto-approve", "-no-color")
	printed += cli.Run(t, "plan", "-no-color")
	url := cli.Run(t, "output", "-raw", "url")
	printed += cli.Run(t, "destroy", "-auto-approve", "-no-color")

	log, err := os.ReadFile(logFile)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(log), "voicebase") {
		t.Fatal("the log says nothing of the provider: this test would see no leak")
	}
	_, secretKey := aws.CustomerKeys()
	signature := regexp.MustCompile(`X-Amz-Signature=[0-9a-f]{64}`).FindString(url)
	if signature == "" {
		t.Fatalf("no signature in the URL, got %d characters", len(url))
	}
	for what, secret := range map[string]string{"the secret key": secretKey, "the URL's signature": signature} {
		for where, text := range map[string]string{"the output": printed, "the log": string(log)} {
			if i := strings.Index(text, secret); i >= 0 {
				t.Errorf("%s is in %s: …%s", what, where, text[max(0, i-200):i])
			}
		}
	}
}

// TestAccDelivery_typo checks what a user sees of a mistyped argument: the error comes with the plan, points at
// the line, and costs no call.
func TestAccDelivery_typo(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	configuration := strings.Replace(delivery(aws, acctest.RandomName("acc-typo-")), `"voicebase/"`, `"voicebase"`, 1)
	cli := acctest.NewCLI(t, configuration)
	out, err := cli.Command(t, "plan", "-no-color", "-json").CombinedOutput()
	if err == nil {
		t.Fatalf("the plan went through:\n%s", out)
	}
	var found bool
	for _, line := range strings.Split(string(out), "\n") {
		var event struct {
			Diagnostic struct {
				Severity, Address string
				Range             struct{ Start struct{ Line int } }
			}
		}
		if json.Unmarshal([]byte(line), &event) == nil && event.Diagnostic.Severity == "error" {
			found = found || event.Diagnostic.Address == "voicebase_delivery_role.voicebase" && event.Diagnostic.Range.Start.Line > 0
		}
	}
	if !found {
		t.Errorf("no error points at the role's key_prefixes:\n%s", out)
	}
	if actions := aws.Actions(); len(actions) > 0 {
		t.Errorf("a plan that cannot work made calls: %v", actions)
	}
}
