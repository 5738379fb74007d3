package acctest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Killable makes the provider note its process ID down in the following commands. It returns what kills the provider
// that was started last, as a crash or a machine without memory does: with no chance to clean up.
func (c *CLI) Killable(t *testing.T) (kill func()) {
	t.Helper()
	ids := filepath.Join(t.TempDir(), "id")
	c.StartProviderBy(t, fmt.Sprintf("echo $$ >%q\nexec %q \"$@\"", ids, c.Provider))
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
