package acctest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Killable lets the following commands start the provider by a script that notes its process ID down. It returns what
// kills the provider that was started last, as a crash or the machine's memory does: with no chance to clean up.
func (c *CLI) Killable(t *testing.T) (kill func()) {
	t.Helper()
	binary, err := build(t.Context(), "terraform-provider-voicebase", ".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	ids := filepath.Join(dir, "id")
	script := fmt.Sprintf("#!/bin/sh\necho $$ >%q\nexec %q \"$@\"\n", ids, binary)
	if err := os.WriteFile(filepath.Join(dir, filepath.Base(binary)), []byte(script), 0o700); err != nil { //nolint:gosec // It is a program.
		t.Fatal(err)
	}
	cliConfig := filepath.Join(dir, "cli.tfrc")
	if err := writeOverrides(cliConfig, dir, "voicebase/voicebase"); err != nil {
		t.Fatal(err)
	}
	c.Setenv("TF_CLI_CONFIG_FILE", cliConfig)
	return func() {
		if err := killNoted(ids); err != nil {
			t.Errorf("the provider was not killed: %v", err)
		}
	}
}

func killNoted(ids string) error {
	text, err := os.ReadFile(ids)
	if err != nil {
		return err
	}
	id, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	process, err := os.FindProcess(id)
	if err != nil {
		return err
	}
	return process.Kill()
}
