package acctest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/diagnostics"
)

// realAWS is the environment variable that switches the tests to real AWS.
const realAWS = "VOICEBASE_ACC_AWS"

// local is the child process of this test package; nil without TF_ACC and on real AWS.
var local *localAWS

// logs is the folder of all logs of this test package; "" without TF_ACC and on real AWS.
var logs string

// Main runs a package's tests, with the local AWS beside them when acceptance tests are asked for.
func Main(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if os.Getenv("TF_ACC") == "" {
		return m.Run()
	}
	mode := os.Getenv(diagnostics.Variable) // Before the environment is cleared.
	dir, err := os.MkdirTemp("", "voicebase-acc-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := isolateCLI(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if os.Getenv(realAWS) != "" {
		return m.Run()
	}
	if err := isolateAWS(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if local, err = startLocalAWS(context.Background(), dir); err != nil {
		fmt.Fprintln(os.Stderr, "the local AWS did not start:", err)
		return 1
	}
	defer local.Stop()
	logs = filepath.Join(dir, "logs")
	if err := logEverything(logs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	status := m.Run()
	if err := findSecrets(logs, local.Customer.SecretKey, local.Other.SecretKey, local.VoiceBase.SecretKey); err != nil {
		fmt.Fprintln(os.Stderr, "FAIL: secrets in the logs of this run:", err)
		return 1
	}
	if err := checkDiagnostics(mode, logs); err != nil {
		fmt.Fprintln(os.Stderr, "FAIL:", err)
		return 1
	}
	return status
}

// isolateCLI keeps the user's own CLI configuration out of the tests.
func isolateCLI(dir string) error {
	cliConfig := filepath.Join(dir, "cli.tfrc")
	if err := os.WriteFile(cliConfig, nil, 0o600); err != nil {
		return err
	}
	if err := os.Setenv("TF_CLI_CONFIG_FILE", cliConfig); err != nil {
		return err
	}
	return os.Setenv("CHECKPOINT_DISABLE", "1")
}

// isolateAWS keeps the user's own AWS settings out of the tests, so that none of them can reach an account.
func isolateAWS(dir string) error {
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "AWS_") || strings.HasPrefix(name, "VOICEBASE_") || strings.HasPrefix(name, "TF_AWS_") {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	for name, value := range map[string]string{
		"AWS_EC2_METADATA_DISABLED":   "true",
		"AWS_CONFIG_FILE":             filepath.Join(dir, "no-config"),
		"AWS_SHARED_CREDENTIALS_FILE": filepath.Join(dir, "no-credentials"),
	} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}
