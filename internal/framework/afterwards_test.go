package framework_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

var errThrottled = errors.New("throttled")

// stopped is what a call gives back whose context ends meanwhile.
func stopped(ctx context.Context) error {
	return awsclient.UntilConsistent(ctx, time.Minute, func(error) bool { return true }, func(context.Context) error { return errThrottled })
}

// TestAWSError_stopped says how to go on after each action that was stopped half-way.
func TestAWSError_stopped(t *testing.T) {
	t.Parallel()
	interrupted, interrupt := context.WithCancel(t.Context())
	interrupt()
	late, cancel := context.WithDeadline(t.Context(), time.Now())
	defer cancel()
	lost := func(err error) error { return &awsclient.MaybeDoneError{Err: err} }
	for _, test := range []struct {
		action string
		err    error
		want   string
	}{
		{framework.ActionCreate, stopped(interrupted), "Interrupted before the next attempt. The last attempt failed: throttled.\n\nTerraform was interrupted. Nothing has been created. Apply again.\n\nName: acme"},
		{framework.ActionCreate, lost(stopped(interrupted)), "Terraform was interrupted. AWS may have created it anyway"},
		{framework.ActionCreate, lost(errThrottled), "Throttled.\n\nAWS may have created it anyway: the answer was lost. If the next apply finds it, the error tells you how to import it.\n\n"},
		{framework.ActionCreate, errThrottled, "Throttled.\n\nName: acme"},
		{framework.ActionSetUp, stopped(interrupted), "Terraform was interrupted. It exists and is in state as tainted: the next apply replaces it."},
		{framework.ActionSetUp, stopped(late), "Timed out before the next attempt. The last attempt failed: throttled.\n\nThe operation reached its timeout. Increase it with `timeouts { create = \"…\" }` in the resource. It exists and is in state as tainted: the next apply replaces it."},
		{framework.ActionUpdate, stopped(late), "Increase it with `timeouts { update = \"…\" }` in the resource. The changes made so far are kept. The next apply makes the remaining ones."},
		{framework.ActionUpdate, lost(errThrottled), "Throttled.\n\nName: acme"},
		{framework.ActionDelete, lost(errThrottled), "Throttled.\n\nName: acme"},
		{framework.ActionDelete, stopped(interrupted), "What has been deleted so far is gone. The next destroy deletes the rest."},
		{framework.ActionRead, stopped(late), "`timeouts { read = "},
		{framework.ActionRead, stopped(interrupted), "Terraform was interrupted. Nothing has changed. Run the command again."},
		{framework.ActionCreate, lost(stopped(late)), "The operation reached its timeout. Increase it with `timeouts { create = \"…\" }` in the resource. AWS may have created it anyway"},
		{framework.ActionSetPermissions, stopped(late), "`timeouts { create = \"…\" }` in the resource. It exists and is in state as tainted"},
		{framework.ActionDelete, stopped(late), "`timeouts { delete = \"…\" }` in the resource. What has been deleted so far is gone."},
		{framework.ActionFind, stopped(late), "The operation reached its timeout. Nothing has changed. Run the command again.\n\nName: acme"},
		{framework.ActionSign, stopped(late), "The operation reached its timeout. Nothing has changed."},
		{framework.ActionList, stopped(interrupted), "Terraform was interrupted. Nothing has changed."},
		{framework.ActionFind, errThrottled, "Throttled.\n\nName: acme"},
	} {
		if got := framework.AWSError(test.action, "delivery role", "acme", test.err).Detail(); !strings.Contains(got, test.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", test.action, got, test.want)
		}
	}
	for err, stop := range map[error]string{
		lost(stopped(interrupted)): "Terraform was interrupted. ", lost(errThrottled): "",
		lost(stopped(late)): "The operation reached its timeout. Increase it with `timeouts { create = \"…\" }` in the resource. ",
	} {
		got := framework.LostError("delivery role", "acme", err)
		want := framework.Sentence(err) + "\n\n" + stop + "AWS may have created it anyway: the answer was lost. " +
			"It is in state as tainted, so the next apply deletes whatever exists and creates it again.\n\nName: acme"
		if got.Summary() != "Unable to create delivery role" || got.Detail() != want {
			t.Errorf("got %s: %s, want %s", got.Summary(), got.Detail(), want)
		}
	}
}

// TestAWSError_stages has all actions, and how each of them goes on: word by word, because the texts are all that a user
// has of the object.
func TestAWSError_stages(t *testing.T) {
	t.Parallel()
	interrupted, interrupt := context.WithCancel(t.Context())
	interrupt()
	late, cancel := context.WithDeadline(t.Context(), time.Now())
	defer cancel()
	const again, replaced = "Nothing has changed. Run the command again.", "It exists and is in state as tainted: the next apply replaces it."
	for action, want := range map[string]struct{ timeout, goOn string }{
		"create":                 {" Increase it with `timeouts { create = \"…\" }` in the resource.", "Nothing has been created. Apply again."},
		"set up":                 {" Increase it with `timeouts { create = \"…\" }` in the resource.", replaced},
		"set the permissions of": {" Increase it with `timeouts { create = \"…\" }` in the resource.", replaced},
		"read":                   {" Increase it with `timeouts { read = \"…\" }` in the resource.", again},
		"update":                 {" Increase it with `timeouts { update = \"…\" }` in the resource.", "The changes made so far are kept. The next apply makes the remaining ones."},
		"delete":                 {" Increase it with `timeouts { delete = \"…\" }` in the resource.", "What has been deleted so far is gone. The next destroy deletes the rest."},
		"find":                   {"", again},
		"sign":                   {"", again},
		"list":                   {"", again},
	} {
		for err, stop := range map[error]string{stopped(interrupted): "Terraform was interrupted.", stopped(late): "The operation reached its timeout." + want.timeout} {
			got := framework.AWSError(action, "delivery role", "acme", err)
			if text := framework.Sentence(err) + "\n\n" + stop + " " + want.goOn + "\n\nName: acme"; got.Summary() != "Unable to "+action+" delivery role" || got.Detail() != text {
				t.Errorf("%s:\n%s\nwant\n%s", got.Summary(), got.Detail(), text)
			}
		}
	}
}
