package harness

import (
	"context"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// grace is how long a child may take to end after it was asked to.
const grace = 20 * time.Second

// Child prepares a command that ends with ctx. It gets a process group of its own, so that a Ctrl-C reaches it
// once, from here: the CLI takes a second interrupt as "stop at once", and would leave its providers behind.
func Child(ctx context.Context, path string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, path, args...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = grace
	return command
}

// Run runs a child to its end and takes whatever it started along. An interruption is the error, not what the
// child made of it.
func Run(ctx context.Context, command *exec.Cmd) error {
	err := command.Run()
	reap(command)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// reap ends what is left of a child's process group.
func reap(command *exec.Cmd) {
	if command.Process != nil {
		// ESRCH, the usual answer, says that nothing is left.
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
	}
}
