package provider_test

import (
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// headBucket makes one call with the provider's S3 client.
func headBucket(t *testing.T, b block) error {
	t.Helper()
	client, err := mustConfigure(t, with(with(static, block{"s3_use_path_style": true, "max_retries": 1}), b)).Clients.S3(t.Context(), "")
	if err != nil {
		return err
	}
	_, err = client.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: aws.String("results")})
	return err
}

func accept(http.ResponseWriter, *http.Request) {}

// TestCustomCABundle calls a server whose certificate no system trusts.
func TestCustomCABundle(t *testing.T) {
	environment := awsfake.Isolate(t)
	server := httptest.NewUnstartedServer(http.HandlerFunc(accept))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // The refusals that are meant to be.
	server.StartTLS()
	defer server.Close()
	bundle := environment.File("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	other := newCA(t, environment, "other").path
	for name, test := range map[string]struct {
		block   block
		refused bool
	}{
		"no bundle":      {refused: true},
		"another bundle": {block: block{"custom_ca_bundle": other}, refused: true},
		"its bundle":     {block: block{"custom_ca_bundle": bundle}},
		"insecure":       {block: block{"insecure": true}},
	} {
		t.Run(name, func(t *testing.T) {
			err := headBucket(t, with(test.block, block{"endpoints": []block{{"s3": server.URL}}}))
			if refused := err != nil && strings.Contains(err.Error(), "certificate"); refused != test.refused || (err != nil) != test.refused {
				t.Errorf("got %v", err)
			}
		})
	}
	if err := headBucket(t, block{"custom_ca_bundle": "/no/such/file"}); err == nil || !strings.Contains(err.Error(), "/no/such/file") {
		t.Errorf("a missing bundle gives %v", err)
	}
}

// proxy forwards requests and opens tunnels, and remembers for which hosts.
type proxy struct {
	*httptest.Server
	mu    sync.Mutex
	hosts []string
	// target is where each request ends up, whatever host it is for.
	target string
}

func newProxy(t *testing.T, target string) *proxy {
	t.Helper()
	p := &proxy{target: target}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.hosts = append(p.hosts, r.Method+" "+r.Host)
	p.mu.Unlock()
	if r.Method != http.MethodConnect {
		return // The answer to a forwarded request is 200.
	}
	upstream, err := new(net.Dialer).DialContext(r.Context(), "tcp", p.target)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer func() { _ = upstream.Close() }()
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = client.Close() }()
	if _, err := io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	go func() { _, _ = io.Copy(upstream, buffered) }() // The server may have read ahead.
	_, _ = io.Copy(client, upstream)
}

func (p *proxy) seen() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.hosts)
}

// TestProxy calls by way of a proxy, which is the only one that knows the hosts.
func TestProxy(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(accept))
	defer server.Close()
	address := server.Listener.Addr().String()
	for name, test := range map[string]struct {
		endpoint string
		argument string
		unset    string
		noProxy  string
		want     []string
		fails    bool
	}{
		"http":                   {endpoint: "http://s3.test", argument: "http_proxy", want: []string{"HEAD s3.test"}},
		"https":                  {endpoint: "https://s3.test", argument: "https_proxy", want: []string{"CONNECT s3.test:443"}},
		"http proxy, https call": {endpoint: "https://s3.test", argument: "http_proxy", fails: true},
		"http proxy alone":       {endpoint: "https://s3.test", argument: "http_proxy", unset: "https_proxy", fails: true},
		"https proxy, http call": {endpoint: "http://s3.test", argument: "https_proxy", fails: true},
		"host without proxy":     {endpoint: "https://s3.test", argument: "https_proxy", noProxy: "s3.test", fails: true},
		"another without proxy":  {endpoint: "https://s3.test", argument: "https_proxy", noProxy: "iam.test", want: []string{"CONNECT s3.test:443"}},
		"domain without proxy":   {endpoint: "https://s3.test", argument: "https_proxy", noProxy: ".test", fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			p := newProxy(t, address)
			b := block{"http_proxy": "", "https_proxy": "", "no_proxy": test.noProxy, "insecure": true, "endpoints": []block{{"s3": test.endpoint}}}
			b[test.argument] = p.URL
			delete(b, test.unset)
			if err := headBucket(t, b); (err != nil) != test.fails {
				t.Errorf("got %v", err)
			}
			if got := p.seen(); !slices.Equal(got, test.want) {
				t.Errorf("the proxy saw %q, want %q", got, test.want)
			}
		})
	}
}
