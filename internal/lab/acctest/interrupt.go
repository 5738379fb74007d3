package acctest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// Interrupted is a run of the CLI that somebody pressed Ctrl-C in.
type Interrupted struct {
	// Output is all that it printed, in one line.
	Output string
	took   time.Duration
}

// Interrupt runs a command and presses Ctrl-C once AWS has answered a call, such as s3.CreateBucket. The command must
// fail.
func (c *CLI) Interrupt(t *testing.T, a *AWS, call string, args ...string) Interrupted {
	t.Helper()
	var output strings.Builder
	command := c.Command(t, args...)
	command.Stdout, command.Stderr = &output, &output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if !a.WaitFor(call) {
		_ = command.Process.Kill()
		_ = command.Wait()
		t.Fatalf("%s was never called:\n%s", call, &output)
	}
	start := time.Now()
	if err := command.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err == nil {
		t.Errorf("it succeeded:\n%s", &output)
	}
	return Interrupted{Output: strings.Join(strings.Fields(strings.ReplaceAll(output.String(), "│", " ")), " "), took: time.Since(start)}
}

// patience is for a machine that is busy. What goes on retrying takes minutes.
const patience = 20 * time.Second

// Expect checks what the run says, that it was over soon, and that nothing new was begun after the last call.
func (i Interrupted) Expect(t *testing.T, a *AWS, last string, says ...string) {
	t.Helper()
	for _, text := range says {
		if !strings.Contains(i.Output, text) {
			t.Errorf("it does not say %q:\n%s", text, i.Output)
		}
	}
	if strings.Contains(i.Output, "StatusCode: 0") {
		t.Errorf("it says nothing to a reader:\n%s", i.Output)
	}
	if i.took > patience {
		t.Errorf("it took %s", i.took)
	}
	if calls := a.Actions(); calls[len(calls)-1] != last {
		t.Errorf("after %s it went on: %v", last, calls)
	}
}
