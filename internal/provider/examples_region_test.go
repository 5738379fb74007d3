package provider_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// addressed are the blocks of objects that address a bucket by name and region, and find out too late, or only by a
// delivery, that it is elsewhere.
var addressed = regexp.MustCompile(`^\s*(?:data|resource|ephemeral|action) "voicebase_(?:presigned_callback_url|delivery_check|test_delivery)" "\w+" \{$`)

var regionArgument = regexp.MustCompile(`^\s*region\s+= \S`)

// Whoever copies an example into a configuration of several regions gets the bucket's region with it.
func TestDocumentation_passesRegion(t *testing.T) {
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	blocks := 0
	for _, folder := range []string{"docs", "examples", "README.md"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(file) != ".md" && filepath.Ext(file) != ".tf" {
				return err
			}
			text, err := os.ReadFile(file) //nolint:gosec // Files of this repository.
			if err != nil {
				return err
			}
			lines := strings.Split(string(text), "\n")
			for i, line := range lines {
				if !addressed.MatchString(line) {
					continue
				}
				if blocks++; !passesRegion(line, lines[i+1:]) {
					t.Errorf("%s:%d: no region in %s", file, i+1, line)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if blocks < 10 {
		t.Errorf("only %d blocks found: this test would see nothing", blocks)
	}
}

// passesRegion looks for the argument up to the brace that closes the block.
func passesRegion(head string, body []string) bool {
	end := strings.Repeat(" ", len(head)-len(strings.TrimLeft(head, " "))) + "}"
	for _, line := range body {
		if line == end {
			return false
		}
		if regionArgument.MatchString(line) {
			return true
		}
	}
	return false
}
