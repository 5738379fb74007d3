// Package usage is what a process used, as the meter writes it and the bench reads it.
package usage

import (
	"encoding/json"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// The meter's environment: the provider to start, and the folder for what it used.
const (
	ProviderVariable = "METER_PROVIDER"
	DirVariable      = "METER_DIR"
)

// Usage is what one or several processes used.
type Usage struct {
	// CPU is user and system time together.
	CPU time.Duration `json:"cpu"`
	// Memory is the peak of the resident set in bytes.
	Memory int64 `json:"memory"`
}

// Of reads what an ended process used, and those of its children that it waited for.
func Of(state *os.ProcessState) Usage {
	used := Usage{CPU: state.UserTime() + state.SystemTime()}
	if rusage, ok := state.SysUsage().(*syscall.Rusage); ok {
		used.Memory = rusage.Maxrss * maxrssUnit
	}
	return used
}

// Collect adds up what the meters wrote into a folder, and empties it. A CLI starts a provider several times: for
// its schema, and to work.
func Collect(dir string) (Usage, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return Usage{}, err
	}
	var sum Usage
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return Usage{}, err
		}
		var one Usage
		if err := json.Unmarshal(text, &one); err != nil {
			return Usage{}, err
		}
		sum.CPU += one.CPU
		sum.Memory = max(sum.Memory, one.Memory)
		if err := os.Remove(file); err != nil {
			return Usage{}, err
		}
	}
	return sum, nil
}
