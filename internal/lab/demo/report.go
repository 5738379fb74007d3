package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

// report prints the demo's tables and remembers whether every line was as it should be.
type report struct {
	out    io.Writer
	lines  int
	failed int
}

// check is one line: what was tried, what AWS should say to it, what it said.
type check struct {
	attempt standin.Attempt
	status  int
	code    string
}

func (c check) ok() bool {
	return c.attempt.Err == nil && c.attempt.Status == c.status && c.attempt.Code == c.code
}

func (r *report) title(format string, args ...any) {
	fmt.Fprintf(r.out, "\n== "+format+"\n\n", args...)
}

func (r *report) note(format string, args ...any) { fmt.Fprintf(r.out, format+"\n", args...) }

// table prints rows of the same number of columns, the first of them the heading.
func (r *report) table(rows [][]string) {
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, "  "+strings.Join(row, "\t"))
	}
	_ = w.Flush()
}

func (r *report) checks(heading string, checks []check) {
	rows := [][]string{{heading, "EXPECTED", "GOT", ""}}
	for _, c := range checks {
		rows = append(rows, []string{c.attempt.Name, answer(c.status, c.code), got(c.attempt), r.verdict(c.ok())})
	}
	r.table(rows)
}

// holds is a line of its own: something that must be so.
func (r *report) holds(ok bool, format string, args ...any) {
	r.table([][]string{{fmt.Sprintf(format, args...), r.verdict(ok)}})
}

func (r *report) verdict(ok bool) string {
	r.lines++
	if ok {
		return "ok"
	}
	r.failed++
	return "NOT AS IT SHOULD BE"
}

func got(a standin.Attempt) string {
	if a.Err != nil {
		return "no answer: " + a.Err.Error()
	}
	return answer(a.Status, a.Code)
}

func answer(status int, code string) string {
	if code == "" {
		return fmt.Sprint(status)
	}
	return fmt.Sprintf("%d %s", status, code)
}
