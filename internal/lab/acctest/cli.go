package acctest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// CLI runs Terraform or OpenTofu by itself, with the provider as the separate process that users run: for what
// the test framework's own way of running it hides, such as the exact calls of one command, logs and signals.
type CLI struct {
	// Dir is the working folder, with its configuration in main.tf.
	Dir string
	// Provider is the provider's program.
	Provider string
	env      []string
	bin      string
	// logging are the variables that make the provider log its diagnostics, as long as a test does not want others.
	logging []string
}

const requiredProviders = `
terraform {
  required_providers {
    voicebase = { source = "voicebase/voicebase" }
  }
}
`

// NewCLI builds the provider and writes the configuration into a folder of the test's own.
func NewCLI(t *testing.T, configuration string) *CLI {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(requiredProviders+configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	return NewCLIIn(t, dir)
}

// NewCLIIn is NewCLI for a folder that holds its configuration already.
func NewCLIIn(t *testing.T, dir string) *CLI {
	t.Helper()
	binary := Program(t)
	bin, err := harness.FindCLI()
	if err != nil {
		t.Fatal(err)
	}
	scratch := t.TempDir()
	cliConfig := filepath.Join(scratch, "cli.tfrc")
	if err := writeOverrides(cliConfig, filepath.Dir(binary), "voicebase/voicebase"); err != nil {
		t.Fatal(err)
	}
	logging := logDiagnostics()
	return &CLI{Dir: dir, Provider: binary, bin: bin, logging: logging, env: append(append(withoutLogging(os.Environ()), logging...),
		"TF_CLI_CONFIG_FILE="+cliConfig,
		"TF_DATA_DIR="+filepath.Join(scratch, "data"),
		"TF_IN_AUTOMATION=1",
		"CHECKPOINT_DISABLE=1",
	)}
}

// writeOverrides writes a CLI configuration by which the providers are those built into a folder.
func writeOverrides(cliConfig, folder string, providers ...string) error {
	var b strings.Builder
	b.WriteString("provider_installation {\n  dev_overrides {\n")
	for _, provider := range providers {
		fmt.Fprintf(&b, "    %q = %q\n", provider, folder)
	}
	b.WriteString("  }\n  direct {}\n}\n")
	return os.WriteFile(cliConfig, []byte(b.String()), 0o600)
}

// Setenv adds a variable to the environment of the following commands. A test that sets what is logged, or where to,
// sets all of it.
func (c *CLI) Setenv(name, value string) {
	if strings.HasPrefix(name, "TF_LOG") {
		c.env = slices.DeleteFunc(c.env, func(variable string) bool { return slices.Contains(c.logging, variable) })
		c.logging = nil
	}
	c.env = append(c.env, name+"="+value)
}

// StartProviderBy lets a shell script start the provider in the following commands.
func (c *CLI) StartProviderBy(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	program := filepath.Join(dir, filepath.Base(c.Provider))
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	cliConfig := filepath.Join(dir, "cli.tfrc")
	if err := writeOverrides(cliConfig, dir, "voicebase/voicebase"); err != nil {
		t.Fatal(err)
	}
	c.Setenv("TF_CLI_CONFIG_FILE", cliConfig)
}

// Command prepares a command of the CLI. A test's clean-up runs commands too, when its own context is over.
func (c *CLI) Command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(context.WithoutCancel(t.Context()), c.bin, args...)
	command.Dir, command.Env = c.Dir, c.env
	return command
}

// Shell runs commands in bash, as a user would paste them into a terminal, and returns all that they printed. terraform
// is the CLI, whichever it is. A failing command fails the test.
func (c *CLI) Shell(t *testing.T, commands string) string {
	t.Helper()
	cli := c.Command(t)
	script := "set -euo pipefail\nterraform() { \"$TF_ACC_TERRAFORM_PATH\" \"$@\"; }\n" + commands
	command := harness.Child(context.WithoutCancel(t.Context()), "bash", "-c", script)
	command.Dir, command.Env = cli.Dir, append(cli.Env, "TF_ACC_TERRAFORM_PATH="+cli.Path)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := harness.Run(t.Context(), command); err != nil {
		t.Fatalf("%v\n%s\n%s", err, commands, out.String())
	}
	return out.String()
}

// Run runs a command and returns all that it printed. A failing command fails the test.
func (c *CLI) Run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := c.Command(t, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", filepath.Base(c.bin), args, err, out)
	}
	return string(out)
}
