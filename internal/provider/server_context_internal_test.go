package provider

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestDuring checks that a call sees all of its context while it lasts, and whoever keeps it nothing afterwards.
func TestDuring(t *testing.T) {
	t.Parallel()
	type key struct{}
	deadline := time.Now().Add(time.Hour)
	parent, cancel := context.WithDeadline(context.WithValue(t.Context(), key{}, "value"), deadline)
	defer cancel()
	var kept, child context.Context
	answer, err := during(parent, "request", func(ctx context.Context, request string) (string, error) {
		kept = ctx
		var cancelChild context.CancelFunc
		child, cancelChild = context.WithCancel(ctx)
		defer cancelChild()
		if got, ok := ctx.Deadline(); !ok || !got.Equal(deadline) {
			t.Errorf("the deadline is %v, %v", got, ok)
		}
		if got := child.Value(key{}); got != "value" {
			t.Errorf("the value is %v", got)
		}
		if err := ctx.Err(); err != nil {
			t.Error(err)
		}
		cancel()
		<-child.Done()
		if err := ctx.Err(); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		return request + " answered", nil
	})
	if answer != "request answered" || err != nil {
		t.Errorf("%q, %v", answer, err)
	}
	<-kept.Done()
	if _, ok := kept.Deadline(); ok || kept.Value(key{}) != nil || !errors.Is(kept.Err(), context.Canceled) {
		t.Errorf("after the call: %v, %v", kept.Value(key{}), kept.Err())
	}
	if child.Value(key{}) != nil {
		t.Error("the call's child keeps its values")
	}
}
