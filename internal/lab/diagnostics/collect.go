// Package diagnostics collects every error and warning that the provider gives while its tests run, those of its
// functions included, and holds them against one golden file. Wording is edited there first: side by side, a sentence that nobody would say stands out.
// The source is the tests' logs, in which terraform-plugin-go writes every diagnostic.
package diagnostics

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Set holds diagnostics in their normal form.
type Set map[string]bool

// Collect reads all logs below a folder, which need not exist.
func Collect(dir string) (Set, error) {
	found := Set{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		return found.read(bufio.NewScanner(file))
	})
	return found, err
}

var (
	start    = regexp.MustCompile(`^\d{4}-\d\d-\d\dT`)
	response = regexp.MustCompile(`\[(?:ERROR|WARN)\] .*: Response contains (?:(error|warning) diagnostic|function error):`)
)

// functionSummary is what Terraform puts above the error of a function, which is a single text.
const functionSummary = "Error in function call"

// read finds the records about diagnostics. A record goes on until the next line that begins with a time.
func (s Set) read(lines *bufio.Scanner) error {
	lines.Buffer(nil, 64<<20)
	var record []string
	for lines.Scan() {
		line := lines.Text()
		if start.MatchString(line) {
			s.add(record)
			record = nil
			if response.MatchString(line) {
				record = []string{line}
			}
		} else if record != nil {
			record = append(record, line)
		}
	}
	s.add(record)
	return lines.Err()
}

func (s Set) add(record []string) {
	if record == nil {
		return
	}
	severity := response.FindStringSubmatch(record[0])[1]
	if severity == "" {
		s[Normal("error", functionSummary, field(record, "function_error_text"))] = true
		return
	}
	s[Normal(severity, field(record, "diagnostic_summary"), field(record, "diagnostic_detail"))] = true
}

// field reads a value as hclog writes it: a word, a quoted text, or lines that begin with a bar below the name.
func field(record []string, name string) string {
	for i, line := range record {
		_, value, ok := strings.Cut(line, name+"=")
		if !ok {
			continue
		}
		if value == "" {
			return block(record[i+1:])
		}
		if quoted, err := strconv.QuotedPrefix(value); err == nil {
			if text, err := strconv.Unquote(quoted); err == nil {
				return text
			}
		}
		word, _, _ := strings.Cut(value, " ")
		return word
	}
	return ""
}

func block(lines []string) string {
	var text []string
	for _, line := range lines {
		rest, ok := strings.CutPrefix(line, "  | ")
		if !ok {
			break
		}
		text = append(text, rest)
	}
	return strings.Join(text, "\n")
}
