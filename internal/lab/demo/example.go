package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// lockFile is where init writes down which provider it chose; the CLI has no setting to write it elsewhere.
const lockFile = ".terraform.lock.hcl"

// example is one of the configurations under examples/, worked on where it is. Its state and the CLI's working
// data live in the workspace.
type example struct {
	name string
	dir  string
	data string
	cli  string
	env  []string
	lock []byte
	vars []string
}

func (w *workspace) example(name, cli string, aws *localAWS, vars ...string) (*example, error) {
	e := &example{name: name, dir: filepath.Join(w.root, "examples", name), data: w.path(name), cli: cli}
	// A socket's path may have about 100 bytes; a relative one is short wherever the clone is.
	tmp, err := filepath.Rel(e.dir, w.tmp())
	if err != nil {
		return nil, err
	}
	e.env = append(w.environment(), aws.environment()...)
	e.env = append(e.env, "TMPDIR="+tmp, "TF_DATA_DIR="+e.data)
	for _, v := range vars {
		e.vars = append(e.vars, "-var="+v)
	}
	return e, e.putLockAside()
}

// putLockAside keeps a lock file that the user has here, of the published provider.
func (e *example) putLockAside() error {
	lock, err := os.ReadFile(filepath.Join(e.dir, lockFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	e.lock = lock
	return errors.Join(err, os.Remove(filepath.Join(e.dir, lockFile)))
}

// leave gives the folder back as it was.
func (e *example) leave() error {
	path := filepath.Join(e.dir, lockFile)
	if e.lock != nil {
		return os.WriteFile(path, e.lock, 0o600)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (e *example) init(ctx context.Context) error {
	_, err := e.run(ctx, "init", "-no-color")
	return err
}

func (e *example) apply(ctx context.Context) error {
	_, err := e.run(ctx, e.withVars("apply", "-auto-approve", "-no-color", e.state())...)
	return err
}

// planIsEmpty plans once more and reports whether there is nothing to do, with what the CLI said.
func (e *example) planIsEmpty(ctx context.Context) (bool, string, error) {
	out, err := e.run(ctx, e.withVars("plan", "-no-color", "-detailed-exitcode", e.state())...)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 {
		return false, out, nil
	}
	return err == nil, out, err
}

func (e *example) destroy(ctx context.Context) error {
	_, err := e.run(ctx, e.withVars("destroy", "-auto-approve", "-no-color", e.state())...)
	return err
}

// output is the value of one output, sensitive or not.
func (e *example) output(ctx context.Context, name string) (string, error) {
	return e.run(ctx, "output", "-raw", "-no-color", e.state(), name)
}

func (e *example) state() string { return "-state=" + e.statePath() }

// statePath keeps clear of the CLI's own terraform.tfstate in its data folder, which is about backends.
func (e *example) statePath() string { return filepath.Join(e.data, "example.tfstate") }

func (e *example) withVars(args ...string) []string { return append(args, e.vars...) }

// run runs a command of the CLI and returns what it printed; a failing one's output is part of the error.
func (e *example) run(ctx context.Context, args ...string) (string, error) {
	command := harness.Child(ctx, e.cli, args...)
	command.Dir, command.Env = e.dir, e.env
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := harness.Run(ctx, command); err != nil {
		return stdout.String(), fmt.Errorf("%s %s in examples/%s: %w\n%s%s", filepath.Base(e.cli), args[0], e.name, err, stdout.String(), stderr.String())
	}
	return stdout.String(), nil
}
