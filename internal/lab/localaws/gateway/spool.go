package gateway

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

// inMemory is how much of a body is kept in memory, in bytes.
const inMemory = 1 << 20

// spooling reads a body to its end before it hands on the request, and hands
// it on with its length.
//
// versitygw reads an upload in aws-chunked encoding up to its last chunk and
// answers. Of an upload in HTTP's chunked encoding, which boto3 sends, that
// leaves the end of the body on the connection, where it is taken for the next
// request: that one then fails, or the one after it. versitygw reads the rest
// of a body only where a Content-Length says how much that is.
func spooling(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.ContentLength == 0 {
			next.ServeHTTP(w, r)
			return
		}
		body, err := spool(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler) // the client is gone
		}
		defer body.remove()
		out := r.Clone(r.Context())
		out.Body, out.ContentLength, out.TransferEncoding = io.NopCloser(body), body.length, nil
		next.ServeHTTP(w, out)
	})
}

// spooled is a body that was read to its end: first what is in memory, then
// what is in a file.
type spooled struct {
	io.Reader
	length int64
	file   *os.File
}

func spool(body io.Reader) (*spooled, error) {
	var start bytes.Buffer
	n, err := io.CopyN(&start, body, inMemory)
	if errors.Is(err, io.EOF) {
		return &spooled{Reader: &start, length: n}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading a body: %w", err)
	}
	file, err := os.CreateTemp("", "localaws-body")
	if err != nil {
		return nil, fmt.Errorf("making a file for a body: %w", err)
	}
	s := &spooled{Reader: io.MultiReader(&start, file), file: file}
	more, err := io.Copy(file, body)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		s.remove()
		return nil, fmt.Errorf("keeping a body: %w", err)
	}
	s.length = n + more
	return s, nil
}

func (s *spooled) remove() {
	if s.file == nil {
		return
	}
	// A temporary file that stays is no failure of the request.
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}
