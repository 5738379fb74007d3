package provider_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// TestBinary_links checks what the shipped program is made of: nothing of the tests, the demo or the local AWS.
func TestBinary_links(t *testing.T) {
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", ".")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Fields(string(out))
	if len(packages) < 100 {
		t.Fatalf("only %d packages listed: this test would see nothing", len(packages))
	}
	for _, pkg := range packages {
		for _, banned := range []string{"terraform-plugin-testing", "versitygw", "/internal/lab/", "servicemocks"} {
			if strings.Contains(pkg, banned) {
				t.Errorf("the provider links %s", pkg)
			}
		}
	}
}
