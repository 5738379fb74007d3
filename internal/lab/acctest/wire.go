package acctest

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
)

// Wire is what happens to an answer on its way to the provider.
type Wire int

const (
	// Arrives lets the answer through.
	Arrives Wire = iota
	// Reset ends the connection, as a middlebox does, without a byte of an answer.
	Reset
	// HalfAnswer breaks off in the middle of the body, or of the head where there is no body.
	HalfAnswer
	// Hang gives neither an answer nor an end, until the provider gives up or the test is over.
	Hang
)

// deliver sends an answer the way that wire has it.
func (p *proxy) deliver(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder, wire Wire) {
	switch wire {
	case Arrives:
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = io.Copy(w, answer.Body)
	case Hang:
		select {
		case <-r.Context().Done():
		case <-p.over:
		}
		panic(http.ErrAbortHandler) // The answer never comes, not even late.
	case Reset:
		cut(w, nil, true)
	case HalfAnswer:
		cut(w, half(answer), false)
	}
}

// half is the first part of an answer, as bytes of HTTP/1.1.
func half(answer *httptest.ResponseRecorder) []byte {
	body := answer.Body.Bytes()
	header := answer.Header().Clone()
	header.Del("Transfer-Encoding")
	header.Set("Content-Length", strconv.Itoa(len(body)))
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", answer.Code, http.StatusText(answer.Code))
	_ = header.Write(&b)
	b.WriteString("\r\n")
	if len(body) < 2 {
		return b.Bytes()[:b.Len()/2]
	}
	return append(b.Bytes(), body[:len(body)/2]...)
}

// cut takes the connection away from the server, sends what is left to send, and ends it: by a reset, or in good order.
func cut(w http.ResponseWriter, last []byte, reset bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer func() { _ = conn.Close() }()
	_, _ = conn.Write(last)
	if secure, ok := conn.(*tls.Conn); ok && reset {
		conn = secure.NetConn()
	}
	if plain, ok := conn.(*net.TCPConn); ok && reset {
		_ = plain.SetLinger(0)
	}
}
