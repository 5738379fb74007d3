package state_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/state"
)

func TestRecordsAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "records")
	first, err := state.Open[string](dir)
	check(t, err)
	check(t, first.Put("arn:aws:iam::1:policy/a", "kept"))
	check(t, first.Put("other", "removed"))
	check(t, first.Delete("other"))
	check(t, first.Delete("never there"))
	// What a killed process leaves is not read.
	check(t, os.WriteFile(filepath.Join(dir, "6162.json.tmp"), []byte("{"), 0o600))
	again, err := state.Open[string](dir)
	check(t, err)
	if got, ok := again.Get("arn:aws:iam::1:policy/a"); !ok || got != "kept" || len(again.All()) != 1 {
		t.Errorf("records: %v", again.All())
	}
	check(t, os.WriteFile(filepath.Join(dir, "6162.json"), []byte("{"), 0o600))
	if _, err := state.Open[string](dir); err == nil {
		t.Error("a broken record is not noticed")
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
