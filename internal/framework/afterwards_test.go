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
		{framework.ActionCreate, stopped(interrupted), "Interrupted before another attempt, after this one: throttled.\n\nTerraform was interrupted. Nothing has been made. Apply again.\n\nName: acme"},
		{framework.ActionCreate, lost(stopped(interrupted)), "Terraform was interrupted. AWS may have made it all the same"},
		{framework.ActionCreate, lost(errThrottled), "Throttled.\n\nAWS may have made it all the same, because an answer was lost. If the next apply finds it, it says how to import it.\n\n"},
		{framework.ActionCreate, errThrottled, "Throttled.\n\nName: acme"},
		{framework.ActionSetUp, stopped(interrupted), "Terraform was interrupted. It exists, and is in the state as tainted: the next apply replaces it."},
		{framework.ActionSetUp, stopped(late), "Timed out before another attempt, after this one: throttled.\n\nThe time for this is over; `timeouts { create = \"…\" }` in the resource gives it more. It exists, and is in the state as tainted: the next apply replaces it."},
		{framework.ActionUpdate, stopped(late), "`timeouts { update = \"…\" }` in the resource gives it more. What has been changed so far stays. The next apply sends the rest."},
		{framework.ActionUpdate, lost(errThrottled), "Throttled.\n\nName: acme"},
		{framework.ActionDelete, stopped(interrupted), "What has been deleted so far is gone. The next destroy goes on from there."},
		{framework.ActionRead, stopped(late), "`timeouts { read = "},
	} {
		if got := framework.AWSError(test.action, "delivery role", "acme", test.err).Detail(); !strings.Contains(got, test.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", test.action, got, test.want)
		}
	}
	got := framework.LostError("delivery role", "acme", lost(stopped(interrupted)))
	if got.Summary() != "Unable to create delivery role" || !strings.Contains(got.Detail(), "Terraform was interrupted. AWS may have made it all the same") ||
		!strings.Contains(got.Detail(), "in the state as tainted: the next apply deletes what there is of it") {
		t.Errorf("got %s", got.Detail())
	}
}
