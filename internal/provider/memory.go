package provider

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// gcPercent lets a heap of a few megabytes grow further than Go's default before it is collected.
	gcPercent = 300
	// leastMemory is the limit for that growth. The program's code and tables take some 27 MB in addition.
	leastMemory = 24 << 20
	// overhead is what Go needs besides the heap: stacks, and its own records.
	overhead = 8 << 20
	// liveHeap is the metric of what the last collection kept:
	// https://pkg.go.dev/runtime/metrics#hdr-Supported_metrics.
	liveHeap = "/gc/heap/live:bytes"
)

// PaceCollector collects the garbage of a small heap less often, within leastMemory. A plan makes half a MB of garbage
// for each bucket, and keeps hardly anything, so Go's default would collect once for each delivery. GOGC or GOMEMLIMIT
// in the environment take precedence.
func PaceCollector() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(leastMemory)
	afterCollection(func() { debug.SetMemoryLimit(memoryLimit(live())) })
}

// memoryLimit is the limit for a live heap of the given number of bytes. Below a limit that is too low, Go would
// collect endlessly, so the limit rises to twice the live heap, which is the pace of Go's default.
func memoryLimit(live uint64) int64 { return max(leastMemory, 2*int64(live)+overhead) }

func live() uint64 {
	sample := []metrics.Sample{{Name: liveHeap}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// afterCollection calls f after each collection, by means of an unreferenced object.
func afterCollection(f func()) {
	type unheld struct{ _ *byte }
	runtime.AddCleanup(&unheld{new(byte)}, func(struct{}) {
		f()
		afterCollection(f)
	}, struct{}{})
}
