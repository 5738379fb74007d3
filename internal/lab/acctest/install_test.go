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

// TestAccInstall holds that what make install prints works as printed: pasted into a terminal and a module, or into a
// CLI configuration, init installs the provider from the mirror, and the CLI runs it.
func TestAccInstall(t *testing.T) {
	acctest.NewAWS(t)
	root, scratch := repository(t), t.TempDir()
	// A CLI of a test builds the provider.
	cli := acctest.NewCLIIn(t, t.TempDir())
	script := exec.CommandContext(t.Context(), filepath.Join(root, "internal", "tools", "install"),
		filepath.Join(root, ".build", "bin", "terraform-provider-voicebase"), filepath.Join(scratch, "mirror"), cli.Command(t).Path)
	printed, err := script.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	write(t, filepath.Join(cli.Dir, "main.tf"), block(t, string(printed), "terraform")+`
output "content_type" { value = provider::voicebase::content_type("analytics", null) }
`)
	paste := strings.Join(regexp.MustCompile(`(?m)^(export|alias) .*$`).FindAllString(string(printed), -1), "\n")
	config := filepath.Join(scratch, "cli.tfrc")
	write(t, config, block(t, string(printed), "provider_installation"))
	for _, given := range []string{paste, "export TF_CLI_CONFIG_FILE='" + config + "'"} {
		out := cli.Shell(t, "rm -rf \"$TF_DATA_DIR\"\n"+given+"\nterraform init -no-color -upgrade\nterraform plan -no-color\n")
		if !strings.Contains(out, "- Installed voicebase/voicebase v0.1.0") || !strings.Contains(out, `content_type = "application/json"`) {
			t.Errorf("the installed provider did not answer:\n%s", out)
		}
	}
}

// TestInstall_alias holds that a machine without Terraform is told how to run the CLI that it has as terraform.
func TestInstall_alias(t *testing.T) {
	root, scratch := repository(t), t.TempDir()
	binary, bin := filepath.Join(scratch, "provider"), filepath.Join(scratch, "bin")
	write(t, binary, "")
	if err := os.Mkdir(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"bash", "go", "mkdir", "cp", "cat", "env"} {
		path, err := exec.LookPath(program)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(bin, program)); err != nil {
			t.Fatal(err)
		}
	}
	for _, installed := range []bool{false, true} {
		if installed {
			if err := os.Symlink("/bin/true", filepath.Join(bin, "terraform")); err != nil {
				t.Fatal(err)
			}
		}
		script := exec.CommandContext(t.Context(), filepath.Join(root, "internal", "tools", "install"), binary, filepath.Join(scratch, "mirror"), "/opt/tofu")
		script.Env = append(os.Environ(), "PATH="+bin)
		printed, err := script.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, printed)
		}
		if got := strings.Contains(string(printed), "\nalias terraform='/opt/tofu'\n"); got == installed {
			t.Errorf("with terraform on PATH %t:\n%s", installed, printed)
		}
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
