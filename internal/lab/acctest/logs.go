package acctest

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/diagnostics"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// logEverything makes Terraform and the provider log all they can, into one file for each test. The test framework's
// own log stays out: it has the configurations in it, and with them whatever a test wrote there.
func logEverything(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for name, level := range map[string]string{"TF_LOG": "TRACE", "TF_LOG_SDK_HELPER_RESOURCE": "OFF"} {
		if err := os.Setenv(name, level); err != nil {
			return err
		}
	}
	return os.Setenv("TF_LOG_PATH_MASK", filepath.Join(dir, "%s.log"))
}

// cliLogs counts the logs of the commands that tests run by themselves.
var cliLogs atomic.Int64

// logDiagnostics makes a command of a test's own log what the provider warns of, into a file beside the others.
func logDiagnostics() []string {
	if logs == "" {
		return nil
	}
	return []string{
		"TF_LOG_PROVIDER=WARN", "TF_LOG_SDK_PROTO=WARN",
		"TF_LOG_PATH=" + filepath.Join(logs, fmt.Sprintf("cli-%d.log", cliLogs.Add(1))),
	}
}

// withoutLogging takes Main's settings out, which are for the test framework: a command of a test's own would log to
// its output.
func withoutLogging(environ []string) []string {
	return slices.DeleteFunc(environ, func(variable string) bool { return strings.HasPrefix(variable, "TF_LOG") })
}

// checkDiagnostics holds what the provider said in this run against the golden file, or writes it there.
func checkDiagnostics(mode, dir string) error {
	if mode == "" {
		return nil
	}
	found, err := diagnostics.Collect(dir)
	if err != nil {
		return err
	}
	root, err := harness.Root()
	if err != nil {
		return err
	}
	folder, err := os.Getwd()
	if err != nil {
		return err
	}
	pkg, err := filepath.Rel(root, folder)
	if err != nil {
		return err
	}
	if mode == diagnostics.Update {
		return diagnostics.Merge(root, filepath.ToSlash(pkg), found, flag.Lookup("test.run").Value.String() == "")
	}
	return diagnostics.Compare(root, filepath.ToSlash(pkg), found)
}

// bearer matches what makes a pre-signed URL, or temporary credentials, usable by whoever reads it.
var bearer = regexp.MustCompile(`X-Amz-Signature=[0-9a-f]{64}|X-Amz-Security-Token=[A-Za-z0-9%]{20}|(?i:session_?token"?[:=>] ?"?)[A-Za-z0-9+/]{40}`)

// echoed marks the echo provider's own log of its state, where a test put an ephemeral value to look at it. No
// object of this provider has an attribute of dynamic type.
const echoed = "UpgradeResourceState: ignoring dynamic block"

// findSecrets looks through all logs of a run for keys and for anything that is as good as a key.
func findSecrets(dir string, keys ...string) error {
	var errs []error
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		found, err := findIn(path, keys)
		errs = append(errs, found)
		return err
	})
	return errors.Join(append(errs, err)...)
}

// findIn reports the first secret of a log by its place, not by its value.
func findIn(path string, keys []string) (found, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 64<<20)
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		if strings.Contains(line, echoed) {
			continue
		}
		for _, key := range keys {
			if before, _, ok := strings.Cut(line, key); ok {
				return place(path, number, "a secret key", before), nil
			}
		}
		if at := bearer.FindStringIndex(line); at != nil {
			return place(path, number, "a signature or token", line[:at[0]]), nil
		}
	}
	return nil, lines.Err()
}

func place(path string, line int, what, before string) error {
	return fmt.Errorf("%s, line %d: %s after %q", filepath.Base(path), line, what, before[max(0, len(before)-200):])
}
