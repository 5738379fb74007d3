package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// survivors are the mutants that may live, in the file in which each has a reason: after a line that begins with
// "# ", which is the reason, a line for each mutant, in its key's four columns.
type survivors struct {
	// count holds how many mutants a key is for: the same text may be in a function more than once.
	count  map[string]int
	reason map[string]string
}

func readSurvivors(path string) (survivors, error) {
	s := survivors{count: map[string]int{}, reason: map[string]string{}}
	text, err := os.ReadFile(path)
	if err != nil {
		return s, err
	}
	var reason string
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		switch {
		case line == "":
		case strings.HasPrefix(line, "# "):
			reason = strings.TrimPrefix(line, "# ")
		case reason == "" || strings.Count(line, "\t") != 3:
			return s, fmt.Errorf("%s:%d: expected a reason, or a mutant below one", path, i+1)
		default:
			s.count[line]++
			s.reason[line] = reason
		}
	}
	return s, nil
}

// compare says what is wrong with the list, after the packages that were tried: which mutants live that it does not
// have, and which it has that are dead or gone.
func (s survivors) compare(tried []string, mutations []*mutation) []string {
	living, first := map[string]int{}, map[string]*mutation{}
	for _, m := range mutations {
		if m.state != killed {
			living[m.key()]++
			first[m.key()] = cmp.Or(first[m.key()], m)
		}
	}
	var wrong []string
	for key, n := range living {
		if n > s.count[key] {
			wrong = append(wrong, fmt.Sprintf("no test notices (%s) %s", first[key].state, first[key]))
		}
	}
	for key, n := range s.count {
		folder, _, _ := strings.Cut(key, "/")
		if slices.Contains(tried, folder) && n > living[key] {
			wrong = append(wrong, "a test notices, so remove it from the list: "+strings.ReplaceAll(key, "\t", ": "))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// write writes the list anew: what is known keeps its reason, the rest has none yet.
func (s survivors) write(path string, tried []string, mutations []*mutation) error {
	const none = "NO REASON YET"
	byReason := map[string][]string{}
	for key, n := range s.count {
		if folder, _, _ := strings.Cut(key, "/"); !slices.Contains(tried, folder) {
			byReason[s.reason[key]] = append(byReason[s.reason[key]], slices.Repeat([]string{key}, n)...)
		}
	}
	for _, m := range mutations {
		if m.state != killed {
			reason := cmp.Or(s.reason[m.key()], none)
			byReason[reason] = append(byReason[reason], m.key())
		}
	}
	var text bytes.Buffer
	for _, reason := range slices.Sorted(maps.Keys(byReason)) {
		slices.Sort(byReason[reason])
		fmt.Fprintf(&text, "# %s\n%s\n\n", reason, strings.Join(byReason[reason], "\n"))
	}
	return os.WriteFile(path, append(bytes.TrimSpace(text.Bytes()), '\n'), 0o600)
}
