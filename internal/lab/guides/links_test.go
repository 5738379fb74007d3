package main

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

var (
	notText = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	target  = regexp.MustCompile(`<a id="([^"]+)">`)
)

// inRepository matches the addresses at which GitHub shows the README, and files and folders of the repository.
var inRepository = regexp.MustCompile(`^https://github\.com/voicebase/terraform-provider-voicebase(?:/(?:tree|blob)/main/(.+))?$`)

// reference is a link's definition on a line of its own.
var reference = regexp.MustCompile(`(?m)^\[[^\]^]+\]:.*$`)

// TestLinks follows each link of a page that stays inside the repository, to its file and to its heading.
func TestLinks(t *testing.T) {
	t.Parallel()
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	pages := readPages(t, root)
	followed := 0
	for page, text := range pages {
		if found := reference.FindString(text); found != "" {
			t.Errorf("%s: write this link inline, where it is followed: %s", page, found)
		}
		for _, match := range link.FindAllStringSubmatch(notText.ReplaceAllString(text, ""), -1) {
			to, anchor, _ := strings.Cut(match[1], "#")
			file := page
			if published := inRepository.FindStringSubmatch(to); published != nil {
				file = cmp.Or(published[1], "README.md")
			} else if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") {
				continue
			} else if to != "" {
				file = path.Join(path.Dir(page), to)
			}
			followed++
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(file))); err != nil {
				t.Errorf("%s: no such file: %s", page, match[1])
				continue
			}
			if anchor != "" && !anchors(pages[file])[anchor] {
				t.Errorf("%s: no such heading: %s", page, match[1])
			}
		}
	}
	if followed < 30 {
		t.Errorf("only %d links were followed", followed)
	}
}

func readPages(t *testing.T, root string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && (name == ".git" || name == ".build" || name == "templates" || name == "node_modules") {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(file) != ".md" {
			return nil
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		page, err := filepath.Rel(root, file)
		pages[filepath.ToSlash(page)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

// anchors are those that GitHub and the Registry give to headings, and those that a page sets itself.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		slug := notInAnchor.ReplaceAllString(strings.ToLower(match[1]), "")
		found[strings.ReplaceAll(slug, " ", "-")] = true
	}
	for _, match := range target.FindAllStringSubmatch(text, -1) {
		found[match[1]] = true
	}
	return found
}
