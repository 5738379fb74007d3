package gateway

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/versity/versitygw/backend/meta"
)

// attributes are versitygw's records beside its files. Those of an object that
// is written anew stay in place, unlike a file's own extended attributes: the
// new object would have the old one's metadata, tags and delete marker. So the
// ones that a write does not set are removed behind it.
type attributes struct {
	meta.MetadataStorer

	mu      sync.Mutex
	written map[string][]string // by object that is being written
}

// StoreAttribute implements meta.MetadataStorer.
func (a *attributes) StoreAttribute(f *os.File, bucket, object, attribute string, value []byte) error {
	a.mu.Lock()
	name := bucket + "/" + object
	if names, ok := a.written[name]; ok {
		a.written[name] = append(names, attribute)
	}
	a.mu.Unlock()
	return a.MetadataStorer.StoreAttribute(f, bucket, object, attribute, value)
}

// replacing hands on requests, and cleans up behind those that write an object.
func (a *attributes) replacing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if !writesObject(r) || key == "" {
			next.ServeHTTP(w, r)
			return
		}
		a.begin(bucket + "/" + key)
		watched := &statusWriter{ResponseWriter: w}
		next.ServeHTTP(watched, r)
		a.end(bucket, key, watched.status == http.StatusOK)
	})
}

// writesObject says whether r puts an object, or completes one of several parts.
func writesObject(r *http.Request) bool {
	query := r.URL.Query()
	switch r.Method {
	case http.MethodPost:
		return query.Has("uploadId")
	case http.MethodPut:
		return !slices.ContainsFunc([]string{"uploadId", "tagging", "acl", "retention", "legal-hold"}, query.Has)
	}
	return false
}

func (a *attributes) begin(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.written == nil {
		a.written = map[string][]string{}
	}
	a.written[name] = nil
}

func (a *attributes) end(bucket, key string, done bool) {
	a.mu.Lock()
	written := a.written[bucket+"/"+key]
	delete(a.written, bucket+"/"+key)
	a.mu.Unlock()
	names, err := a.ListAttributes(bucket, key)
	if !done || err != nil {
		return
	}
	for _, name := range names {
		if !slices.Contains(written, name) {
			// What cannot be removed was not there.
			_ = a.DeleteAttribute(bucket, key, name)
		}
	}
}

// statusWriter notes the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (s *statusWriter) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }
