package framework

import (
	"sync"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// Recent remembers names for as long as AWS may take to see what happened to them. It is safe for concurrent use,
// and its zero value is ready.
type Recent struct {
	mu    sync.Mutex
	times map[string]time.Time
}

// Add remembers a name.
func (r *Recent) Add(name string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.times == nil {
		r.times = map[string]time.Time{}
	}
	r.times[name] = now
}

// Has reports whether a name was added a short time ago.
func (r *Recent) Has(name string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	added, found := r.times[name]
	return found && now.Sub(added) < awsclient.ConsistencyLimit
}
