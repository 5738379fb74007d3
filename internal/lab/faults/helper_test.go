//go:build faults

package faults_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// managedPolicy makes a policy that is deleted after the test.
func managedPolicy(t *testing.T, a *acctest.AWS) string {
	t.Helper()
	name, document := acctest.RandomName("acc-boundary-"), `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	made, err := a.IAM().CreatePolicy(t.Context(), &iam.CreatePolicyInput{PolicyName: &name, PolicyDocument: &document})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := a.IAM().DeletePolicy(context.Background(), &iam.DeletePolicyInput{PolicyArn: made.Policy.Arn}); err != nil {
			t.Error(err)
		}
	})
	return *made.Policy.Arn
}

// blamed finds the object in what the CLI says of a provider that breaks its promise.
var blamed = regexp.MustCompile(`voicebase_\w+\.\w+`)

// problemsOf runs a command and returns its errors by the objects' addresses, and, of a plan, what it would change.
func problemsOf(t *testing.T, cli *acctest.CLI, command string, args ...string) map[string]string {
	t.Helper()
	out, err := cli.Command(t, append([]string{command, "-json"}, args...)...).Output()
	if exit := (&exec.ExitError{}); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		var message struct {
			Type       string `json:"type"`
			Diagnostic struct {
				Severity, Summary, Detail, Address string
			} `json:"diagnostic"`
			Change struct {
				Action   string
				Resource struct{ Addr string }
			} `json:"change"`
		}
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		switch {
		case message.Type == "diagnostic" && message.Diagnostic.Severity == "error":
			d := message.Diagnostic
			found[cmp.Or(d.Address, blamed.FindString(d.Detail))] += d.Summary + ": " + d.Detail
		case command == "plan" && message.Type == "planned_change":
			found[message.Change.Resource.Addr] += "the plan would " + message.Change.Action
		}
	}
	return found
}
