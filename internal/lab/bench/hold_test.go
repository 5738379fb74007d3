package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/bench/usage"
)

func measured(side, command string, deliveries int, latency, wall time.Duration, depth int, memory int64) measurement {
	return measurement{
		Side: side, Command: command, Deliveries: deliveries, Latency: latency, Wall: wall, Depth: depth,
		Provider: usage.Usage{CPU: wall / 2, Memory: memory},
	}
}

// TestMustHold works out the claims from measurements whose ratios are known.
func TestMustHold(t *testing.T) {
	t.Parallel()
	const latency = 80 * time.Millisecond
	r := report{Measurements: []measurement{
		measured(sideOurs, planNoRefresh, 60, 0, 3*time.Second, 0, 40e6),
		measured(sideOurs, planNoRefresh, 60, 0, 1*time.Second, 0, 44e6),
		measured(sideOurs, planNoRefresh, 60, 0, 2*time.Second, 0, 42e6),
		measured(sideEmpty, planNoRefresh, 60, 0, 1*time.Second, 0, 90e6),
		measured(sideSchema, planNoRefresh, 60, 0, 1*time.Second, 0, 90e6),
		measured(sideSchema, plan, 60, 0, 1*time.Second, 0, 90e6),
		measured(sideOurs, plan, 60, latency, 2200*time.Millisecond, 15, 51e6),
		measured(sideOurs, destroy, 60, latency, time.Hour, 15, 30e6),
		measured(sideAWS, destroy, 60, latency, 20*time.Hour, 15, 300e6),
		measured(sideOurs, planNoRefresh, 200, 0, 20*time.Second, 0, 61e6),
	}}
	r.summarize()
	var out bytes.Buffer
	if err := r.print(&out); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"against: " + sideEmpty:            "2.00 2.20 holds",
		"against: " + sideSchema:           "2.00 1.25 DOES NOT HOLD",
		"memory of that plan at 60 d":      "42.00 50.00 holds",
		"memory of that plan at 200 d":     "61.00 60.00 DOES NOT HOLD",
		"plan of 60 deliveries at 80ms, a": "1.00 1.25 holds", // 15 × 80 ms + 1 s
		sideAWS + "               destroy": "destroy 60 80ms 20.00 10.00",
	} {
		var found bool
		for line := range strings.SplitSeq(out.String(), "\n") {
			found = found || strings.Contains(line, text) && strings.HasSuffix(strings.Join(strings.Fields(line), " "), want)
		}
		if !found {
			t.Errorf("no line with %q that ends in %q:\n%s", text, want, out.String())
		}
	}
}
