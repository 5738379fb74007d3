package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/harness"
)

const root = "../.."

// TestAccExamples holds that what users copy works: each approach's example passes its own test file on the
// local AWS, and each object's example is valid.
func TestAccExamples(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance test: runs when TF_ACC is set, as make test does")
	}
	w, aws, cli := sandbox(t)
	for _, name := range []string{presignedURL.example, roleAssumption.example} {
		t.Run(name, func(t *testing.T) {
			e := inPlace(t, w, aws, cli, name)
			out, err := e.run(t.Context(), "test", "-no-color")
			if err != nil {
				t.Fatal(err)
			}
			t.Log(out)
		})
	}
	for _, dir := range objectExamples(t) {
		t.Run(dir, func(t *testing.T) { validateFolder(t, w, aws, cli, dir) })
	}
	t.Run("README", func(t *testing.T) { validate(t, w, aws, cli, "README", readme(t)) })
}

// sandbox is what the demo works in, in a folder of its own so that both can run at a time.
func sandbox(t *testing.T) (*workspace, *localAWS, string) {
	t.Helper()
	cli, err := harness.FindCLI()
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorkspace(root, "test-examples")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.buildMirror(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The test's own context is over when clean-ups run, and would end the local AWS before the examples' destroy.
	aws, err := startLocalAWS(context.WithoutCancel(t.Context()), w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(aws.Stop)
	return w, aws, cli
}

// inPlace initializes an example of the clone, and gives its folder back as it was.
func inPlace(t *testing.T, w *workspace, aws *localAWS, cli, name string) *example {
	t.Helper()
	e, err := w.example(name, cli, aws)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.leave(); err != nil {
			t.Error(err)
		}
	})
	if err := e.init(t.Context()); err != nil {
		t.Fatal(err)
	}
	return e
}

// objectExamples are the folders that the pages of the documentation are made from.
func objectExamples(t *testing.T) []string {
	t.Helper()
	var dirs []string
	for _, pattern := range []string{"provider", "resources/*", "data-sources/*", "ephemeral-resources/*", "functions/*"} {
		found, err := filepath.Glob(filepath.Join(root, "examples", filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range found {
			rel, err := filepath.Rel(filepath.Join(root, "examples"), dir)
			if err != nil {
				t.Fatal(err)
			}
			dirs = append(dirs, rel)
		}
	}
	if len(dirs) < 5 {
		t.Fatalf("only %v found: this test would see nothing", dirs)
	}
	return dirs
}

// requirement is what an example that shows a single object leaves out.
const requirement = `terraform {
  required_providers {
    voicebase = {
      source = "voicebase/voicebase"
    }
  }
}
`

// validateFolder checks each file of an example's folder on its own, as its page shows them one by one.
func validateFolder(t *testing.T, w *workspace, aws *localAWS, cli, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "examples", dir, "*.tf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no example: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"aws_`) {
			t.Logf("%s needs the published hashicorp/aws too: not validated here", filepath.Base(file))
			continue
		}
		validate(t, w, aws, cli, strings.TrimSuffix(filepath.Join(dir, filepath.Base(file)), ".tf"), string(text))
	}
}

// validate checks a configuration in a folder of its own.
func validate(t *testing.T, w *workspace, aws *localAWS, cli, name, text string) {
	t.Helper()
	if !strings.Contains(text, "required_providers") {
		text = requirement + text
	}
	dir := w.path("copies", name)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := w.exampleIn(dir, name, cli, aws)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.init(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := e.run(t.Context(), "validate", "-no-color"); err != nil {
		t.Error(err)
	}
}

// readme is the configuration that the README's blocks make together.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var blocks strings.Builder
	for i, block := range strings.Split(string(text), "```terraform\n") {
		if i > 0 {
			code, _, _ := strings.Cut(block, "```")
			blocks.WriteString(code)
		}
	}
	return blocks.String()
}
