package provider

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	const mb = 1 << 20
	for live, want := range map[uint64]int64{0: 24 * mb, 5 * mb: 24 * mb, 8 * mb: 24 * mb, 9 * mb: 26 * mb, 500 * mb: 1008 * mb} {
		if got := memoryLimit(live); got != want {
			t.Errorf("%d bytes live: a limit of %d, want %d", live, got, want)
		}
	}
}

// TestPaceCollector lets the heap grow beyond the limit, which must rise with it, and fall again.
func TestPaceCollector(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
	PaceCollector()
	if got := debug.SetGCPercent(300); got != 300 {
		t.Errorf("a collection at %d percent, want 300", got)
	}
	const large = 256 << 20
	held := make([]byte, large)
	limited(t, func(limit int64) bool { return limit > 2*large })
	runtime.KeepAlive(held)
	limited(t, func(limit int64) bool { return limit < large })

	for _, variable := range []string{"GOGC", "GOMEMLIMIT"} {
		t.Setenv("GOGC", "")
		t.Setenv("GOMEMLIMIT", "")
		t.Setenv(variable, "50")
		debug.SetGCPercent(50)
		PaceCollector()
		if got := debug.SetGCPercent(50); got != 50 {
			t.Errorf("%s was overridden by %d", variable, got)
		}
	}
}

// limited collects until the limit is as it should be; the limit is set soon after a collection, not in it.
func limited(t *testing.T, enough func(int64) bool) {
	t.Helper()
	for range 10_000 {
		runtime.GC()
		if enough(debug.SetMemoryLimit(-1)) {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("the limit is %d", debug.SetMemoryLimit(-1))
}
