// Package golden compares what the tests get with files that people read in a review.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Compare compares a text with a file below testdata, which -update writes first: the difference is then for git to show.
func Compare(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text == string(want) {
		return
	}
	const shown = 12
	got, wanted := strings.Split(text, "\n"), strings.Split(string(want), "\n")
	from := 0
	for from < min(len(got), len(wanted)) && got[from] == wanted[from] {
		from++
	}
	part := func(lines []string) string { return strings.Join(lines[from:min(from+shown, len(lines))], "\n") }
	t.Errorf("%s differs from line %d on. Got:\n%s\nwant:\n%s\nAfter go test -update, git shows all of the difference.", file, from+1, part(got), part(wanted))
}
