package acctest

import (
	"net/http"
	"testing"
	"time"
)

// wayOut ends a wait for an event that never comes, so that a test fails instead of hanging.
const wayOut = 30 * time.Second

// gathering holds calls of a service until all that are expected are under way.
type gathering struct {
	service string
	missing int
	all     chan struct{}
}

// Together holds the next n calls of a service until all of them are under way, and returns what the test has to call at
// its end: it fails if they were not, because one waited for another.
func (p *proxy) Together(service string, n int) func(*testing.T) {
	g := &gathering{service: service, missing: n, all: make(chan struct{})}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gatherings = append(p.gatherings, g)
	return func(t *testing.T) {
		t.Helper()
		p.mu.Lock()
		defer p.mu.Unlock()
		if g.missing > 0 {
			t.Errorf("%d of %d calls of %s were not under way together with the others", g.missing, n, service)
		}
	}
}

// gather holds a call as long as others are missing.
func (p *proxy) gather(r *http.Request, call Call) {
	p.mu.Lock()
	var held *gathering
	for _, g := range p.gatherings {
		if g.service == call.Service && g.missing > 0 {
			held = g
			break
		}
	}
	if held == nil {
		p.mu.Unlock()
		return
	}
	if held.missing--; held.missing == 0 {
		close(held.all)
	}
	p.mu.Unlock()
	select {
	case <-held.all:
	case <-r.Context().Done():
	case <-p.over:
	case <-time.After(wayOut):
		p.mu.Lock()
		held.missing += 1000 // Who comes later comes too late.
		p.mu.Unlock()
	}
}

// WaitFor waits until AWS has answered a call, such as s3.CreateBucket, since the last ResetCalls. It reports whether that
// came about.
func (p *proxy) WaitFor(action string) bool {
	after := time.After(wayOut)
	for {
		p.mu.Lock()
		recorded := p.recorded
		p.mu.Unlock()
		for _, seen := range p.Actions() {
			if seen == action {
				return true
			}
		}
		select {
		case <-recorded:
		case <-after:
			return false
		}
	}
}
