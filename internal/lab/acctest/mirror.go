package acctest

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// awsMirror is the environment variable that names a filesystem mirror with hashicorp/aws.
const awsMirror = "TF_ACC_AWS_MIRROR"

// BesideAWS lets the following commands use the real hashicorp/aws, from the filesystem mirror that TF_ACC_AWS_MIRROR
// names, beside this provider, and initializes the folder. Without such a mirror the test is skipped.
func (c *CLI) BesideAWS(t *testing.T) {
	t.Helper()
	mirror := os.Getenv(awsMirror)
	if mirror == "" {
		t.Skip("needs hashicorp/aws: runs when " + awsMirror + " names a filesystem mirror that has it")
	}
	host := os.Getenv("TF_ACC_PROVIDER_HOST")
	if host == "" {
		host = "registry.terraform.io"
	}
	own := t.TempDir()
	folder := filepath.Join(own, host, "voicebase", "voicebase", "0.0.1", runtime.GOOS+"_"+runtime.GOARCH)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(c.Provider, filepath.Join(folder, "terraform-provider-voicebase_v0.0.1")); err != nil {
		t.Fatal(err)
	}
	// The mirror has the provider under the host of one registry; each CLI looks below its own.
	found, err := filepath.Glob(filepath.Join(mirror, "*", "hashicorp", "aws"))
	if err != nil || len(found) == 0 {
		t.Fatalf("%s has no hashicorp/aws: %v", mirror, err)
	}
	if err := os.MkdirAll(filepath.Join(own, host, "hashicorp"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(found[0], filepath.Join(own, host, "hashicorp", "aws")); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(own, "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", own)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Setenv("TF_CLI_CONFIG_FILE", config)
	c.Run(t, "init", "-no-color")
}
