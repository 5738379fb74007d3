package acctest

import (
	"encoding/json"
	"fmt"
	"testing"
)

// RequireMinor skips a test of something that Terraform and OpenTofu have from 1.minor on.
func (c *CLI) RequireMinor(t *testing.T, minor int, feature string) {
	t.Helper()
	var version struct {
		Number string `json:"terraform_version"`
	}
	out, err := c.Command(t, "version", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &version); err != nil {
		t.Fatal(err)
	}
	var major, found int
	if _, err := fmt.Sscanf(version.Number, "%d.%d", &major, &found); err != nil {
		t.Fatal(err)
	}
	if major == 1 && found < minor {
		t.Skipf("%s need 1.%d; this is %s", feature, minor, version.Number)
	}
}
