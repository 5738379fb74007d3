//go:build faults

package faults_test

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// Each call of a delivery fails for good, by a fault that no further attempt mends, or with the attempts used up. The
// command says so on the object, and what it leaves, the next command completes.
func TestAccLastingFaults(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t).RequireLocal(t)
	found := recorded(t)
	struck := new(atomic.Int64)
	t.Cleanup(func() { t.Logf("counted: faults that last: %d", struck.Load()) })
	usedUp := []string{"500 after the work", "reset after the work", "half an answer after the work"}
	for _, fault := range each(func(f acctest.NamedFault) bool { return lasting(f) || slices.Contains(usedUp, f.Name) }) {
		t.Run(fault["s3"].Name, func(t *testing.T) {
			t.Parallel()
			t.Run("apply", func(t *testing.T) {
				t.Parallel()
				l := newLastingFaults(t, fault, struck)
				for _, call := range found.apply {
					l.strike(t, call, "apply", "-auto-approve")
					l.forget(t, call)
				}
				l.cli.Run(t, "apply", "-auto-approve", "-no-color")
				l.cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
			})
			t.Run("plan and destroy", func(t *testing.T) {
				t.Parallel()
				l := newLastingFaults(t, fault, struck)
				l.cli.Run(t, "apply", "-auto-approve", "-no-color")
				for _, call := range found.read {
					l.strike(t, call, "plan")
				}
				l.cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
				for _, call := range found.destroy {
					l.strike(t, call, "destroy", "-auto-approve")
				}
			})
		})
	}
}

type lastingFaults struct {
	a      *acctest.AWS
	cli    *acctest.CLI
	name   string
	fault  map[string]acctest.NamedFault
	struck *atomic.Int64
}

// newLastingFaults prepares a delivery, which is destroyed after the test.
func newLastingFaults(t *testing.T, fault map[string]acctest.NamedFault, struck *atomic.Int64) *lastingFaults {
	t.Helper()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-faults-")
	timeouts := ""
	if fault["s3"].Wire == acctest.Hang {
		timeouts = "timeouts {\n    create = \"5s\"\n    read   = \"5s\"\n    delete = \"5s\"\n  }"
	}
	cli := acctest.NewCLI(t, a.Provider("max_retries = 2")+resources(name, timeouts))
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve", "-no-color") })
	return &lastingFaults{a: a, cli: cli, name: name, fault: fault, struck: struck}
}

// strike runs a command in which each attempt of a call fails, and looks at its one error.
func (l *lastingFaults) strike(t *testing.T, call acctest.Call, command ...string) {
	t.Helper()
	fault, came := l.fault[call.Service].Fault, new(atomic.Int64)
	fault.Strike = func() { came.Add(1) }
	l.a.Fail(call.Action, fault)
	if call.Action == "PutPublicAccessBlock" {
		l.a.Fail("GetPublicAccessBlock", fault) // Else a create that is refused sees that public access is blocked already.
	}
	problems := problemsOf(t, l.cli, command[0], command[1:]...)
	l.a.ClearFaults()
	if came.Load() == 0 {
		t.Errorf("%s was not called in %v", call.Action, command)
		return
	}
	l.struck.Add(1)
	address := addressOf(call)
	if command[0] == "destroy" {
		address = "" // The CLI tells of no address when there is no configuration to point at.
	}
	problem := problems[address]
	if problem == "" || len(problems) != 1 {
		t.Errorf("%s in %s: want one error on %q, got %v", call.Action, command[0], address, problems)
		return
	}
	for _, want := range l.told(call) {
		if !strings.Contains(problem, want) {
			t.Errorf("%s in %s: no %q in %s", call.Action, command[0], want, problem)
		}
	}
}

// told is what an error has to say.
func (l *lastingFaults) told(call acctest.Call) []string {
	fault := l.fault[call.Service]
	want := []string{"Unable to ", "Name: " + l.name}
	switch {
	case fault.Wire == acctest.Hang:
		want = append(want, "timeouts")
	case call.Action != "HeadBucket" && fault.Wire == acctest.Arrives: // The answer to a HEAD has no body.
		want = append(want, "AWS error code: "+fault.Code, "Request ID: INJECTED")
	}
	return want
}

// forget takes away what a create has made whose answer was lost for good, after the next apply has said that it is
// there.
func (l *lastingFaults) forget(t *testing.T, call acctest.Call) {
	t.Helper()
	if l.fault[call.Service].Before || (call.Action != "CreateBucket" && call.Action != "CreateRole") {
		return
	}
	problem := problemsOf(t, l.cli, "apply", "-auto-approve")[addressOf(call)]
	if !strings.Contains(problem, fmt.Sprintf("%q already exists", l.name)) || !importCommand.MatchString(problem) {
		t.Errorf("%s was carried out, and its answer lost: want an error that says what exists, got %q", call.Action, problem)
	}
	var err error
	if call.Action == "CreateBucket" {
		_, err = l.a.S3("us-east-1").DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: &l.name})
	} else {
		_, err = l.a.IAM().DeleteRole(t.Context(), &iam.DeleteRoleInput{RoleName: &l.name})
	}
	if err != nil {
		t.Error(err)
	}
}
