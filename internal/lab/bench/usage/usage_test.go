package usage_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/bench/usage"
)

// TestCollect adds up the CPU time of several processes, takes the largest memory, and starts afresh.
func TestCollect(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"1.json": `{"cpu": 3000000000, "memory": 10}`, "2.json": `{"cpu": 1000000000, "memory": 30}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []usage.Usage{{CPU: 4 * time.Second, Memory: 30}, {}} {
		if got, err := usage.Collect(dir); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "3.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := usage.Collect(dir); err == nil {
		t.Error("half a file was taken")
	}
}

// TestOf reads what a process used, in the units that it should have.
func TestOf(t *testing.T) {
	t.Parallel()
	command := exec.CommandContext(t.Context(), "go", "env", "GOVERSION")
	if err := command.Run(); err != nil {
		t.Fatal(err)
	}
	if used := usage.Of(command.ProcessState); used.Memory < 1<<20 || used.Memory > 1<<30 || used.CPU <= 0 || used.CPU > time.Minute {
		t.Errorf("go env used %+v", used)
	}
}
