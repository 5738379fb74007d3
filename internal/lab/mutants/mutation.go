package main

import (
	"fmt"
	"strings"
)

// mutation is one small change of the code, which a test should notice.
type mutation struct {
	id int
	// key says which one it is in a way that outlives edits elsewhere: file, function, kind and text.
	file, function, kind, text string
	line                       int
	// The change is made by what is written before and after the text between two offsets.
	start, end    int
	before, after string
	// pattern is that of the tests that pass it, "" for all tests.
	pattern string
	state   state
}

type state string

const (
	killed    state = "killed"
	lived     state = "lived"
	unreached state = "unreached"
)

func (m *mutation) key() string {
	return strings.Join([]string{m.file, m.function, m.kind, m.text}, "\t")
}

func (m *mutation) String() string {
	return fmt.Sprintf("%s:%d %s: %s: %s", m.file, m.line, m.function, m.kind, m.text)
}
