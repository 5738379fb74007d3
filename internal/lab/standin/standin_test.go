package standin_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

// request is what the receiving side saw.
type request struct {
	method, target, contentType, body string
}

// receiver is an endpoint that answers every request with one status and body.
func receiver(t *testing.T, status int, answer string) (*httptest.Server, *[]request) {
	t.Helper()
	seen := &[]request{}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		*seen = append(*seen, request{r.Method, r.URL.RequestURI(), r.Header.Get("Content-Type"), string(body)})
		if status == http.StatusTemporaryRedirect {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return server, seen
}

func deliver(t *testing.T, server *httptest.Server, configuration string) []standin.Attempt {
	t.Helper()
	voicebase := standin.New(nil, server.Client().Transport, "organization")
	attempts, err := voicebase.Deliver(t.Context(), []byte(strings.ReplaceAll(configuration, "HOST", server.URL)), "media-1")
	if err != nil {
		t.Fatal(err)
	}
	return attempts
}

func TestDeliver_contentTypes(t *testing.T) {
	server, seen := receiver(t, http.StatusOK, "")
	attempts := deliver(t, server, `{"publish": {"callbacks": [
		{"url": "HOST/a?sig=1", "method": "PUT"},
		{"url": "HOST/b", "method": "PUT", "type": "transcript", "format": "json"},
		{"url": "HOST/c", "method": "PUT", "type": "transcript", "format": "text"},
		{"url": "HOST/d", "method": "PUT", "type": "transcript", "format": "srt"},
		{"url": "HOST/e", "method": "PUT", "type": "transcript", "format": "dfxp"},
		{"url": "HOST/f", "method": "PUT", "type": "transcript", "format": "webvtt"},
		{"url": "HOST/g", "method": "PUT", "type": "media", "stream": "original"}
	]}}`)
	want := []request{
		{"PUT", "/a?sig=1", "application/json", ""},
		{"PUT", "/b", "application/json", ""},
		{"PUT", "/c", "text/plain", ""},
		{"PUT", "/d", "text/srt", ""},
		{"PUT", "/e", "application/ttaf+xml", ""},
		{"PUT", "/f", "text/vtt", ""},
		{"PUT", "/g", "application/octet-stream", ""},
	}
	if len(*seen) != len(want) || len(attempts) != len(want) {
		t.Fatalf("%d requests and %d attempts, want %d of each", len(*seen), len(attempts), len(want))
	}
	for i, got := range *seen {
		if !attempts[i].Delivered() || attempts[i].Size == 0 || len(got.body) != attempts[i].Size {
			t.Errorf("attempt %d: %+v, body of %d bytes", i, attempts[i], len(got.body))
		}
		got.body = ""
		if got != want[i] {
			t.Errorf("request %d: got %+v, want %+v", i, got, want[i])
		}
	}
}

func TestDeliver_defaults(t *testing.T) {
	server, seen := receiver(t, http.StatusOK, "")
	deliver(t, server, `{"publish": {"callbacks": [{"url": "HOST/hook", "include": ["knowledge"]}]}}`)
	got := (*seen)[0]
	if got.method != http.MethodPost || got.contentType != "application/json" {
		t.Errorf("got %s as %s, want a POST of analytics", got.method, got.contentType)
	}
	if !strings.Contains(got.body, `"knowledge"`) || strings.Contains(got.body, `"metrics"`) || !strings.Contains(got.body, "media-1") {
		t.Errorf("the analytics hold more or less than what was included:\n%s", got.body)
	}
}

func TestDeliver_refused(t *testing.T) {
	for name, test := range map[string]struct {
		status       int
		answer, code string
	}{
		"an S3 error":   {http.StatusForbidden, `<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code></Error>`, "SignatureDoesNotMatch"},
		"no XML":        {http.StatusBadGateway, "bad gateway", ""},
		"a redirection": {http.StatusTemporaryRedirect, `<Error><Code>TemporaryRedirect</Code></Error>`, "TemporaryRedirect"},
	} {
		t.Run(name, func(t *testing.T) {
			server, seen := receiver(t, test.status, test.answer)
			attempt := deliver(t, server, `{"publish": {"callbacks": [{"url": "HOST/a", "method": "PUT"}]}}`)[0]
			if attempt.Delivered() || attempt.Status != test.status || attempt.Code != test.code {
				t.Errorf("got %+v", attempt)
			}
			if len(*seen) != 1 {
				t.Errorf("%d requests: VoiceBase follows no redirect", len(*seen))
			}
		})
	}
}

func TestDeliver_keepsTheSecret(t *testing.T) {
	server, _ := receiver(t, http.StatusOK, "")
	server.Close()
	attempt := deliver(t, server, `{"publish": {"callbacks": [{"url": "HOST/a?X-Amz-Signature=secret", "method": "PUT"}]}}`)[0]
	if attempt.Err == nil {
		t.Fatal("a closed server answered")
	}
	if text := attempt.Target + attempt.Err.Error(); strings.Contains(text, "secret") {
		t.Errorf("the attempt tells the signature: %s", text)
	}
}

func TestDeliver_badConfiguration(t *testing.T) {
	voicebase := standin.New(nil, http.DefaultTransport, "organization")
	for _, configuration := range []string{
		`not JSON`,
		`{"publish": {"callbacks": [{"url": "https://example.com", "type": "transcript"}]}}`,
		`{"publish": {"callbacks": [{"url": "https://example.com", "type": "video"}]}}`,
	} {
		if _, err := voicebase.Deliver(t.Context(), []byte(configuration), "media-1"); err == nil {
			t.Errorf("no error for %s", configuration)
		}
	}
}
