package framework_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// TestAdoption marks an object once, and the mark goes with the first read.
func TestAdoption(t *testing.T) {
	t.Parallel()
	private := memory{}
	take := func() bool {
		t.Helper()
		marked, diags := framework.TakeForAdoption(t.Context(), private, private)
		if diags.HasError() {
			t.Fatal(diags)
		}
		return marked
	}
	for _, nothing := range [][]byte{nil, {}} {
		private["adopt"], private["foreign"] = nothing, nothing
		if foreign, diags := framework.Foreign(t.Context(), private); take() || foreign || diags.HasError() {
			t.Errorf("an object was marked by nobody: %v", diags)
		}
	}
	if diags := framework.MarkForAdoption(t.Context(), private); diags.HasError() || string(private["adopt"]) != "true" {
		t.Errorf("%v, %v", private, diags)
	}
	if foreign, _ := framework.Foreign(t.Context(), private); foreign {
		t.Error("the other mark")
	}
	if !take() || take() || len(private["adopt"]) > 0 {
		t.Errorf("the mark is not taken once: %v", private)
	}
}

func TestForeign(t *testing.T) {
	t.Parallel()
	private := memory{}
	for i, step := range []struct {
		do   func(context.Context, memory) diag.Diagnostics
		want bool
	}{
		{func(context.Context, memory) diag.Diagnostics { return nil }, false},
		{func(ctx context.Context, m memory) diag.Diagnostics { return framework.MarkForeign(ctx, m) }, true},
		{func(ctx context.Context, m memory) diag.Diagnostics { return framework.MarkOwn(ctx, m) }, false},
		{func(ctx context.Context, m memory) diag.Diagnostics { return framework.MarkForAdoption(ctx, m) }, false},
	} {
		diags := step.do(t.Context(), private)
		foreign, more := framework.Foreign(t.Context(), private)
		if foreign != step.want || diags.HasError() || more.HasError() {
			t.Errorf("step %d: %t, %v, %v", i, foreign, diags, more)
		}
	}
}

// forgetful is a private state that cannot be read or written. What it finds is all the same there, or not.
type forgetful struct{ empty bool }

var errForgotten = diag.Diagnostics{diag.NewErrorDiagnostic("Forgotten", "The private state is gone.")}

func (f forgetful) GetKey(context.Context, string) ([]byte, diag.Diagnostics) {
	if f.empty {
		return nil, errForgotten
	}
	return []byte(`"2026-11-26T12:00:00Z"`), errForgotten
}

func (forgetful) SetKey(context.Context, string, []byte) diag.Diagnostics { return errForgotten }

// TestPrivate_errors hands on what the private state says.
func TestPrivate_errors(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	_, taken := framework.TakeForAdoption(ctx, forgetful{}, forgetful{})
	_, gone := framework.TakeForAdoption(ctx, forgetful{}, memory{})
	_, nothing := framework.TakeForAdoption(ctx, forgetful{empty: true}, memory{})
	_, kept := framework.TakeForAdoption(ctx, memory{"adopt": []byte("true")}, forgetful{})
	_, foreign := framework.Foreign(ctx, forgetful{})
	for name, diags := range map[string]diag.Diagnostics{
		"mark": framework.MarkForAdoption(ctx, forgetful{}), "take": taken, "take and keep": gone, "take and lose": kept, "take nothing": nothing, "foreign": foreign,
		"mark foreign": framework.MarkForeign(ctx, forgetful{}), "mark own": framework.MarkOwn(ctx, forgetful{}), "writing": framework.Writing(ctx, forgetful{}),
		"written": framework.Written(ctx, forgetful{}, settled), "a year that JSON has not": framework.Written(ctx, memory{}, settled.AddDate(10_000, 0, 0)),
	} {
		if !diags.HasError() {
			t.Errorf("%s: no error", name)
		}
	}
	if got := framework.Settling(ctx, forgetful{}, settled); got != 0 {
		t.Errorf("waits %s by a time that could not be read", got)
	}
}
