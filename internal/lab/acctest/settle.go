package acctest

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Settle makes the provider's last writes a matter of the past, in the folder's state: what is changed outside of
// Terraform from now on is believed at once, and not taken for AWS's own delay.
func (c *CLI) Settle(t *testing.T) {
	t.Helper()
	file := filepath.Join(c.Dir, "terraform.tfstate")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var state map[string]any
	if err := json.Unmarshal(text, &state); err != nil {
		t.Fatal(err)
	}
	resources, _ := state["resources"].([]any)
	for _, resource := range resources {
		object, _ := resource.(map[string]any)
		instances, _ := object["instances"].([]any)
		for _, instance := range instances {
			if instance, ok := instance.(map[string]any); ok {
				settle(t, instance)
			}
		}
	}
	if text, err = json.MarshalIndent(state, "", "  "); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// WaitUntil is for what AWS tells by its own clock, in whole seconds: two things must lie apart to be told apart.
func WaitUntil(moment time.Time) { time.Sleep(time.Until(moment)) }

// settle removes the time of the last write from an object's private state.
func settle(t *testing.T, instance map[string]any) {
	t.Helper()
	encoded, _ := instance["private"].(string)
	if encoded == "" {
		return
	}
	text, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	var private map[string]any
	if err := json.Unmarshal(text, &private); err != nil {
		t.Fatal(err)
	}
	delete(private, "written")
	if text, err = json.Marshal(private); err != nil {
		t.Fatal(err)
	}
	instance["private"] = base64.StdEncoding.EncodeToString(text)
}
