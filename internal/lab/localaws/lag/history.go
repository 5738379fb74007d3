package lag

import (
	"sync"
	"time"
)

// past is a state that ended.
type past[T any] struct {
	until time.Time
	state T
}

// History remembers the states that records had within the longest lag. The
// zero value is empty, and safe for concurrent use.
type History[T any] struct {
	mu   sync.Mutex
	past map[string][]past[T]
}

// Ended notes that the record called name was in a state until now.
func (h *History[T]) Ended(name string, state T) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	kept := h.past[name]
	for len(kept) > 0 && now.Sub(kept[0].until) > Longest {
		kept = kept[1:]
	}
	if h.past == nil {
		h.past = map[string][]past[T]{}
	}
	h.past[name] = append(kept, past[T]{now, state})
}

// At returns the state of a record at a time, if it ended since; otherwise
// the present one is right.
func (h *History[T]) At(name string, at time.Time) (state T, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.past[name] {
		if p.until.After(at) {
			return p.state, true
		}
	}
	return state, false
}
