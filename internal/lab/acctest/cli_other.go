package acctest

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// UseOther lets the following commands be of the other CLI: OpenTofu where the tests run with Terraform, and the other
// way round. It skips the test where the machine does not have it, neither on PATH nor built by make.
func (c *CLI) UseOther(t *testing.T) {
	t.Helper()
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	built := func(name string) string { return filepath.Join(root, ".build", "bin", name) }
	name, places := "OpenTofu", []string{"tofu", built("tofu")}
	if strings.Contains(filepath.Base(c.bin), "tofu") {
		name, places = "Terraform", []string{"terraform", built("terraform-1.15")}
	}
	for _, place := range places {
		if path, err := exec.LookPath(place); err == nil {
			c.bin = path
			return
		}
	}
	t.Skipf("needs %s too: runs when one of %s is there", name, strings.Join(places, ", "))
}
