package acctest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// TestAccInstall holds that what make install prints works as printed: pasted into a CLI configuration and a module,
// init installs the provider from the mirror, and the CLI runs it.
func TestAccInstall(t *testing.T) {
	acctest.NewAWS(t)
	root, scratch := repository(t), t.TempDir()
	// A CLI of a test builds the provider.
	cli := acctest.NewCLIIn(t, t.TempDir())
	script := exec.CommandContext(t.Context(), filepath.Join(root, "internal", "tools", "install"),
		filepath.Join(root, ".build", "bin", "terraform-provider-voicebase"), filepath.Join(scratch, "mirror"))
	printed, err := script.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	config := filepath.Join(scratch, "cli.tfrc")
	write(t, config, block(t, string(printed), "provider_installation"))
	write(t, filepath.Join(cli.Dir, "main.tf"), block(t, string(printed), "terraform")+`
output "content_type" { value = provider::voicebase::content_type("analytics", null) }
`)
	cli.Setenv("TF_CLI_CONFIG_FILE", config)
	cli.Run(t, "init", "-no-color")
	if out := cli.Run(t, "plan", "-no-color"); !strings.Contains(out, `content_type = "application/json"`) {
		t.Errorf("the installed provider did not answer:\n%s", out)
	}
}

// block is a top-level block of HCL in what a program printed.
func block(t *testing.T, text, name string) string {
	t.Helper()
	found := regexp.MustCompile(`(?ms)^` + name + ` \{$.*?^\}$`).FindString(text)
	if found == "" {
		t.Fatalf("no block %s in:\n%s", name, text)
	}
	return found + "\n"
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
