package acctest

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
)

// stub builds the stand-in for hashicorp/aws, once for a test package.
var stub = sync.OnceValues(func() (string, error) {
	return build(context.Background(), "terraform-provider-aws", filepath.Join("internal", "lab", "acctest", "awsstub"))
})

// StubAWS builds the stand-in for hashicorp/aws, which cannot be had without a network, and gives it to the
// following commands. It returns the file that the stand-in writes a received write-only value to.
func (c *CLI) StubAWS(t *testing.T) (received string) {
	t.Helper()
	binary, err := stub()
	if err != nil {
		t.Fatal(err)
	}
	scratch := t.TempDir()
	cliConfig := filepath.Join(scratch, "cli.tfrc")
	if err := writeOverrides(cliConfig, filepath.Dir(binary), "voicebase/voicebase", "hashicorp/aws"); err != nil {
		t.Fatal(err)
	}
	received = filepath.Join(scratch, "received")
	c.Setenv("TF_CLI_CONFIG_FILE", cliConfig)
	c.Setenv("VOICEBASE_ACC_RECEIVED", received)
	return received
}
