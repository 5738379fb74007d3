package acctest_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// fenced is a block of code on a page.
type fenced struct{ language, code string }

// section is a heading of a page with the blocks below it; "" is the page's beginning.
type section struct {
	page, title string
	blocks      []fenced
}

// of is the code of the section's blocks in a language.
func (s section) of(language string) string {
	var code []string
	for _, block := range s.blocks {
		if block.language == language {
			code = append(code, strings.TrimSpace(block.code)+"\n")
		}
	}
	return strings.Join(code, "\n")
}

// hcl is the section's configuration.
func (s section) hcl() string { return s.of("terraform") }

// whole reports whether the section's configuration says which providers are required, so it can be pasted alone.
func (s section) whole() bool { return strings.Contains(s.hcl(), "required_providers") }

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// sections are those of a page that have blocks.
func sections(t *testing.T, page string) []section {
	t.Helper()
	text := read(t, filepath.Join(repository(t), filepath.FromSlash(page)))
	if fences, blocks := strings.Count(text, "```")+strings.Count(text, "~~~"), len(fence.FindAllString(text, -1)); fences != 2*blocks {
		t.Fatalf("%s has %d fences, but %d blocks are read: begin each with ``` and its language, at the start of a line", page, fences, blocks)
	}
	var all []section
	for i, part := range strings.Split("\n"+text, "\n## ") {
		found := section{page: page}
		if i > 0 {
			found.title, _, _ = strings.Cut(part, "\n")
		}
		for _, match := range fence.FindAllStringSubmatch(part, -1) {
			found.blocks = append(found.blocks, fenced{match[1], match[2]})
		}
		if found.blocks != nil {
			all = append(all, found)
		}
	}
	return all
}

// pages are the README and all guides.
func pages(t *testing.T) []string {
	t.Helper()
	root := repository(t)
	guides, err := filepath.Glob(filepath.Join(root, "docs", "guides", "*.md"))
	if err != nil || len(guides) < 10 {
		t.Fatal(guides, err)
	}
	names := []string{"README.md"}
	for _, guide := range guides {
		names = append(names, guidePath(filepath.Base(guide)))
	}
	return names
}

func guidePath(guide string) string { return "docs/guides/" + guide }

// firstWhole is the first whole configuration of a page.
func firstWhole(t *testing.T, page string) (section, bool) {
	t.Helper()
	all := sections(t, page)
	if i := slices.IndexFunc(all, section.whole); i >= 0 {
		return all[i], true
	}
	return section{}, false
}

// trials are the sections of a page with what each makes. A block that no run takes fails the test.
func trials(t *testing.T, page string) []trial {
	t.Helper()
	first, hasFirst := firstWhole(t, page)
	var all []trial
	for _, section := range sections(t, page) {
		one := trial{section: section, exception: exceptions[page][section.title]}
		switch {
		case one.by != nil:
			if len(section.blocks) != one.count {
				t.Errorf("%s, %q: another test takes %d of %d blocks", page, section.title, one.count, len(section.blocks))
			}
		case one.base != "":
			base, found := firstWhole(t, guidePath(one.base))
			if !found {
				t.Fatalf("%s has no whole configuration", one.base)
			}
			one.configuration = join(base.hcl(), section.hcl())
		case section.whole():
			one.configuration = section.hcl()
		case hasFirst:
			one.configuration = join(first.hcl(), section.hcl())
		}
		for _, block := range section.blocks {
			switch {
			case one.by != nil, one.untried[block.language] != "":
			case one.configuration != "" && (block.language == "terraform" || block.language == "shell"):
			default:
				t.Errorf("%s, %q: no run takes the block of %s", page, section.title, block.language)
			}
		}
		all = append(all, one)
	}
	return all
}

// TestPages_complete holds that each block of README and guides is taken by a run, or listed with a reason, and that
// nothing is listed that is not there.
func TestPages_complete(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	for _, page := range pages(t) {
		for _, one := range trials(t, page) {
			listed[page+"#"+one.title] = true
		}
	}
	for page, ofPage := range exceptions {
		for title := range ofPage {
			if !listed[page+"#"+title] {
				t.Errorf("%s has no section %q with blocks", page, title)
			}
		}
	}
}

// TestAccPages pastes each section of README and guides, applies it and destroys it, with nothing but the environment
// that the page tells the reader to set: the pages side by side, and the sections of each in turn. make test-clients
// does so with OpenTofu.
func TestAccPages(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	elsewhere(t, a)
	// The group ends before the roles go.
	t.Run("pages", func(t *testing.T) {
		for _, page := range pages(t) {
			all := slices.DeleteFunc(trials(t, page), func(one trial) bool { return !one.runs() || one.besideAWS() })
			t.Run(page, func(t *testing.T) {
				t.Parallel()
				var code []string
				for _, one := range all {
					code = append(code, one.hcl())
				}
				checkFormat(t, code...)
				for _, one := range all {
					t.Run(one.title, func(t *testing.T) { one.run(t, a, nil) })
				}
			})
		}
	})
}

// TestAccPages_besideAWS tries the sections with resources of hashicorp/aws, with both CLIs.
func TestAccPages_besideAWS(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	tried := 0
	for _, page := range pages(t) {
		for _, one := range trials(t, page) {
			if !one.runs() || !one.besideAWS() {
				continue
			}
			tried++
			for name, choose := range map[string]func(*acctest.CLI, *testing.T){"CLI": nil, "other CLI": (*acctest.CLI).UseOther} {
				t.Run(one.title+", "+name, func(t *testing.T) {
					if one.validated != "" {
						t.Parallel() // It makes nothing.
					}
					one.run(t, a, choose)
				})
			}
		}
	}
	if tried == 0 {
		t.Error("no section has resources of hashicorp/aws: this test sees nothing")
	}
}

// TestAccPages_mocked runs the test file of the page on testing, without credentials.
func TestAccPages_mocked(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t)
	all := sections(t, guidePath("testing.md"))
	for name, choose := range map[string]func(*acctest.CLI, *testing.T){"CLI": nil, "other CLI": (*acctest.CLI).UseOther} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "main.tf"), all[0].hcl())
			write(t, filepath.Join(dir, "mocked.tftest.hcl"), all[1].hcl())
			cli := acctest.NewCLIIn(t, dir)
			if choose != nil {
				choose(cli, t)
			}
			out := cli.Run(t, "test", "-no-color")
			if !strings.Contains(out, "Success! 2 passed") {
				t.Error(out)
			}
		})
	}
}

// checkFormat holds that code is as terraform fmt writes it.
func checkFormat(t *testing.T, all ...string) {
	t.Helper()
	dir := t.TempDir()
	for i, code := range all {
		write(t, filepath.Join(dir, fmt.Sprintf("section%d.tf", i)), code)
	}
	acctest.NewCLIIn(t, dir).Run(t, "fmt", "-check", "-diff")
}
