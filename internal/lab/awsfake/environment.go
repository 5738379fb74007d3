// Package awsfake stands in for what surrounds AWS credentials, for tests alone: an environment of the test's
// own, and the endpoints that hand out credentials. Its S3 and IAM keep what they are sent, for tests of what an
// adapter sends and of what it makes of the answers; lab/localaws is the AWS that knows permissions and limits.
package awsfake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ours are the beginnings of the variables that bear on the provider's settings.
var ours = []string{"AWS_", "TF_AWS_", "TF_APPEND_USER_AGENT", "VOICEBASE_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"}

// Environment is what a test finds instead of the machine's own variables and files.
type Environment struct {
	t   *testing.T
	dir string
}

// Isolate hides the machine's variables and shared files from the test, and its instance metadata service. The
// test cannot be parallel.
func Isolate(t *testing.T) Environment {
	t.Helper()
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		for _, beginning := range ours {
			if strings.HasPrefix(strings.ToUpper(name), beginning) {
				t.Setenv(name, value) // Restores it after the test.
				if err := os.Unsetenv(name); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	e := Environment{t: t, dir: t.TempDir()}
	t.Setenv("HOME", e.dir)
	t.Setenv("AWS_CONFIG_FILE", e.File("config", ""))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", e.File("credentials", ""))
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	return e
}

// File writes a file of the test's own and returns its path.
func (e Environment) File(name, text string) string {
	e.t.Helper()
	path := filepath.Join(e.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		e.t.Fatal(err)
	}
	return path
}

// Config writes the shared configuration file.
func (e Environment) Config(text string) { e.t.Helper(); e.File("config", text) }

// Credentials writes the shared credentials file.
func (e Environment) Credentials(text string) { e.t.Helper(); e.File("credentials", text) }
