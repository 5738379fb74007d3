package callback_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// TestAccConfigurationDataSource_cli runs Terraform as a user does, with neither region nor credentials, and
// reads what it prints: each warning once, and nothing of a pre-signed URL that nobody marked as sensitive.
func TestAccConfigurationDataSource_cli(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs with TF_ACC=1, for it needs Terraform")
	}
	t.Parallel()
	now := time.Now().UTC()
	const signature = "5ec5e7005ec5e7005ec5e7005ec5e7005ec5e7005ec5e7005ec5e7005ec5e700"
	url := strings.NewReplacer("20260102T030405Z", now.Format("20060102T150405Z"), "20260102", now.Format("20060102"), "=86400", "=3600",
		"b926f5f47f58a420b6eecf1dabd724c36697fb86a9ae1a54bf51690d351ceb1c", signature).Replace(signed)
	checksum := strings.Replace(url, "content-type%3Bhost", "content-type%3Bhost&x-amz-checksum-crc32=AAAAAA%3D%3D", 1)
	tomorrow := now.AddDate(0, 0, 1)
	future := strings.NewReplacer(now.Format("20060102"), tomorrow.Format("20060102"), "calls/1", "calls/2").Replace(url)
	deprecated := strings.NewReplacer("1767409445", strconv.FormatInt(tomorrow.Unix(), 10), "calls/1", "calls/3").Replace(sigV2)
	// Terraform prints the line that a warning is about, so the URL stands on another.
	cli := acctest.NewCLI(t, `
locals {
  url        = "`+url+`"
  checksum   = "`+checksum+`"
  future     = "`+future+`"
  deprecated = "`+deprecated+`"
}

data "voicebase_callback_configuration" "doubtful" {
  callbacks = [
    { url = local.checksum },
    { url = local.future },
    { url = local.deprecated },
    { url = "`+baseURL+`", s3_delivery = true, role = "`+role+`", prepend_folder = "/calls/" },
  ]
}

data "voicebase_callback_configuration" "none" {
  callbacks = []
}

resource "terraform_data" "folder" {
  input = "calls"
}

data "voicebase_callback_configuration" "now" {
  callbacks = [{ url = local.url, type = "transcript", format = "json", role = "`+role+`" }]
}

data "voicebase_callback_configuration" "later" {
  callbacks = [{ url = local.url, prepend_folder = terraform_data.folder.output }]
}

output "json" {
  value     = data.voicebase_callback_configuration.now.json
  sensitive = true
}
`)
	cli.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	plan := cli.Run(t, "plan", "-no-color")
	for _, title := range []string{
		"Warning: Pre-signed URL expires before the last retry", "Warning: Unused role", "Warning: No analytics callback",
		"Warning: Pre-signed URL with a checksum", "Warning: Pre-signed URL is not valid yet", "Warning: Pre-signed URL with Signature Version 2",
		"Warning: Unusual prepend_folder", "Warning: No callbacks",
	} {
		if count := strings.Count(plan, title); count != 1 {
			t.Errorf("%q stands %d times in\n%s", title, count, plan)
		}
	}
	if !strings.Contains(plan, "will be read during apply") {
		t.Errorf("the second is not deferred:\n%s", plan)
	}
	if out := plan + cli.Run(t, "apply", "-auto-approve", "-no-color"); strings.Contains(out, signature) {
		t.Errorf("the signature is printed:\n%s", out)
	}
	if out := cli.Run(t, "output", "-raw", "json"); !strings.Contains(out, signature) {
		t.Errorf("the URL is not in the JSON: %s", out)
	}
}
