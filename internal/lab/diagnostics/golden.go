package diagnostics

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// File is the golden file, below the repository's root.
const File = "internal/provider/testdata/diagnostics.golden"

// Modes are the values of the environment variable that make test and make diagnostics set.
const (
	Variable = "VOICEBASE_DIAGNOSTICS"
	// Check fails on a diagnostic that the golden file does not have.
	Check = "check"
	// Update writes what was found into the golden file.
	Update = "update"
)

// Golden is the file's content: the diagnostics of each package's tests.
type Golden map[string]Set

// Compare returns an error that lists what the golden file does not have of a package's diagnostics.
func Compare(root, pkg string, found Set) error {
	golden, err := read(filepath.Join(root, File))
	if err != nil {
		return err
	}
	var unknown []string
	for _, text := range slices.Sorted(maps.Keys(found)) {
		if !golden[pkg][text] {
			unknown = append(unknown, text)
		}
	}
	if unknown == nil {
		return nil
	}
	return fmt.Errorf("%d diagnostics are not in %s. Edit their wording, then run make diagnostics.\n\n%s",
		len(unknown), File, strings.Join(unknown, "\n\n"))
}

// Merge writes a package's diagnostics into the golden file: in the place of those that it has when all of the
// package's tests ran, else beside them. Packages are tested side by side, so they take turns.
func Merge(root, pkg string, found Set, all bool) error {
	path := filepath.Join(root, File)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }()
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	golden, err := read(path)
	if err != nil {
		return err
	}
	if !all {
		maps.Copy(found, golden[pkg])
	}
	golden[pkg] = found
	return os.WriteFile(path, []byte(golden.String()), 0o600)
}

const heading = "## "

// String is the content of the file.
func (g Golden) String() string {
	var b strings.Builder
	b.WriteString("# Every diagnostic that the provider's tests saw, by package. make diagnostics writes this file.\n")
	for _, pkg := range slices.Sorted(maps.Keys(g)) {
		if len(g[pkg]) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s%s\n", heading, pkg)
		for _, text := range slices.Sorted(maps.Keys(g[pkg])) {
			fmt.Fprintf(&b, "\n%s\n", text)
		}
	}
	return b.String()
}

func read(path string) (Golden, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Golden{}, nil
	}
	return parse(string(content)), err
}

// parse reads what String writes: a diagnostic begins where a line is neither indented nor empty.
func parse(content string) Golden {
	golden := Golden{}
	var pkg string
	var text []string
	end := func() {
		if text != nil {
			golden[pkg][strings.TrimRight(strings.Join(text, "\n"), "\n")] = true
		}
		text = nil
	}
	for line := range strings.Lines(content) {
		line = strings.TrimSuffix(line, "\n")
		name, isHeading := strings.CutPrefix(line, heading)
		switch {
		case isHeading:
			end()
			pkg = name
			golden[pkg] = Set{}
		case strings.HasPrefix(line, "#"):
		case line != "" && line[0] != ' ':
			end()
			text = []string{line}
		case text != nil:
			text = append(text, line)
		}
	}
	end()
	return golden
}
