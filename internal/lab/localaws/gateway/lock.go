package gateway

import (
	"net/http"
	"strings"
	"sync"
)

// locks hold one lock for each bucket. versitygw keeps objects in files and
// folders: what a deletion removes while an upload or a listing looks at it
// makes those fail with "no such file or directory".
type locks struct {
	mu       sync.Mutex
	byBucket map[string]*sync.RWMutex
}

func (l *locks) of(bucket string) *sync.RWMutex {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byBucket == nil {
		l.byBucket = map[string]*sync.RWMutex{}
	}
	if l.byBucket[bucket] == nil {
		l.byBucket[bucket] = new(sync.RWMutex)
	}
	return l.byBucket[bucket]
}

// oneWriter lets one request at a time change a bucket's objects. Its body has
// been read by then, so that no slow client holds up the others.
func (l *locks) oneWriter(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bucket, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		lock := l.of(bucket)
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodOptions:
			lock.RLock()
			// An object that was opened is read to its end, whatever becomes of it.
			opened := &atHeader{ResponseWriter: w, then: sync.OnceFunc(lock.RUnlock)}
			defer opened.then()
			next.ServeHTTP(opened, r)
		default:
			lock.Lock()
			defer lock.Unlock()
			next.ServeHTTP(w, r)
		}
	})
}

// atHeader does something when the answer begins.
type atHeader struct {
	http.ResponseWriter
	then func()
}

// WriteHeader implements http.ResponseWriter.
func (a *atHeader) WriteHeader(status int) {
	a.then()
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (a *atHeader) Unwrap() http.ResponseWriter { return a.ResponseWriter }
