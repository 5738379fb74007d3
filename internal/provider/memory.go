package provider

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// gcPercent lets a heap of a few megabytes grow further than Go's default does before it is collected.
	gcPercent = 300
	// leastMemory is up to where it may grow. Code and tables of the program come on top, some 27 MB.
	leastMemory = 24 << 20
	// overhead is what Go needs beside the heap: stacks, and its own records.
	overhead = 8 << 20
	// liveHeap is the metric of what the last collection left:
	// https://pkg.go.dev/runtime/metrics#hdr-Supported_metrics.
	liveHeap = "/gc/heap/live:bytes"
)

// PaceCollector has the garbage of a small heap collected less often, within leastMemory. A plan makes half a MB of garbage
// for each bucket, and hardly anything lives on, so that Go's default collects once for each delivery. GOGC or
// GOMEMLIMIT in the environment are left to decide.
func PaceCollector() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(leastMemory)
	afterCollection(func() { debug.SetMemoryLimit(memoryLimit(live())) })
}

// memoryLimit is the limit for a live heap of so many bytes. Go would collect without an end what lives below a limit
// that is too low, so it rises with what lives, to twice that: there the pace is that of Go's default.
func memoryLimit(live uint64) int64 { return max(leastMemory, 2*int64(live)+overhead) }

func live() uint64 {
	sample := []metrics.Sample{{Name: liveHeap}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// afterCollection calls f after each collection, by an object that nobody holds.
func afterCollection(f func()) {
	type unheld struct{ _ *byte }
	runtime.AddCleanup(&unheld{new(byte)}, func(struct{}) {
		f()
		afterCollection(f)
	}, struct{}{})
}
