// Package rules tests parsers by tables.
package rules

import (
	"strings"
	"testing"
)

// Table has a row for each value: the value, and what is part of its error, "" for a value that is taken.
type Table [][2]string

// Assert parses each row's value.
func Assert[T any](t *testing.T, parse func(string) (T, error), table Table) {
	t.Helper()
	for _, row := range table {
		value, want := row[0], row[1]
		_, err := parse(value)
		switch {
		case want == "" && err != nil:
			t.Errorf("%.40q: %v", value, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%.40q: got %v, want %q", value, err, want)
		}
	}
}
