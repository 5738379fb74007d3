package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

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
	file := s.program + ".reached"
	start := time.Now()
	s.limit = 10 * time.Minute
	if output, err := s.run(ctx, mutant.Reached+"="+file); err != nil {
		return fmt.Errorf("the tests fail without a mutant: %w\n%s", err, output)
	}
	s.limit = max(10*time.Second, 10*time.Since(start))
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	passed := map[int]bool{}
	for ; len(text) > 0; text = text[4:] {
		passed[int(binary.LittleEndian.Uint32(text))] = true
	}
	for _, m := range mutations {
		if !passed[m.id] {
			m.state = unreached
		}
	}
	return nil
}

// try runs the tests with one mutant alive.
func (s *suite) try(ctx context.Context, m *mutation) {
	if _, err := s.run(ctx, fmt.Sprintf("%s=%d", mutant.Alive, m.id)); err != nil {
		m.state = killed
		return
	}
	m.state = lived
}

func (s *suite) run(ctx context.Context, variable string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, s.limit)
	defer cancel()
	command := exec.CommandContext(ctx, s.program, "-test.failfast", "-test.run", s.pattern)
	command.Dir = s.folder
	command.Env = append(os.Environ(), variable, "GOFLAGS="+s.flags)
	command.WaitDelay = time.Second
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	return output.Bytes(), err
}
