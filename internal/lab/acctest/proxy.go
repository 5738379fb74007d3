package acctest

import (
	"bytes"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// Call is one request that the provider made.
type Call struct {
	harness.Request
	Status     int
	Start, End time.Time
	Body       string
}

// proxy stands between the provider and the local AWS. The Host header stays as it was signed.
type proxy struct {
	server    *httptest.Server
	transport *http.Transport
	caFile    string

	mu     sync.Mutex
	calls  []Call
	faults []*pendingFault
	// gatherings hold calls for one another; recorded is closed, and made anew, with each call that is recorded.
	gatherings []*gathering
	recorded   chan struct{}
	delay      time.Duration
	hold       time.Duration
	lag        []string

	// over ends what hangs when the test does.
	over chan struct{}
}

func newProxy(t *testing.T, backend *localAWS) *proxy {
	t.Helper()
	target, err := url.Parse(backend.URL)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{over: make(chan struct{}), recorded: make(chan struct{})}
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = target.Scheme, target.Host
		r.Out.Host = r.In.Host
	}, ErrorLog: log.New(io.Discard, "", 0)} // A read that fails ends those beside it.
	p.server = httptest.NewTLSServer(p.handler(forward))
	t.Cleanup(func() {
		close(p.over)
		p.server.Close()
	})
	p.trust(t, backend)
	forward.Transport = p.transport
	return p
}

// trust makes the transport and the CA file that know both the proxy's certificate and the local AWS's.
func (p *proxy) trust(t *testing.T, backend *localAWS) {
	t.Helper()
	bundle, err := os.ReadFile(backend.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	own := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.server.Certificate().Raw})
	bundle = append(bytes.TrimRight(bundle, "\n"), append([]byte("\n"), own...)...)
	p.caFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(p.caFile, bundle, 0o600); err != nil {
		t.Fatal(err)
	}
	p.transport = backend.Transport()
	p.transport.TLSClientConfig.RootCAs = backend.Roots.Clone()
	p.transport.TLSClientConfig.RootCAs.AddCert(p.server.Certificate())
	p.transport.MaxIdleConnsPerHost = 16
	t.Cleanup(p.transport.CloseIdleConnections)
}

// Endpoint is the proxy's URL, which stands for each of the three services.
func (p *proxy) Endpoint() string { return p.server.URL }

// CAFile is a bundle with the certificates of the proxy and of the local AWS.
func (p *proxy) CAFile() string { return p.caFile }

func (p *proxy) handler(forward http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		call := Call{Request: harness.Describe(r, body), Body: string(body), Start: time.Now()}
		delay, hold := p.waits()
		time.Sleep(delay)
		p.gather(r, call)
		fault := p.nextFault(call)
		answer := httptest.NewRecorder()
		if fault == nil || !fault.Before {
			p.addLag(r.Header)
			forward.ServeHTTP(answer, r)
		}
		wire := Arrives
		if fault != nil && fault.Strike != nil {
			fault.Strike()
		}
		if fault != nil {
			wire = fault.Wire
			if wire == Arrives || (wire == HalfAnswer && fault.Before) {
				answer = fault.answer(call.Service)
			}
		}
		call.Status, call.End = answer.Code, time.Now()
		p.record(call)
		time.Sleep(hold)
		p.deliver(w, r, answer, wire)
	})
}

func (p *proxy) record(call Call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = append(p.calls, call)
	close(p.recorded)
	p.recorded = make(chan struct{})
}

// Calls returns what was recorded, in the order in which the calls began.
func (p *proxy) Calls() []Call {
	p.mu.Lock()
	defer p.mu.Unlock()
	calls := slices.Clone(p.calls)
	slices.SortStableFunc(calls, func(a, b Call) int { return a.Start.Compare(b.Start) })
	return calls
}

// Actions returns the recorded calls as "s3.CreateBucket", in the order in which they began.
func (p *proxy) Actions() []string {
	var actions []string
	for _, call := range p.Calls() {
		actions = append(actions, call.Service+"."+call.Action)
	}
	return actions
}

// ResetCalls forgets what was recorded.
func (p *proxy) ResetCalls() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = nil
}

// Delay holds each following call for that long, so that calls made side by side overlap visibly.
func (p *proxy) Delay(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = d
}

// HoldAnswers keeps back each following answer for that long after the call was carried out and recorded: what is
// interrupted meanwhile has happened, and its caller does not know yet.
func (p *proxy) HoldAnswers(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hold = d
}

func (p *proxy) waits() (delay, hold time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.delay, p.hold
}
