package s3bucket_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// errorOf is an error in so many bytes.
func errorOf(bytes int) string {
	const begin, end = `<Error>`, `<Code>AccessDenied</Code></Error>`
	return begin + strings.Repeat(" ", bytes-len(begin+end)) + end
}

func TestUpload(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		want   s3bucket.Answer
	}{
		"stored":    {http.StatusOK, "", s3bucket.Answer{Status: 200, RequestID: "ID", VersionID: "V"}},
		"a body":    {http.StatusOK, `<Error><Code>A</Code></Error>`, s3bucket.Answer{Status: 200, RequestID: "ID", VersionID: "V"}},
		"cut off":   {http.StatusForbidden, `<Error><Code>AccessDenied</Code>`, s3bucket.Answer{Status: 403, RequestID: "ID", VersionID: "V"}},
		"refused":   {http.StatusForbidden, `<Error><Code>SignatureDoesNotMatch</Code><Message>No match</Message><SignatureProvided>secret</SignatureProvided></Error>`, s3bucket.Answer{Status: 403, Code: "SignatureDoesNotMatch", Message: "No match", RequestID: "ID", VersionID: "V"}},
		"no XML":    {http.StatusBadGateway, "bad gateway", s3bucket.Answer{Status: 502, RequestID: "ID", VersionID: "V"}},
		"not yet":   {http.StatusAccepted, "", s3bucket.Answer{Status: 202, RequestID: "ID", VersionID: "V"}},
		"too long":  {http.StatusForbidden, errorOf(65_537), s3bucket.Answer{Status: 403, RequestID: "ID", VersionID: "V"}},
		"long":      {http.StatusForbidden, errorOf(65_536), s3bucket.Answer{Status: 403, Code: "AccessDenied", RequestID: "ID", VersionID: "V"}},
		"elsewhere": {http.StatusTemporaryRedirect, `<Error><Code>TemporaryRedirect</Code></Error>`, s3bucket.Answer{Status: 307, Code: "TemporaryRedirect", RequestID: "ID", VersionID: "V"}},
	} {
		t.Run(name, func(t *testing.T) {
			requests := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests++
				body, _ := io.ReadAll(r.Body)
				if r.Method != http.MethodPut || r.Header.Get("Content-Type") != "text/srt" || string(body) != "1" || r.URL.RawQuery != "X-Amz-Signature=secret" {
					t.Errorf("got %s of %q as %q", r.Method, body, r.Header.Get("Content-Type"))
				}
				for header := range r.Header {
					if strings.HasPrefix(header, "X-Amz-") {
						t.Errorf("VoiceBase sends no %s", header)
					}
				}
				w.Header().Set("X-Amz-Request-Id", "ID")
				w.Header().Set("X-Amz-Version-Id", "V")
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			}))
			defer server.Close()
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			got, err := s3bucket.Upload(t.Context(), client, server.URL+"/bucket/key?X-Amz-Signature=secret", "text/srt", []byte("1"))
			if err != nil || got != test.want || got.Stored() != (test.status == http.StatusOK) || requests != 1 {
				t.Errorf("got %+v, %v after %d requests, want %+v", got, err, requests, test.want)
			}
		})
	}
}

// closing is an answer whose body knows whether it was closed.
type closing struct {
	io.Reader

	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func (c *closing) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: c}, nil
}

func TestUpload_closes(t *testing.T) {
	body := &closing{Reader: strings.NewReader("")}
	if answer, err := s3bucket.Upload(t.Context(), &http.Client{Transport: body}, "https://host/key", "text/srt", nil); err != nil || !answer.Stored() || !body.closed {
		t.Errorf("got %+v, %v, closed %t", answer, err, body.closed)
	}
}

// TestUpload_keepsTheSecret fails in each way that net/http writes the URL into.
func TestUpload_keepsTheSecret(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, try := range map[string]struct {
		ctx context.Context
		url string
	}{
		"nobody listens": {t.Context(), closed.URL},
		"over":           {over, closed.URL},
		"no URL":         {t.Context(), "https://host\x7f"},
		"no scheme":      {t.Context(), "://host"},
	} {
		_, err := s3bucket.Upload(try.ctx, http.DefaultClient, try.url+"/key?X-Amz-Signature=secret", "text/srt", nil)
		if name == "over" && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "X-Amz") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
