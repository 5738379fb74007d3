package presignedurl_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

var ephemeralVersions = []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_10_0)}

// TestAccURLEphemeral compares the ephemeral resource with the data source, by the echo provider.
func TestAccURLEphemeral(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	c := clock{at: start.Add(time.Minute)}
	data := dataSource("acme-voicebase-results", "calls/1.vtt", "type = \"transcript\"\nformat = \"webvtt\"")
	echo := tfjsonpath.New("data")
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   ephemeralVersions,
		ProtoV6ProviderFactories: acctest.ProviderFactoriesAt(c.now),
		Steps: []resource.TestStep{{
			Config: a.Provider() + data + "ephemeral " + strings.TrimPrefix(data, "data ") + `
provider "echo" {
  data = {
    same         = nonsensitive(ephemeral.voicebase_presigned_callback_url.test.url) == nonsensitive(data.voicebase_presigned_callback_url.test.url)
    content_type = ephemeral.voicebase_presigned_callback_url.test.content_type
    signed_at    = ephemeral.voicebase_presigned_callback_url.test.signed_at
  }
}

resource "echo" "test" {}
`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("echo.test", echo.AtMapKey("same"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue("echo.test", echo.AtMapKey("content_type"), knownvalue.StringExact("text/vtt")),
				statecheck.ExpectKnownValue("echo.test", echo.AtMapKey("signed_at"), knownvalue.StringExact("2026-01-02T03:00:00Z")),
			},
		}},
	})
	assertOnlyCalls(t, a)
}

// TestAccURLEphemeral_notKept looks for the URL where the CLI keeps things. The data source shows that it would
// be found.
func TestAccURLEphemeral_notKept(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for kind, found := range map[string]bool{"ephemeral": false, "data": true} {
		t.Run(kind, func(t *testing.T) {
			cli := acctest.NewCLI(t, a.Provider()+keeper(kind, "self.method == \"PUT\""))
			log := cli.Run(t, "plan", "-no-color", "-out=plan.zip") + cli.Run(t, "apply", "-no-color", "plan.zip")
			plan := acctest.Unzipped(t, filepath.Join(cli.Dir, "plan.zip"))
			state, err := os.ReadFile(filepath.Join(cli.Dir, "terraform.tfstate"))
			if err != nil {
				t.Fatal(err)
			}
			for place, content := range map[string][]byte{"plan": plan, "state": state} {
				if got := bytes.Contains(content, []byte("X-Amz-Signature")); got != found {
					t.Errorf("URL in the %s: %t, want %t", place, got, found)
				}
			}
			if strings.Contains(log, "X-Amz-Signature") {
				t.Error("the URL is in the output")
			}
		})
	}
}

// TestAccURLEphemeral_opened shows that the search above looks at a resource that was opened.
func TestAccURLEphemeral_opened(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	out, err := acctest.NewCLI(t, a.Provider()+keeper("ephemeral", "self.method == \"POST\"")).Command(t, "plan", "-no-color").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "The method is another.") {
		t.Errorf("the postcondition was not evaluated: %v\n%s", err, out)
	}
}

func keeper(kind, condition string) string {
	return fmt.Sprintf(`
%s "voicebase_presigned_callback_url" "test" {
  bucket = "acme-voicebase-results"
  key    = "calls/1.json"
  type   = "analytics"

  lifecycle {
    postcondition {
      condition     = %s
      error_message = "The method is another."
    }
  }
}

resource "terraform_data" "other" {}
`, kind, condition)
}
