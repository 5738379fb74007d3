package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

// report prints the demo's tables and counts the checks that failed.
type report struct {
	out     io.Writer
	checked int
	failed  int
}

// check is one line: what was tried, what AWS should answer, what it answered.
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
		rows = append(rows, []string{c.attempt.Name, standin.Attempt{Status: c.status, Code: c.code}.Answer(), c.attempt.Answer(), r.verdict(c.ok())})
	}
	r.table(rows)
}

// holds is a line of its own: something that must be so.
func (r *report) holds(ok bool, format string, args ...any) {
	r.table([][]string{{fmt.Sprintf(format, args...), r.verdict(ok)}})
}

func (r *report) verdict(ok bool) string {
	r.checked++
	if ok {
		return "ok"
	}
	r.failed++
	return "FAILED"
}
