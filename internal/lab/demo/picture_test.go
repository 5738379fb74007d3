package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// committed is the picture in the README.
var committed = filepath.Join("..", "..", "..", ".github", "demo.svg")

// drawn are the lines of text in a picture.
func drawn(t *testing.T, picture string) []string {
	t.Helper()
	var lines []string
	decoder, inside := xml.NewDecoder(strings.NewReader(picture)), false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "text" {
				inside, lines = true, append(lines, "")
			}
		case xml.EndElement:
			inside = inside && token.Name.Local != "text"
		case xml.CharData:
			if inside {
				lines[len(lines)-1] += string(token)
			}
		}
	}
}

// TestPicture_committed holds that the picture in the README is what this code draws, without a credential in it. That
// today's demo prints its lines is held by make picture-check.
func TestPicture_committed(t *testing.T) {
	text, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	lines := drawn(t, string(text))
	if len(lines) < 30 || svg(lines) != string(text) {
		t.Errorf("%d lines; run make picture", len(lines))
	}
	if secret := regexp.MustCompile(`AKIA|ASIA|X-Amz-|https?://127`).FindString(strings.Join(lines, "\n")); secret != "" {
		t.Errorf("the picture has %s in it", secret)
	}
	readme, err := os.ReadFile(filepath.Join("..", "..", "..", "README.md"))
	if err != nil || !strings.Contains(string(readme), ".github/demo.svg") {
		t.Errorf("the README does not show it: %v", err)
	}
}

var longWord = "arn:aws:s3:::" + strings.Repeat("n", 101)

var printed = `
== Pre-signed URLs: examples/presigned-url
  VOICEBASE DELIVERS  EXPECTED  GOT
== Role assumption: examples/role-assumption

  CREATED
  voicebase_delivery_role.voicebase  arn:aws:iam::000000000000:role/voicebase-delivery-20261126051012984454b708a2

  VOICEBASE DELIVERS  EXPECTED  GOT  ` + `
  a <b> & c           200       200  ok

== Failures that the check finds: examples/checked-delivery

1. First

2. Second, of role/voicebase-20261126051012984454b708a2
   error: a finding that is too long for one line of the picture, which is why it is broken between two of its words, and ` + longWord + ` has a long word
  a delivery gets 403 AccessDenied  ok

3. Third
`

func TestPicture_excerpt(t *testing.T) {
	lines, err := excerpt(printed)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"$ make demo",
		"",
		"  VOICEBASE DELIVERS  EXPECTED  GOT",
		"  a <b> & c           200       200  ok",
		"",
		"Second, of role/voicebase-…",
		"   error: a finding that is too long for one line of the picture, which is why it is broken between two of its",
		"     words, and",
		"     " + longWord,
		"     has a long word",
		"  a delivery gets 403 AccessDenied  ok",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s", strings.Join(lines, "\n"))
	}
	if got := drawn(t, svg(lines)); !slices.Equal(got, want) {
		t.Errorf("drawn\n%s", strings.Join(got, "\n"))
	}
	if _, err := excerpt(strings.Replace(printed, "2. Second", "Second", 1)); err == nil {
		t.Error("an output without the failure has a picture")
	}
}

func TestPicture_check(t *testing.T) {
	file := filepath.Join(t.TempDir(), "demo.svg")
	if err := keepPicture(file, printed, false); err != nil {
		t.Fatal(err)
	}
	another := strings.Replace(printed, "-20261126051012984454b708a2", "-20270101000000000000abcdef", 2)
	if err := keepPicture(file, another, true); err != nil {
		t.Errorf("another run: %v", err)
	}
	if err := keepPicture(file, strings.Replace(printed, "403", "200", 1), true); err == nil {
		t.Error("another answer is not noticed")
	}
}
