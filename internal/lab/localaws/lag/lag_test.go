package lag_test

import (
	"context"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
)

func TestParse(t *testing.T) {
	for given, want := range map[string]lag.Lag{
		"":                        {},
		"2s":                      {"": 2 * time.Second},
		"role=2s, lifecycle=50ms": {"role": 2 * time.Second, "lifecycle": 50 * time.Millisecond},
		"1s,policy=0":             {"": time.Second, "policy": 0},
	} {
		if got, err := lag.Parse(given); err != nil || !maps.Equal(got, want) {
			t.Errorf("%q is %v, %v", given, got, err)
		}
	}
	for _, bad := range []string{"2", "role", "role=", "-1s", "role=61s"} {
		if got, err := lag.Parse(bad); err == nil {
			t.Errorf("%q is %v", bad, got)
		}
	}
}

func TestOf(t *testing.T) {
	ctx := lag.With(context.Background(), lag.Lag{"": time.Second, "policy": 0, "role": time.Minute})
	for kind, want := range map[string]time.Duration{"lifecycle": time.Second, "policy": 0, "role": time.Minute} {
		if got := lag.Of(ctx, kind); got != want {
			t.Errorf("%s is %s behind", kind, got)
		}
	}
	if got := lag.Of(context.Background(), "role"); got != 0 {
		t.Errorf("without a lag: %s", got)
	}
}

func TestHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var h lag.History[string]
		ago := func(d time.Duration) string {
			state, ok := h.At("name", time.Now().Add(-d))
			if !ok {
				return "now"
			}
			return state
		}
		h.Ended("name", "first")
		time.Sleep(time.Second)
		h.Ended("name", "second")
		time.Sleep(time.Second)
		for d, want := range map[time.Duration]string{
			0: "now", time.Second - 1: "now", time.Second + 1: "second", 2*time.Second - 1: "second", 2*time.Second + 1: "first", time.Minute: "first",
		} {
			if got := ago(d); got != want {
				t.Errorf("%s ago: %s, want %s", d, got, want)
			}
		}
		if _, ok := h.At("another", time.Time{}); ok {
			t.Error("another record has a past")
		}
		// What no lag can reach is forgotten.
		time.Sleep(lag.Longest - time.Second)
		h.Ended("name", "third")
		if got := ago(time.Hour); got != "second" {
			t.Errorf("an hour ago: %s", got)
		}
	})
}
