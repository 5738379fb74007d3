package framework_test

import (
	"context"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// memory is a private state.
type memory map[string][]byte

func (m memory) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return m[key], nil }

func (m memory) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	m[key] = value
	return nil
}

// settled is a time of a write.
var settled = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// TestWritten keeps the time in UTC, and nothing while a write is under way: the private state must be JSON.
func TestWritten(t *testing.T) {
	t.Parallel()
	private := memory{}
	_ = framework.Written(t.Context(), private, settled.In(time.FixedZone("", 3600)))
	if got := string(private["written"]); got != `"2026-11-26T12:00:00Z"` {
		t.Errorf("written: %s", got)
	}
	_ = framework.Writing(t.Context(), private)
	if got := string(private["written"]); got != "null" {
		t.Errorf("writing: %s", got)
	}
}

func TestSettling(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 12, 0, 0, 123, time.FixedZone("", 3600))
	for name, test := range map[string]struct {
		after time.Duration
		want  time.Duration
	}{
		"at once":              {0, 2 * time.Minute},
		"half a minute later":  {30 * time.Second, 90 * time.Second},
		"two minutes later":    {2 * time.Minute, 0},
		"days later":           {72 * time.Hour, 0},
		"by a clock behind it": {-time.Hour, 2 * time.Minute},
	} {
		private := memory{}
		if diags := framework.Written(t.Context(), private, now); diags.HasError() {
			t.Fatal(diags)
		}
		if got := framework.Settling(t.Context(), private, now.Add(test.after)); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
		if diags := framework.Writing(t.Context(), private); diags.HasError() {
			t.Fatal(diags)
		}
		if got := framework.Settling(t.Context(), private, now.Add(test.after)); got != 0 {
			t.Errorf("%s, during another write: %s", name, got)
		}
	}
	for _, text := range []string{"", "null", `"yesterday"`, "{}"} {
		if got := framework.Settling(t.Context(), memory{"written": []byte(text)}, now); got != 0 {
			t.Errorf("%q: %s", text, got)
		}
	}
}
