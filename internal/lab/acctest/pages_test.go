package acctest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// pages are those with configurations to be pasted, and how many whole ones each has.
var pages = map[string]int{
	"README.md":                               2,
	"docs/guides/role-delivery.md":            1,
	"docs/guides/presigned-urls.md":           1,
	"docs/guides/authentication.md":           1,
	"docs/guides/tenants-regions-accounts.md": 1,
	"docs/guides/consuming-deliveries.md":     1,
	"docs/guides/security.md":                 1,
	"docs/guides/testing.md":                  1,
	"docs/guides/troubleshooting.md":          1,
	"docs/guides/voicebase-reference.md":      0,
	"docs/guides/before-the-first-call.md":    0, // parts, which the pages of the objects show whole
	"docs/guides/migration.md":                0, // its blocks are tried by TestAccMigration
}

var pasted = regexp.MustCompile("(?s)```(?:terraform|hcl)\n(.*?)```")

// section is the HCL of a section of a page.
type section struct{ title, code string }

// configurations returns the configurations of a page: the code of a section is a whole one when it says which
// providers are required. That of other sections shows a part, or adds to the first whole one.
func configurations(page string) (whole, parts []section) {
	for _, text := range strings.Split(page, "\n## ") {
		title, _, _ := strings.Cut(text, "\n")
		var code []string
		for _, match := range pasted.FindAllStringSubmatch(text, -1) {
			code = append(code, strings.TrimSpace(match[1])+"\n")
		}
		found := section{title, strings.Join(code, "\n")}
		switch {
		case len(code) == 0:
		case strings.Contains(found.code, "required_providers"):
			whole = append(whole, found)
		default:
			parts = append(parts, found)
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
		name, err := filepath.Rel(root, guide)
		if err != nil {
			t.Fatal(err)
		}
		if whole, _ := configurations(read(t, guide)); len(whole) != pages[filepath.ToSlash(name)] {
			t.Errorf("%s has %d whole configurations, and %d are tried", name, len(whole), pages[filepath.ToSlash(name)])
		}
	}
}

// TestAccPages pastes each whole configuration of a page, applies it and destroys it, with nothing but the environment
// that the page tells the reader to set.
func TestAccPages(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for name := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole, parts := configurations(read(t, filepath.Join(repository(t), filepath.FromSlash(name))))
			checkFormat(t, append(parts, whole...))
			for _, configuration := range whole {
				if !slices.Contains(additive, filepath.Base(name)) { // TestAccPages_added pastes these, each with more.
					paste(t, a, nil, localized(a, configuration.code))
				}
			}
		})
	}
}

// TestAccPages_otherCLI is TestAccPages with OpenTofu where that has Terraform, and the other way round.
func TestAccPages_otherCLI(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for name, count := range pages {
		if count == 0 || slices.Contains(additive, filepath.Base(name)) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			whole, _ := configurations(read(t, filepath.Join(repository(t), filepath.FromSlash(name))))
			for _, configuration := range whole {
				paste(t, a, (*acctest.CLI).UseOther, localized(a, configuration.code))
			}
		})
	}
}

// paste tries a configuration with the CLI that the tests run with, or with the one that choose takes.
func paste(t *testing.T, a *acctest.AWS, choose func(*acctest.CLI, *testing.T), configuration string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	cli := acctest.NewCLIIn(t, dir)
	customer(cli, a)
	if choose != nil {
		choose(cli, t)
	}
	for _, command := range [][]string{
		{"validate", "-no-color"},
		{"apply", "-auto-approve", "-no-color"},
		{"output", "-json"},
		{"destroy", "-auto-approve", "-no-color"},
	} {
		out := cli.Run(t, command...)
		if wanted := strings.Contains(configuration, "output \"callback_json\""); command[0] == "output" && wanted && !strings.Contains(out, `\"callbacks\"`) {
			t.Errorf("no output is the configuration: %s", out)
		}
	}
}

// localized replaces the pages' principals and accounts by those of the local AWS.
func localized(a *acctest.AWS, code string) string {
	return strings.NewReplacer(guideVoiceBase, a.VoiceBaseARN(), "123456789012", a.CustomerAccountID(), "210987654321", a.OtherAccountID()).Replace(code)
}

// TestAccPages_mocked runs the test file of the page on testing, without credentials.
func TestAccPages_mocked(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t)
	whole, parts := configurations(read(t, filepath.Join(repository(t), "docs", "guides", "testing.md")))
	dir := t.TempDir()
	write(t, filepath.Join(dir, "main.tf"), whole[0].code)
	write(t, filepath.Join(dir, "mocked.tftest.hcl"), parts[0].code)
	out := acctest.NewCLIIn(t, dir).Run(t, "test", "-no-color")
	if !strings.Contains(out, "Success! 2 passed") {
		t.Error(out)
	}
}

// checkFormat holds that code is as terraform fmt writes it.
func checkFormat(t *testing.T, sections []section) {
	t.Helper()
	dir := t.TempDir()
	for i, section := range sections {
		write(t, filepath.Join(dir, fmt.Sprintf("section%d.tf", i)), section.code)
	}
	acctest.NewCLIIn(t, dir).Run(t, "fmt", "-check", "-diff")
}
