package provider_test

import (
	"bufio"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// TestProgram_debug starts the program as a developer does, who copies what it prints into the environment of the CLI: the
// address that configurations have, and a process to attach to.
func TestProgram_debug(t *testing.T) {
	t.Parallel()
	command := exec.CommandContext(t.Context(), acctest.Program(t), "-debug")
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var attach map[string]struct {
		ProtocolVersion int
		Pid             int
	}
	for lines := bufio.NewScanner(out); attach == nil && lines.Scan(); {
		if _, text, ok := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS='"); ok {
			if err := json.Unmarshal([]byte(strings.TrimSuffix(strings.TrimSpace(text), "'")), &attach); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
	if err := command.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = command.Wait()
	if got, ok := attach["registry.terraform.io/voicebase/voicebase"]; !ok || len(attach) != 1 || got.ProtocolVersion != 6 || got.Pid != command.Process.Pid {
		t.Errorf("to attach to: %+v", attach)
	}
}

// TestProgram_alone is the program without a CLI: it says that it is a plugin, and ends.
func TestProgram_alone(t *testing.T) {
	t.Parallel()
	command := exec.CommandContext(t.Context(), acctest.Program(t))
	out, err := command.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "This binary is a plugin") || command.ProcessState.ExitCode() != 1 {
		t.Errorf("ended with %v:\n%s", err, out)
	}
}
