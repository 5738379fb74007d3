package server_test

import (
	"crypto/tls"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/server"
)

func TestEveryVersionOfTLSIsSpoken(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS10, tls.VersionTLS11, tls.VersionTLS12, tls.VersionTLS13} {
		answer := get(t, httpClient(t, version), local.URL)
		if answer.TLS == nil || answer.TLS.Version != version {
			t.Errorf("spoke %+v, not %x", answer.TLS, version)
		}
	}
}

func TestCertificateIsForTheLoopback(t *testing.T) {
	_, port, err := net.SplitHostPort(strings.TrimPrefix(local.URL, "https://"))
	must(t, err)
	answer := get(t, httpClient(t, 0), "https://localhost:"+port)
	for _, name := range []string{"127.0.0.1", "::1", "localhost"} {
		must(t, answer.TLS.PeerCertificates[0].VerifyHostname(name))
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, local.URL, nil)
	must(t, err)
	stranger := &http.Client{Transport: &http.Transport{}}
	if answer, err := stranger.Do(r); err == nil {
		must(t, answer.Body.Close())
		t.Error("the certificate is trusted without its CA")
	}
}

func TestASilentConnectionHoldsUpNobody(t *testing.T) {
	address := strings.TrimPrefix(local.URL, "https://")
	silent, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	must(t, err)
	answer := get(t, &http.Client{Timeout: 5 * time.Second}, "http://"+address)
	must(t, silent.Close())
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestOnlyTheLoopback(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.com:0", "127.0.0.1"} {
		if _, err := server.Start(server.Config{Listen: address, Dir: t.TempDir()}); err == nil {
			t.Fatalf("listens on %s", address)
		}
	}
}

// get asks for a URL and does not care for the answer's body.
func get(t *testing.T, client *http.Client, url string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	answer, err := client.Do(r)
	must(t, err)
	must(t, answer.Body.Close())
	return answer
}
