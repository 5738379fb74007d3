package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// TestAccTestDelivery_latest triggers and invokes the action with the CLI, and looks for the URL wherever it must not be.
func TestAccTestDelivery_latest(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-action-")
	cli := acctest.NewCLI(t, a.Provider()+`
variable "versioning" { default = true }
resource "voicebase_delivery_bucket" "results" {
  bucket        = "`+name+`"
  versioning    = var.versioning
  force_destroy = true
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.voicebase_test_delivery.analytics]
    }
  }
}
action "voicebase_test_delivery" "analytics" {
  config {
    bucket     = voicebase_delivery_bucket.results.id
    key_prefix = "voicebase/"
  }
}
action "voicebase_test_delivery" "kept" {
  config {
    bucket = voicebase_delivery_bucket.results.id
    key    = "kept.json"
    keep   = true
  }
}
`)
	cli.RequireMinor(t, 14, "actions")
	dir := t.TempDir()
	log := filepath.Join(dir, "trace.log")
	cli.Setenv("TF_LOG", "TRACE")
	cli.Setenv("TF_LOG_PATH", log)
	plan := filepath.Join(dir, "plan.zip")
	said := cli.Run(t, "plan", "-no-color", "-out="+plan)
	planned := string(acctest.Unzipped(t, plan))
	said += cli.Run(t, "apply", "-no-color", plan)
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve", "-no-color") })
	if n := strings.Count(said, "the delivery works"); n != 1 {
		t.Errorf("after the create: %d deliveries:\n%s", n, said)
	}
	updated := cli.Run(t, "apply", "-auto-approve", "-no-color", "-var", "versioning=false")
	if n := strings.Count(updated, "the delivery works"); n != 1 {
		t.Errorf("after the update: %d deliveries:\n%s", n, updated)
	}
	invoked := cli.Run(t, "apply", "-auto-approve", "-no-color", "-var", "versioning=false", "-invoke=action.voicebase_test_delivery.kept")
	if !strings.Contains(invoked, "Kept s3://"+name+"/kept.json") {
		t.Errorf("invoked:\n%s", invoked)
	}
	again, err := cli.Command(t, "apply", "-auto-approve", "-no-color", "-var", "versioning=false", "-invoke=action.voicebase_test_delivery.kept").CombinedOutput()
	if err == nil || !strings.Contains(string(again), "Object exists") {
		t.Errorf("invoked again: %v\n%s", err, again)
	}
	for place, content := range map[string]string{
		"plan": planned, "state": content(t, filepath.Join(cli.Dir, "terraform.tfstate")), "log": content(t, log), "output": said + updated + invoked + string(again),
	} {
		if !strings.Contains(content, name) {
			t.Errorf("the %s says nothing of the bucket: this test would see nothing", place)
		}
		if strings.Contains(content, "X-Amz-Signature=") || strings.Contains(content, "X-Amz-Credential=") {
			t.Errorf("the URL is in the %s", place)
		}
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
