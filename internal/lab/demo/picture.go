package main

import (
	"errors"
	"fmt"
	"html"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The picture's measures: columns in characters, the rest in pixels. A character is 7.8 pixels wide.
const (
	columns     = 112
	textWidth   = 880
	lineHeight  = 18
	margin      = 20
	titleHeight = 34
)

// keepPicture writes the picture of what the demo printed, or compares it with the one that is there.
func keepPicture(file, printed string, check bool) error {
	lines, err := excerpt(printed)
	if err != nil {
		return err
	}
	picture := svg(lines)
	if !check {
		return os.WriteFile(file, []byte(picture), 0o600)
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if string(kept) != picture {
		return fmt.Errorf("%s shows an output that the demo no longer prints: run make picture and commit it", file)
	}
	return nil
}

// generated is the end of a generated name, which differs from run to run.
var generated = regexp.MustCompile(`-20[0-9a-f]{24}\b`)

// excerpt is the part of the demo that says most: deliveries by the role, what is refused, and one failure that the
// check finds. It leaves out what differs from run to run.
func excerpt(printed string) ([]string, error) {
	role, failures, found := strings.Cut(printed, "\n== Failures")
	_, role, foundRole := strings.Cut(role, "\n== Role assumption")
	_, role, foundDeliveries := strings.Cut(role, "\n  VOICEBASE DELIVERS")
	_, failure, foundFailure := strings.Cut(failures, "\n2. ")
	failure, _, foundEnd := strings.Cut(failure, "\n\n")
	if !found || !foundRole || !foundDeliveries || !foundFailure || !foundEnd {
		return nil, errors.New("the demo's output has changed: the picture's part is not in it")
	}
	text := "$ make demo\n\n  VOICEBASE DELIVERS" + role + "\n" + failure
	var lines []string
	for _, line := range strings.Split(generated.ReplaceAllString(text, "-…"), "\n") {
		lines = append(lines, wrap(strings.TrimRight(line, " "))...)
	}
	return lines, nil
}

// wrap breaks a line that is too long, between words, and indents the rest. A word that is longer than a line stays whole.
func wrap(line string) []string {
	var lines []string
	for utf8.RuneCountInString(line) > columns {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		at := strings.LastIndex(string([]rune(line)[:columns]), " ")
		if at < indent {
			if at = indent + strings.Index(line[indent:], " "); at < indent {
				break
			}
		}
		lines, line = append(lines, line[:at]), "     "+strings.TrimSpace(line[at:])
	}
	return append(lines, line)
}

// heading is a table's first line; verdict is the "ok" at a line's end.
var (
	heading = regexp.MustCompile(`^  [A-Z]{3,}|^\$ `)
	verdict = regexp.MustCompile(`^(.* )(ok)$`)
)

// svg draws lines as a terminal shows them, in the colors of the reader's light or dark mode.
func svg(lines []string) string {
	width := margin*2 + textWidth
	height := titleHeight + margin + len(lines)*lineHeight
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-labelledby="title">
<title id="title">Output of make demo: VoiceBase delivers with the role, and everything else is refused</title>
<style>
.frame { fill: #f6f8fa; stroke: #d0d7de }
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328; white-space: pre }
.heading { font-weight: bold }
.ok { fill: #1a7f37 }
@media (prefers-color-scheme: dark) {
  .frame { fill: #161b22; stroke: #30363d }
  text { fill: #e6edf3 }
  .ok { fill: #3fb950 }
}
</style>
<rect class="frame" x="0.5" y="0.5" width="%d" height="%d" rx="6"/>
`, width, height, width-1, height-1)
	for i, line := range lines {
		class, text := "", html.EscapeString(line)
		if heading.MatchString(line) {
			class = ` class="heading"`
		}
		text = verdict.ReplaceAllString(text, `$1<tspan class="ok">$2</tspan>`)
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" xml:space=\"preserve\"%s>%s</text>\n", margin, titleHeight+i*lineHeight, class, text)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
