package acctest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// pages are those with configurations to be pasted, and how many each has at least.
var pages = map[string]int{
	"README.md":                     2,
	"docs/guides/role-delivery.md":  1,
	"docs/guides/presigned-urls.md": 1,
	"docs/guides/migration.md":      0, // its blocks are tried by TestAccMigration
}

var pasted = regexp.MustCompile("(?s)```(?:terraform|hcl)\n(.*?)```")

// configurations returns the configurations of a page: all blocks of a section, of which one says which providers are
// required. Blocks of other sections show a part.
func configurations(page string) (whole, parts []string) {
	for _, section := range strings.Split(page, "\n## ") {
		var code []string
		for _, match := range pasted.FindAllStringSubmatch(section, -1) {
			code = append(code, strings.TrimSpace(match[1])+"\n")
		}
		if all := strings.Join(code, "\n"); strings.Contains(all, "required_providers") {
			whole = append(whole, all)
		} else {
			parts = append(parts, code...)
		}
	}
	return whole, parts
}

// TestPages_listed holds that no guide with a whole configuration is left out below.
func TestPages_listed(t *testing.T) {
	root := repository(t)
	guides, err := filepath.Glob(filepath.Join(root, "docs", "guides", "*.md"))
	if err != nil || len(guides) == 0 {
		t.Fatal(guides, err)
	}
	for _, guide := range append(guides, filepath.Join(root, "README.md")) {
		text, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(root, guide)
		if err != nil {
			t.Fatal(err)
		}
		if whole, _ := configurations(string(text)); len(whole) != pages[filepath.ToSlash(name)] {
			t.Errorf("%s has %d whole configurations, and %d are tried", name, len(whole), pages[filepath.ToSlash(name)])
		}
	}
}

// TestAccPages pastes each whole configuration of a page, applies it and destroys it, with nothing but the environment
// that the page tells the reader to set.
func TestAccPages(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for name := range pages {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(repository(t), filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			whole, parts := configurations(string(text))
			for _, configuration := range whole {
				paste(t, a, configuration)
			}
			for _, part := range parts {
				if out := format(t, part); out != part {
					t.Errorf("not formatted:\n%s", part)
				}
			}
		})
	}
}

func paste(t *testing.T, a *acctest.AWS, configuration string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	cli := acctest.NewCLIIn(t, dir)
	customer(cli, a)
	for _, command := range [][]string{
		{"fmt", "-check", "-diff"},
		{"validate", "-no-color"},
		{"apply", "-auto-approve", "-no-color"},
		{"output", "-raw", "callback_json"},
		{"destroy", "-auto-approve", "-no-color"},
	} {
		out := cli.Run(t, command...)
		if command[0] == "output" && !strings.Contains(out, `"callbacks"`) {
			t.Errorf("the output is not the configuration: %s", out)
		}
	}
}

// format returns a block as terraform fmt writes it.
func format(t *testing.T, code string) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "main.tf")
	if err := os.WriteFile(path, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	acctest.NewCLIIn(t, dir).Run(t, "fmt")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
