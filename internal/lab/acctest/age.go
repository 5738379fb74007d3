package acctest

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// AgeState takes out of a state what releases before this one have not written: identities, and attributes by name.
func AgeState(t *testing.T, path string, newer ...string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var state map[string]any
	if err := json.Unmarshal(text, &state); err != nil {
		t.Fatal(err)
	}
	resources, _ := state["resources"].([]any)
	for _, object := range resources {
		instances, _ := object.(map[string]any)["instances"].([]any)
		for _, instance := range instances {
			fields, _ := instance.(map[string]any)
			delete(fields, "identity")
			delete(fields, "identity_schema_version")
			attributes, _ := fields["attributes"].(map[string]any)
			for _, name := range newer {
				delete(attributes, name)
			}
		}
	}
	text, err = json.Marshal(state)
	if err != nil || !strings.Contains(string(text), "instances") {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
