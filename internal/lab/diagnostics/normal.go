package diagnostics

import (
	"regexp"
	"slices"
	"strings"
)

// variable are the parts of a text that differ between two runs of the same test, or between two tests of the same
// diagnostic.
var variable = []replacement{
	{regexp.MustCompile(`(?m)^(Name|AWS error code|Request ID): .*$`), "$1: …"},
	// Which of two calls side by side fails first is a matter of chance, as is what the network says.
	{regexp.MustCompile(`(?i)(operation error \w+): .*`), "$1: …"},
	{regexp.MustCompile(`https?://(?:127\.0\.0\.1|localhost|\[::1\]):\d+\S*`), "https://…"},
	{regexp.MustCompile(`\barn:aws[a-z-]*:[^\s"',]+`), "arn:…"},
	{regexp.MustCompile(`\b(?:\d+h)?(?:\d+m)?\d+(?:\.\d+)?(?:ns|µs|ms|s)\b`), "<duration>"},
	{regexp.MustCompile(`(terraform import ADDRESS) .*`), "$1 …"},
	{regexp.MustCompile(`^- (inline|managed) policy .*`), "- $1 policy …"},
	{regexp.MustCompile(`\bA(?:RO|ID)A[A-Z0-9]{12,}\b`), "AROA…"},
	{regexp.MustCompile(`\bacc-[a-z0-9-]+\b`), "…"},
	{regexp.MustCompile(`\{".*\}`), "{…}"},
	{regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`), `"…"`},
	{regexp.MustCompile(`"…"(?:, "…")+`), `"…", "…"`},
	{regexp.MustCompile(`\[\d+\]`), "[n]"},
	{regexp.MustCompile(`\b\d{4,}\b`), "<n>"},
	{regexp.MustCompile(`(must be [\w -]+, and is|, got:) .*$`), "$1 …"},
}

// everywhere are those that depend on the time of a run, on lines about what is allowed too.
var everywhere = []replacement{
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`), "<time>"},
}

type replacement struct {
	pattern *regexp.Regexp
	normal  string
}

func replace(text string, all []replacement) string {
	for _, r := range all {
		text = r.pattern.ReplaceAllString(text, r.normal)
	}
	return text
}

// fixed are the lines that don't depend on what was given: what is allowed, and VoiceBase's code.
var fixed = regexp.MustCompile(`^Allowed: |\(error \d{5}\)$`)

// Normal is a diagnostic as the golden file has it.
func Normal(severity, summary, detail string) string {
	lines := strings.Split(detail, "\n")
	for i, line := range lines {
		line = replace(line, everywhere)
		if !fixed.MatchString(line) {
			line = replace(line, variable)
		}
		lines[i] = strings.TrimRight("    "+line, " ")
	}
	return severity + ": " + summary + "\n" + strings.Join(slices.Compact(lines), "\n")
}
