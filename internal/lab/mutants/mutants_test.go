package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMutants mutates a small package of its own: some mutants must die and some live, each kind among them.
func TestMutants(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module " + module + "\n\ngo 1.26\n",
		"internal/sample/sample.go": `package sample

import "strings"

type pair struct{ a, b int }

func Name(first, second string) string {
	var p struct{ first, second string }
	p.first = strings.ToLower(first)
	p.second = second
	names := []*string{&p.first, &p.second}
	if strings.HasSuffix(p.first, "x") || strings.EqualFold(join(p.first, p.second), "a-b") {
		return *names[len(names)-1]
	}
	return p.first
}

func join(a, b string) string { return a + "-" + b }

func Sum(values []int, limit int, verbose bool) (int, error) {
	sum := 0
	for _, v := range values {
		if v < 0 || v == 7 {
			continue
		}
		sum += v
	}
	switch {
	case sum > limit:
		sum = limit
	}
	if verbose {
		sum += 0
	}
	p := pair{a: sum, b: 2}
	return p.a + 1, nil
}

func untried() int { return 3 }
`,
		"internal/sample/sample_test.go": `package sample

import "testing"

func TestName(t *testing.T) {
	for _, test := range [][3]string{{"A", "b", "b"}, {"a", "B", "B"}, {"XA", "c", "xa"}, {"ax", "c", "c"}} {
		if got := Name(test[0], test[1]); got != test[2] {
			t.Errorf("%v: %s", test, got)
		}
	}
}

func TestSum(t *testing.T) {
	for _, test := range []struct{ values []int; want int }{
		{[]int{1, 2}, 4}, {[]int{1, -2, 7}, 2}, {[]int{0, 9}, 10}, {[]int{5, 6}, 11},
	} {
		if got, _ := Sum(test.values, 10, false); got != test.want {
			t.Errorf("%v: %d", test.values, got)
		}
	}
}
`,
	} {
		write(t, filepath.Join(root, name), text)
	}
	helper, err := os.ReadFile("mutant/mutant.go")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "internal/lab/mutants/mutant/mutant.go"), string(helper))
	folder := filepath.Join(t.TempDir(), "sample")
	mutations, err := tryPackage(t.Context(), root, "sample", folder)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"killed: left out: continue",
		"killed: left out: sum = limit",
		"killed: left out: sum += v",
		"killed: nothing for field a: sum",
		"killed: nothing for loop over: values",
		"killed: one more than: 1",
		"killed: operand false: v == 7",
		"killed: call left out of: strings.ToLower(first)",
		"killed: into second for: p.first",
		"killed: second for: p.first",
		"killed: exactly: strings.EqualFold(join(p.first, p.second), \"a-b\")",
		"killed: anywhere: strings.HasSuffix(p.first, \"x\")",
		"killed: other text: \"a-b\"",
		"killed: next argument for: p.first",
		"killed: less than: 1",
		"killed: without &p.second in: []*string{&p.first, &p.second}",
		"lived: without &p.first in: []*string{&p.first, &p.second}",
		"lived: edge of: sum > limit",
		"lived: edge of: v < 0",
		"lived: if false: verbose",
		"lived: if true: verbose",
		"lived: nothing for field b: 2",
		"unreached: left out: sum += 0",
		"unreached: nothing for return: 3",
	}
	var got []string
	for _, m := range mutations {
		got = append(got, string(m.state)+": "+m.kind+": "+m.text)
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("%q is not among\n%s", line, strings.Join(got, "\n"))
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSurvivors(t *testing.T) {
	t.Parallel()
	list := filepath.Join(t.TempDir(), "survivors.txt")
	write(t, list, "# Both mean the same.\na/a.go\tF\tif true\tx\na/a.go\tF\tif true\tx\na/a.go\tF\tif true\tgone\nb/b.go\tF\tif true\tnot tried\n")
	known, err := readSurvivors(list)
	if err != nil {
		t.Fatal(err)
	}
	of := func(text string, s state) *mutation {
		return &mutation{file: "a/a.go", function: "F", kind: "if true", text: text, state: s}
	}
	mutations := []*mutation{of("x", lived), of("x", unreached), of("gone", killed), of("new", lived)}
	got := strings.Join(known.compare([]string{"a"}, mutations), "\n")
	if !strings.Contains(got, "no test notices (lived) a/a.go:0 F: if true: new") || !strings.Contains(got, "remove it from the list: a/a.go: F: if true: gone") || strings.Count(got, "\n") != 1 {
		t.Errorf("got %s", got)
	}
	if err := known.write(list, []string{"a"}, mutations); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	want := "# Both mean the same.\na/a.go\tF\tif true\tx\na/a.go\tF\tif true\tx\nb/b.go\tF\tif true\tnot tried\n\n# NO REASON YET\na/a.go\tF\tif true\tnew\n"
	if string(text) != want {
		t.Errorf("got %s", text)
	}
	write(t, list, "a/a.go\tF\tif true\tx\n")
	if _, err := readSurvivors(list); err == nil {
		t.Error("a mutant without a reason is taken")
	}
}
