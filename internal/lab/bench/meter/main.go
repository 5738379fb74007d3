// Command meter stands between the CLI and a provider: it starts the provider that METER_PROVIDER names, with all that
// it was given itself, and writes what the provider used into the folder METER_DIR. Neither side notices.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/bench/usage"
)

func main() {
	// An interrupt reaches the provider by itself, as it is of the same process group.
	signal.Ignore(os.Interrupt)
	err := run(os.Getenv(usage.ProviderVariable), os.Getenv(usage.DirVariable))
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		os.Exit(exit.ExitCode())
	case err != nil:
		fmt.Fprintln(os.Stderr, "meter:", err)
		os.Exit(1)
	}
}

func run(provider, dir string) error {
	command := exec.Command(provider, os.Args[1:]...) //nolint:noctx // It ends when the CLI asks it to.
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	ended := command.Run()
	state := command.ProcessState
	if state == nil {
		return ended
	}
	used := usage.Of(state)
	if _, ok := state.SysUsage().(*syscall.Rusage); !ok {
		return errors.New("this system does not tell what a process used")
	}
	text, err := json.Marshal(used)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(state.Pid())+".json"), text, 0o600); err != nil {
		return err
	}
	return ended
}
