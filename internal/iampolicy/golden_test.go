package iampolicy_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
)

// goldenDocument compares a document, indented for reading, with testdata/name.json.
func goldenDocument(t *testing.T, name string, document iampolicy.Document) {
	t.Helper()
	goldenText(t, name, document.JSON())
}

// goldenText is goldenDocument for a document that is text already.
func goldenText(t *testing.T, name, document string) {
	t.Helper()
	var got bytes.Buffer
	if err := json.Indent(&got, []byte(document), "", "  "); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, name+".json", got.String()+"\n")
}
