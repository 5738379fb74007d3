package acctest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// moduleFolder is the module that customers use from their own repositories.
var moduleFolder = filepath.Join("examples", "modules", "voicebase-delivery")

// TestAccModule_elsewhere uses the module as another repository does: a copy of its folder alone, called for several
// tenants and with a provider that is passed to it.
func TestAccModule_elsewhere(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "vendor", "delivery"), os.DirFS(filepath.Join(repository(t), moduleFolder))); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "main.tf"), requiredHere+`
provider "voicebase" {
  alias  = "eu"
  region = "eu-west-1"
}

module "delivery" {
  source    = "./vendor/delivery"
  for_each  = toset(["east", "west"])
  providers = { voicebase = voicebase.eu }

  external_id   = "${each.key}-organization-id"
  force_destroy = true
}

output "regions" {
  value = [for delivery in module.delivery : delivery.bucket_region]
}

output "external_ids" {
  value = [for delivery in module.delivery : delivery.external_id]
}
`)
	cli := acctest.NewCLIIn(t, dir)
	customer(cli, a)
	cli.Run(t, "get", "-no-color")
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	cli.Run(t, "plan", "-no-color", "-detailed-exitcode")
	for output, want := range map[string]string{
		"regions":      `["eu-west-1","eu-west-1"]`,
		"external_ids": `["east-organization-id","west-organization-id"]`,
	} {
		if got := strings.TrimSpace(cli.Run(t, "output", "-json", output)); got != want {
			t.Errorf("%s: %s, want %s", output, got, want)
		}
	}
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

const requiredHere = `
terraform {
  required_providers {
    voicebase = { source = "voicebase/voicebase" }
  }
}
`

var (
	declared    = regexp.MustCompile(`(?m)^(variable|output) "(\w+)" \{\n  description = "(.*)"$`)
	documentRow = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (.+?) \\|")
)

// TestModule_documented holds that the module's page lists each input and output with the description that it has in
// the code, and that the module configures no provider.
func TestModule_documented(t *testing.T) {
	root := repository(t)
	page := read(t, filepath.Join(root, moduleFolder, "README.md"))
	inputs, outputs, found := strings.Cut(page, "\n## Outputs\n")
	if !found {
		t.Fatal("the page has no section of outputs")
	}
	for file, section := range map[string]string{"variables.tf": inputs, "outputs.tf": outputs} {
		code := read(t, filepath.Join(root, moduleFolder, file))
		want := map[string]string{}
		for _, match := range declared.FindAllStringSubmatch(code, -1) {
			want[match[2]] = match[3]
		}
		if blocks := strings.Count("\n"+code, "\nvariable \"") + strings.Count("\n"+code, "\noutput \""); blocks == 0 || blocks != len(want) {
			t.Errorf("%s has %d blocks, of which %d begin with a description", file, blocks, len(want))
		}
		for _, match := range documentRow.FindAllStringSubmatch(section, -1) {
			if want[match[1]] != match[2] {
				t.Errorf("%s: the page says %q, the code %q", match[1], match[2], want[match[1]])
			}
			delete(want, match[1])
		}
		for name := range want {
			t.Errorf("the page does not list %s of %s", name, file)
		}
	}
	if code := read(t, filepath.Join(root, moduleFolder, "main.tf")); strings.Contains(code, "provider \"") {
		t.Error("a module that configures a provider cannot be used with for_each")
	}
}

// TestExamples_listed holds that the README names each example that is there to be copied.
func TestExamples_listed(t *testing.T) {
	readme := read(t, filepath.Join(repository(t), "README.md"))
	for _, folder := range wholeExamples(t) {
		if link := fmt.Sprintf("](examples/%s)", folder); !strings.Contains(folder, "/application") && !strings.Contains(readme, link) {
			t.Errorf("the README has no link to examples/%s", folder)
		}
	}
}
