package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// mirrorVersion satisfies the version constraint of the examples.
const mirrorVersion = "0.1.0"

// workspace is the part of the clone that the demo writes to: everything lands below .build.
type workspace struct {
	root string
	dir  string
}

// newWorkspace starts afresh: nothing of an earlier run, a broken one included, is left in it.
func newWorkspace(root, name string) (*workspace, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	w := &workspace{root: root, dir: filepath.Join(root, ".build", name)}
	if err := os.RemoveAll(w.dir); err != nil {
		return nil, err
	}
	return w, os.MkdirAll(w.tmp(), 0o750)
}

func (w *workspace) tmp() string       { return filepath.Join(w.dir, "tmp") }
func (w *workspace) cliConfig() string { return filepath.Join(w.dir, "cli.tfrc") }
func (w *workspace) path(elements ...string) string {
	return filepath.Join(append([]string{w.dir}, elements...)...)
}

// build compiles the program of a folder, which may be of another module.
func (w *workspace) build(ctx context.Context, folder, binary string, flags ...string) error {
	return harness.Build(ctx, filepath.Join(w.root, folder), binary, []string{"TMPDIR=" + w.tmp()}, flags...)
}

// buildMirror builds the provider as it is released and lays it out as a mirror of both registries, so that init
// installs it just as it would the published one. The CLI is told of the mirror and of nothing else.
func (w *workspace) buildMirror(ctx context.Context) error {
	name := "terraform-provider-voicebase_v" + mirrorVersion
	binary := w.path("bin", name)
	if err := w.build(ctx, ".", binary, "-ldflags=-s -w -X main.version="+mirrorVersion); err != nil {
		return err
	}
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		dir := w.path("mirror", host, "voicebase", "voicebase", mirrorVersion, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return err
		}
		if err := os.Link(binary, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	config := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", w.path("mirror"))
	return os.WriteFile(w.cliConfig(), []byte(config), 0o600)
}

// environment is what every child is started with: nothing of the user's AWS or Terraform settings.
func (w *workspace) environment() []string {
	env := []string{
		"TF_CLI_CONFIG_FILE=" + w.cliConfig(),
		"TF_IN_AUTOMATION=1",
		"TF_INPUT=0",
		"CHECKPOINT_DISABLE=1",
	}
	for _, name := range []string{"PATH", "HOME", "LANG", "TF_LOG"} {
		if value := os.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}
