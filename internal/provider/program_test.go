package provider_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
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

// TestAccProgram_version holds that AWS learns from each call which release makes it.
func TestAccProgram_version(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs with TF_ACC=1, for it needs Terraform")
	}
	t.Parallel()
	var mu sync.Mutex
	versions := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, product, _ := strings.Cut(r.UserAgent(), "terraform-provider-voicebase/")
		version, _, _ := strings.Cut(product, " ")
		mu.Lock()
		versions[version] = true
		mu.Unlock()
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	cli := acctest.NewCLI(t, `
provider "voicebase" {
  region     = "eu-central-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  endpoints {
    s3  = "`+server.URL+`"
    iam = "`+server.URL+`"
    sts = "`+server.URL+`"
  }
}

resource "voicebase_delivery_bucket" "results" {
  bucket = "agent-of-a-release"
}
`)
	out, err := cli.Command(t, "apply", "-auto-approve", "-input=false", "-no-color").CombinedOutput()
	if err == nil || !versions[acctest.Version] || len(versions) != 1 {
		t.Errorf("%v: AWS saw the versions %v, want %s:\n%s", err, versions, acctest.Version, out)
	}
}
