package main

import (
	"bytes"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// call is one AWS call as the proxy saw it.
type call struct {
	harness.Request
	start, end time.Time
}

// proxy stands before the local AWS, holds each call for the latency, and records it.
type proxy struct {
	*httptest.Server

	mu      sync.Mutex
	latency time.Duration
	calls   []call
}

// newProxy starts a proxy, and writes into caFile the certificate that its clients must trust.
func newProxy(backend *harness.LocalAWS, caFile string) (*proxy, error) {
	target, err := url.Parse(backend.URL)
	if err != nil {
		return nil, err
	}
	transport := backend.Transport()
	transport.MaxIdleConnsPerHost = 256
	forward := &httputil.ReverseProxy{Transport: transport, Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = target.Scheme, target.Host
		r.Out.Host = r.In.Host // It is signed.
	}}
	p := &proxy{}
	p.Server = httptest.NewTLSServer(p.record(forward))
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw})
	return p, os.WriteFile(caFile, certificate, 0o600)
}

func (p *proxy) record(forward http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		c := call{Request: harness.Describe(r, body), start: time.Now()}
		p.mu.Lock()
		latency := p.latency
		p.mu.Unlock()
		time.Sleep(latency)
		forward.ServeHTTP(w, r)
		c.end = time.Now()
		p.mu.Lock()
		p.calls = append(p.calls, c)
		p.mu.Unlock()
	})
}

// begin forgets what was recorded and sets the latency of the calls to come.
func (p *proxy) begin(latency time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls, p.latency = nil, latency
}

// recorded returns the calls since begin.
func (p *proxy) recorded() []call {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls
}
