package iampolicy_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a document, indented for reading, with testdata/name.json.
func golden(t *testing.T, name string, document iampolicy.Document) {
	t.Helper()
	goldenText(t, name, document.JSON())
}

// goldenText is golden for a document that is text already.
func goldenText(t *testing.T, name, document string) {
	t.Helper()
	var got bytes.Buffer
	if err := json.Indent(&got, []byte(document), "", "  "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	file := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s differs:\n%s\nwant:\n%s", file, got.Bytes(), want)
	}
}
