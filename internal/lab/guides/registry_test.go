package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// frontMatter is what a page begins with: its keys, and what each says.
var frontMatter = regexp.MustCompile(`(?s)\A---\n(.*?)\n---\n`)

var frontKey = regexp.MustCompile(`(?m)^([a-z_]+): *(.*)$`)

// folders are those that the Registry shows, beside the index.
var folders = []string{"actions", "data-sources", "ephemeral-resources", "functions", "guides", "list-resources", "resources"}

// problems are what the Registry, or a reader of it, misses on a page.
func problems(path, text string) []string {
	var out []string
	if folder, file, _ := strings.Cut(path, "/"); path != "index.md" && (!slices.Contains(folders, folder) || strings.Contains(file, "/") || !strings.HasSuffix(file, ".md")) {
		out = append(out, "a place that the Registry does not show")
	}
	match := frontMatter.FindStringSubmatch(text)
	if match == nil {
		return append(out, "no front matter")
	}
	keys := map[string]string{}
	for _, key := range frontKey.FindAllStringSubmatch(match[1], -1) {
		keys[key[1]] = key[2]
	}
	if strings.Trim(keys["page_title"], `"`) == "" {
		out = append(out, "no page_title")
	}
	if _, described, found := strings.Cut(match[1], "description: |-\n"); !found || strings.TrimSpace(described) == "" {
		out = append(out, "no description")
	}
	for key := range keys {
		if !slices.Contains([]string{"page_title", "subcategory", "description"}, key) {
			out = append(out, "the key "+key)
		}
	}
	if _, found := keys["subcategory"]; found && path == "index.md" {
		out = append(out, "a subcategory on the index")
	}
	body := text[len(match[0]):]
	if strings.Count("\n"+body, "\n# ") != 1 {
		out = append(out, "not exactly one title")
	}
	return out
}

// TestRegistry goes through the pages one by one. What tfplugindocs validate sees (folders, sizes, an object without a
// page), make docs-check has it see.
func TestRegistry(t *testing.T) {
	t.Parallel()
	pages := 0
	docs := os.DirFS(filepath.Join("..", "..", "..", "docs"))
	err := fs.WalkDir(docs, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(docs, path)
		if err != nil {
			return err
		}
		pages++
		code := regexp.MustCompile("(?s)\n```.*?\n```").ReplaceAllString(string(text), "")
		for _, problem := range problems(path, code) {
			t.Errorf("docs/%s has %s", path, problem)
		}
		return nil
	})
	if err != nil || pages < 20 {
		t.Fatalf("%d pages: %v", pages, err)
	}
}

func TestRegistry_problems(t *testing.T) {
	t.Parallel()
	const good = "---\npage_title: \"A\"\nsubcategory: \"\"\ndescription: |-\n  What it is.\n---\n\n# A\n"
	for name, test := range map[string]struct{ path, text, want string }{
		"good":             {"resources/a.md", good, ""},
		"no front matter":  {"resources/a.md", "# A\n", "no front matter"},
		"no title":         {"resources/a.md", strings.Replace(good, `"A"`, `""`, 1), "no page_title"},
		"no description":   {"resources/a.md", strings.Replace(good, "  What it is.\n", "", 1), "no description"},
		"another key":      {"resources/a.md", strings.Replace(good, "subcategory", "layout", 1), "the key layout"},
		"index in a group": {"index.md", good, "a subcategory on the index"},
		"another folder":   {"other/a.md", good, "a place that the Registry does not show"},
		"beside the index": {"a.md", good, "a place that the Registry does not show"},
		"a folder deeper":  {"guides/more/a.md", good, "a place that the Registry does not show"},
		"two titles":       {"resources/a.md", good + "# B\n", "not exactly one title"},
	} {
		if got := strings.Join(problems(test.path, test.text), ", "); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
