package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// deliberate is a mutant that was chosen, of code that the acceptance tests try, with the tests that are to notice it.
type deliberate struct {
	// mutated is the package that has the mutant, tests the one whose tests are run, pattern which of them.
	mutated, tests, pattern, key string
	// nth tells mutants of one key apart, from 0.
	nth int
}

// readBreaks reads a list: a line "# package pattern" names tests, the lines below it the mutants that they notice.
func readBreaks(path string) ([]deliberate, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all []deliberate
	var tests, pattern string
	seen := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		heading, isHeading := strings.CutPrefix(line, "# ")
		mutated, _, isKey := strings.Cut(line, "/")
		switch {
		case line == "":
		case isHeading:
			tests, pattern, _ = strings.Cut(heading, " ")
		case tests == "" || pattern == "" || !isKey || strings.Count(line, "\t") != 3:
			return nil, fmt.Errorf("%s:%d: expected a package and a pattern of tests, or a mutant below one", path, i+1)
		default:
			all = append(all, deliberate{mutated, tests, pattern, line, seen[line]})
			seen[line]++
		}
	}
	return all, nil
}

// tryBreaks runs, for each mutant of the list, the tests that are to notice it. only names packages, none for all.
func tryBreaks(ctx context.Context, path string, only []string) error {
	breaks, err := readBreaks(path)
	if err != nil {
		return err
	}
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "breaks")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	byBuild := map[[2]string][]deliberate{}
	for _, b := range breaks {
		if len(only) == 0 || slices.Contains(only, b.mutated) {
			key := [2]string{b.mutated, b.tests}
			byBuild[key] = append(byBuild[key], b)
		}
	}
	failed := 0
	for key, list := range byBuild {
		start := time.Now()
		missed, err := tryBuild(ctx, root, filepath.Join(folder, key[0]+"-"+key[1]), list)
		if err != nil {
			return err
		}
		fmt.Printf("%s by the tests of %s: %d of %d noticed, %s\n", key[0], key[1], len(list)-missed, len(list), time.Since(start).Round(time.Second))
		failed += missed
	}
	if failed > 0 {
		return fmt.Errorf("%d breaks are not noticed by the tests that %s names", failed, path)
	}
	return nil
}

// tryBuild tries the breaks of one package against the tests of one, and counts those that are not noticed.
func tryBuild(ctx context.Context, root, folder string, list []deliberate) (missed int, err error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return 0, err
	}
	code, err := instrument(root, list[0].mutated, folder)
	if err != nil {
		return 0, err
	}
	tests, err := build(ctx, root, list[0].tests, folder, code.overlay)
	if err != nil {
		return 0, err
	}
	found := map[string][]*mutation{}
	for _, m := range code.mutations {
		found[m.key()] = append(found[m.key()], m)
	}
	sound := map[string]suite{}
	for _, b := range list {
		if b.nth >= len(found[b.key]) {
			return 0, fmt.Errorf("there is no such mutant any more; choose another of that function: %s", strings.ReplaceAll(b.key, "\t", ": "))
		}
		m := found[b.key][b.nth]
		s, known := sound[b.pattern]
		if !known {
			s = tests
			s.pattern = b.pattern
			if err := s.reach(ctx, code.mutations); err != nil {
				return 0, err
			}
			sound[b.pattern] = s
		}
		if s.try(ctx, m); m.state != killed {
			missed++
			fmt.Printf("not noticed by %s: %s\n", b.pattern, m)
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
	return missed, nil
}
