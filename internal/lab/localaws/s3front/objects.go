package s3front

import (
	"net/http"
)

// getObject hands on a GET or HEAD of an object. Who may not list the bucket
// does not learn that an object is missing.
func (f *Front) getObject(w http.ResponseWriter, q *request) error {
	err := f.authorize(q, []check{{action: "s3:ListBucket", bucket: q.bucket}})
	if err == nil {
		return f.forward(w, q)
	}
	hiding := &hideMissing{ResponseWriter: w}
	f.gateway(q).ServeHTTP(hiding, q.Request)
	if hiding.missing {
		clear(w.Header())
		return err
	}
	return nil
}

// hideMissing holds back an answer that says 404.
type hideMissing struct {
	http.ResponseWriter
	missing bool
}

// WriteHeader implements http.ResponseWriter.
func (h *hideMissing) WriteHeader(status int) {
	if h.missing = status == http.StatusNotFound; !h.missing {
		h.ResponseWriter.WriteHeader(status)
	}
}

// Write implements http.ResponseWriter.
func (h *hideMissing) Write(b []byte) (int, error) {
	if h.missing {
		return len(b), nil
	}
	return h.ResponseWriter.Write(b)
}

// FlushError implements what http.ResponseController asks for: a flush would
// send the answer that is held back.
func (h *hideMissing) FlushError() error {
	if h.missing {
		return nil
	}
	return http.NewResponseController(h.ResponseWriter).Flush()
}
