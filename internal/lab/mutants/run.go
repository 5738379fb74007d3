package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/mutants/mutant"
)

// suite is the tests of one package, compiled with all mutants of that package.
type suite struct {
	program, folder string
	// flags are those of go for what the tests build themselves: the acceptance tests that run a CLI have a provider
	// of its own, which must have the mutants too.
	flags string
	// pattern is that of go test -run, "" for all tests.
	pattern string
	// limit is how long a mutant may run: many times what the tests take without one, so that only a loop
	// without end, or a wait for what never comes, is killed by it.
	limit time.Duration
}

func build(ctx context.Context, root, name, folder, overlay string) (suite, error) {
	s := suite{
		program: filepath.Join(folder, "tests"), folder: filepath.Join(root, "internal", name),
		flags: strings.TrimSpace(os.Getenv("GOFLAGS") + " -overlay=" + overlay),
	}
	command := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", s.program, "./internal/"+name)
	command.Dir = root
	if output, err := command.CombinedOutput(); err != nil {
		return s, fmt.Errorf("the tests of %s with mutants do not compile: %w\n%s", name, err, output)
	}
	return s, nil
}

// reach runs the tests without a mutant, and marks the mutations that no test passes.
func (s *suite) reach(ctx context.Context, mutations []*mutation) error {
	start := time.Now()
	s.limit = 10 * time.Minute
	passed, err := s.passed(ctx, s.pattern)
	if err != nil {
		return fmt.Errorf("the tests fail without a mutant: %w", err)
	}
	s.limit = max(10*time.Second, 10*time.Since(start))
	for _, m := range mutations {
		if !passed[m.id] {
			m.state = unreached
		}
	}
	return nil
}

// passed runs the tests of a pattern, and returns the numbers of the mutations that they pass.
func (s *suite) passed(ctx context.Context, pattern string) (map[int]bool, error) {
	file, err := os.CreateTemp(filepath.Dir(s.program), "reached")
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	if output, err := s.run(ctx, pattern, mutant.Reached+"="+file.Name()); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, output)
	}
	text, err := os.ReadFile(file.Name())
	if err != nil {
		return nil, err
	}
	passed := map[int]bool{}
	for ; len(text) > 0; text = text[4:] {
		passed[int(binary.LittleEndian.Uint32(text))] = true
	}
	return passed, nil
}

// reachEach finds which tests pass which mutations, so that a mutant costs a run of these alone.
func (s *suite) reachEach(ctx context.Context, mutations []*mutation) error {
	list, err := s.command(ctx, "-test.list", ".").Output()
	if err != nil {
		return err
	}
	names := strings.Fields(string(list))
	passed := make([]map[int]bool, len(names))
	group, groupContext := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() (err error) {
			passed[i], err = s.passed(groupContext, "^"+name+"$")
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("a test fails alone, without a mutant: %w", err)
	}
	for _, m := range mutations {
		var tests []string
		for i, name := range names {
			if passed[i][m.id] {
				tests = append(tests, name)
			}
		}
		if 0 < len(tests) && len(tests) < len(names)/2 {
			m.pattern = "^(" + strings.Join(tests, "|") + ")$"
		}
	}
	return nil
}

// try runs the tests with one mutant alive.
func (s *suite) try(ctx context.Context, m *mutation) {
	if _, err := s.run(ctx, cmp.Or(m.pattern, s.pattern), fmt.Sprintf("%s=%d", mutant.Alive, m.id)); err != nil {
		m.state = killed
		return
	}
	m.state = lived
}

func (s *suite) run(ctx context.Context, pattern, variable string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, s.limit)
	defer cancel()
	command := s.command(ctx, "-test.failfast", "-test.run", pattern)
	command.Env = append(os.Environ(), variable, "GOFLAGS="+s.flags)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	return output.Bytes(), err
}

func (s *suite) command(ctx context.Context, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, s.program, arguments...)
	command.Dir = s.folder
	command.WaitDelay = time.Second
	return command
}
