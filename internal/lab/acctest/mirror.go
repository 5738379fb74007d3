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

// mirrored is the version of the provider in a mirror, which the configurations of the documentation ask for.
const mirrored = "0.1.0"

// Mirror lets init in the following commands install the provider from a filesystem mirror, as users do, and nothing
// else but the folders given, by the sources of their providers.
func (c *CLI) Mirror(t *testing.T, others map[string]string) {
	t.Helper()
	mirror := t.TempDir()
	// Each CLI looks below the host of its own registry.
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		folder := filepath.Join(mirror, host, "voicebase", "voicebase", mirrored, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(c.Provider, filepath.Join(folder, "terraform-provider-voicebase_v"+mirrored)); err != nil {
			t.Fatal(err)
		}
		for source, folder := range others {
			linkPackages(t, folder, filepath.Join(mirror, host, filepath.FromSlash(source)))
		}
	}
	config := filepath.Join(mirror, "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Setenv("TF_CLI_CONFIG_FILE", config)
}

// BesideAWS lets the following commands use the real hashicorp/aws, from the filesystem mirror that TF_ACC_AWS_MIRROR
// names, beside this provider, and initializes the folder. Without such a mirror the test is skipped.
func (c *CLI) BesideAWS(t *testing.T) {
	t.Helper()
	mirror := os.Getenv(awsMirror)
	if mirror == "" {
		t.Skip("needs hashicorp/aws: runs when " + awsMirror + " names a filesystem mirror that has it")
	}
	// It has the provider under the host of one registry.
	found, err := filepath.Glob(filepath.Join(mirror, "*", "hashicorp", "aws"))
	if err != nil || len(found) == 0 {
		t.Fatalf("%s has no hashicorp/aws: %v", mirror, err)
	}
	c.Mirror(t, map[string]string{"hashicorp/aws": found[0]})
	c.Run(t, "init", "-no-color")
}

// linkPackages gives a provider's folder in a mirror the packages of another one. Only the folder of a package may be a
// link: the CLIs follow no other.
func linkPackages(t *testing.T, from, to string) {
	t.Helper()
	packages, err := filepath.Glob(filepath.Join(from, "*", runtime.GOOS+"_"+runtime.GOARCH))
	if err != nil || len(packages) == 0 {
		t.Fatalf("%s has no package: %v", from, err)
	}
	for _, folder := range packages {
		version := filepath.Join(to, filepath.Base(filepath.Dir(folder)))
		if err := os.MkdirAll(version, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(folder, filepath.Join(version, filepath.Base(folder))); err != nil {
			t.Fatal(err)
		}
	}
}
