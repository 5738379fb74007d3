package acctest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

// TestAccExampleEphemeral follows the URL of the ephemeral example: it reaches the write-only argument, VoiceBase
// can deliver by it, and it is nowhere else.
func TestAccExampleEphemeral(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	a.CleanUpBucket(t, "us-east-1", "acme-voicebase-results")
	cli := exampleCLI(t, a, ephemeralExample)
	cli.RequireMinor(t, 11, "write-only arguments")
	received := cli.StubAWS(t)
	dir := t.TempDir()
	plan, state := filepath.Join(dir, "plan.zip"), filepath.Join(dir, "terraform.tfstate")

	log := cli.Run(t, "plan", "-no-color", "-state="+state, "-out="+plan)
	log += cli.Run(t, "apply", "-no-color", "-state-out="+state, plan)

	deliver(t, a, []byte(read(t, received)))
	for place, content := range map[string]string{"plan": string(acctest.Unzipped(t, plan)), "state": read(t, state), "output": log} {
		if !strings.Contains(content, "aws_secretsmanager_secret_version") {
			t.Errorf("the %s does not show the resource: this test would see nothing", place)
		}
		if strings.Contains(content, "X-Amz-Signature") {
			t.Errorf("the URL is in the %s", place)
		}
	}
}

// deliver lets VoiceBase work with a configuration that has one callback.
func deliver(t *testing.T, a *acctest.AWS, configuration []byte) {
	t.Helper()
	attempts, err := standin.New(a.VoiceBaseSTS(), a.HTTPClient().Transport, a.ExternalID()).Deliver(t.Context(), configuration, "media-1")
	if err != nil {
		t.Fatalf("the resource received %d bytes that VoiceBase cannot read: %v", len(configuration), err)
	}
	if len(attempts) != 1 || !attempts[0].Delivered() {
		t.Fatalf("not delivered: %+v", attempts)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
