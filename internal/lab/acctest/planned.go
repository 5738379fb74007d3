package acctest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// Planned is what one plan says.
type Planned struct {
	// Path is the saved plan, for an apply.
	Path string
	// Resources are the changes of all resources by address, those without a change included.
	Resources map[string]*tfjson.Change
	// Warnings and Errors are all diagnostics, as "summary: detail".
	Warnings, Errors []string
}

// Plan plans, and saves the plan. A failing plan has errors, and no resources.
func (c *CLI) Plan(t *testing.T, args ...string) Planned {
	t.Helper()
	planned := Planned{Path: filepath.Join(t.TempDir(), "plan")}
	out, err := c.Command(t, append([]string{"plan", "-json", "-input=false", "-out=" + planned.Path}, args...)...).Output()
	planned.read(t, out)
	var failed *exec.ExitError
	if errors.As(err, &failed) && len(planned.Errors) > 0 {
		return planned
	}
	if err != nil {
		t.Fatalf("plan: %v\n%s", err, out)
	}
	out, err = c.Command(t, "show", "-json", planned.Path).Output()
	if err != nil {
		t.Fatalf("show: %v\n%s", err, out)
	}
	var shown tfjson.Plan
	if err := shown.UnmarshalJSON(out); err != nil {
		t.Fatal(err)
	}
	planned.Resources = map[string]*tfjson.Change{}
	for _, change := range shown.ResourceChanges {
		planned.Resources[change.Address] = change.Change
	}
	return planned
}

// read takes the diagnostics out of the machine-readable output, which does not fold similar ones together.
func (p *Planned) read(t *testing.T, out []byte) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var line struct {
			Diagnostic *struct{ Severity, Summary, Detail string }
		}
		// The CLI's own warning is of how the tests give it the provider.
		if json.Unmarshal(lines.Bytes(), &line) != nil || line.Diagnostic == nil || line.Diagnostic.Summary == "Provider development overrides are in effect" {
			continue
		}
		text := line.Diagnostic.Summary + ": " + line.Diagnostic.Detail
		if line.Diagnostic.Severity == "error" {
			p.Errors = append(p.Errors, text)
		} else {
			p.Warnings = append(p.Warnings, text)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// Changed names the attributes that a change is about, sorted.
func Changed(change *tfjson.Change) []string {
	before, _ := change.Before.(map[string]any)
	after, _ := change.After.(map[string]any)
	unknown, _ := change.AfterUnknown.(map[string]any)
	names := map[string]bool{}
	for name := range before {
		names[name] = names[name] || !reflect.DeepEqual(before[name], after[name])
	}
	for name := range after {
		names[name] = names[name] || !reflect.DeepEqual(before[name], after[name])
	}
	for name, value := range unknown {
		names[name] = names[name] || value == true
	}
	maps.DeleteFunc(names, func(_ string, changed bool) bool { return !changed })
	return slices.Sorted(maps.Keys(names))
}
