package main

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func TestRender(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"[[types]] {{ tffile }}": "`analytics`, `transcript` or `media` {{ tffile }}",
		"[[formats]]":            "`json`, `text`, `webvtt`, `srt` or `dfxp`",
		"[[streams]]":            "`original` or `redacted-audio`",
		"[[methods]]":            "`POST` or `PUT`",
		"[[lastRetry]]":          "15 h 45 min (56,700 s)",
		"[[contentTypes]]": "| type | format | Content-Type |\n| --- | --- | --- |\n" +
			"| `analytics` |  | `application/json` |\n" +
			"| `transcript` | `json` | `application/json` |\n" +
			"| `transcript` | `text` | `text/plain` |\n" +
			"| `transcript` | `webvtt` | `text/vtt` |\n" +
			"| `transcript` | `srt` | `text/srt` |\n" +
			"| `transcript` | `dfxp` | `application/ttaf+xml` |\n" +
			"| `media` |  | `application/octet-stream` |",
	} {
		if got, err := render(text); err != nil || got != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", text, err, got, want)
		}
	}
}

// TestRender_unknown refuses what is no fact, rather than to print it on a page.
func TestRender_unknown(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"[[colours]]", "[[types"} {
		if got, err := render(text); err == nil {
			t.Errorf("%s became %q", text, got)
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	to := t.TempDir()
	from := fstest.MapFS{
		"index.md.tmpl":   {Data: []byte("{{ .Description }}")},
		"guides/a.md":     {Data: []byte("[[methods]]\n")},
		"guides/sub/b.md": {Data: []byte("b\n")},
	}
	if err := fill(from, to); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"index.md.tmpl": "{{ .Description }}", "guides/a.md": "`POST` or `PUT`\n", "guides/sub/b.md": "b\n",
	} {
		if got, err := os.ReadFile(filepath.Join(to, path)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	if err := fill(fstest.MapFS{"guides/a.md": {Data: []byte("[[colours]]")}}, to); err == nil {
		t.Error("a page with an unknown fact was written")
	}
}
