package acctest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Queried is what terraform query has found.
type Queried struct {
	// Found are the objects by the name that they are shown by.
	Found map[string]Listed
	// Warnings and Errors are all diagnostics, as "summary: detail".
	Warnings, Errors []string
}

// Listed is one object of a list.
type Listed struct {
	Identity map[string]any
	// Resource has the attributes where include_resource asks for them.
	Resource map[string]any `json:"resource_object"`
}

// Query runs terraform query on list blocks. A CLI without that command (before Terraform 1.14) skips the test.
func (c *CLI) Query(t *testing.T, blocks string, args ...string) Queried {
	t.Helper()
	if err := os.WriteFile(filepath.Join(c.Dir, "test.tfquery.hcl"), []byte(blocks), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Command(t, "query", "-help").Run(); err != nil {
		t.Skip("terraform query needs Terraform 1.14: make test-clients has it")
	}
	out, _ := c.Command(t, append([]string{"query", "-json"}, args...)...).Output()
	queried := Queried{Found: map[string]Listed{}}
	var planned Planned
	planned.read(t, out)
	queried.Warnings, queried.Errors = planned.Warnings, planned.Errors
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var line struct {
			Found *struct {
				DisplayName string `json:"display_name"`
				Listed
			} `json:"list_resource_found"`
		}
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Found != nil {
			queried.Found[line.Found.DisplayName] = line.Found.Listed
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return queried
}
