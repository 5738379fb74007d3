package sigv4_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// The request, the keys and the signatures are those of AWS's own documentation
// of Signature Version 4 for S3 ("GET object" and its pre-signed URL).
const (
	secret    = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

func documentedRequest() *http.Request {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "http://examplebucket.s3.amazonaws.com/test.txt", nil)
	r.Header.Set("Range", "bytes=0-9")
	r.Header.Set("X-Amz-Date", "20130524T000000Z")
	r.Header.Set("X-Amz-Content-Sha256", emptyHash)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
	return r
}

func documentedURL() *http.Request {
	return httptest.NewRequestWithContext(context.Background(), http.MethodGet, "http://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", nil)
}

func TestDocumentedSignatures(t *testing.T) {
	at := time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		request *http.Request
		edit    func(*http.Request)
		hash    string
		now     time.Time
		want    sigv4.Reason // -1 for none
	}{
		"header":             {documentedRequest(), nil, emptyHash, at, -1},
		"header, too late":   {documentedRequest(), nil, emptyHash, at.Add(16 * time.Minute), sigv4.Skewed},
		"header, too early":  {documentedRequest(), nil, emptyHash, at.Add(-16 * time.Minute), sigv4.Skewed},
		"another range":      {documentedRequest(), func(r *http.Request) { r.Header.Set("Range", "bytes=0-8") }, emptyHash, at, sigv4.Mismatch},
		"another method":     {documentedRequest(), func(r *http.Request) { r.Method = http.MethodPut }, emptyHash, at, sigv4.Mismatch},
		"another host":       {documentedRequest(), func(r *http.Request) { r.Host = "example.com" }, emptyHash, at, sigv4.Mismatch},
		"unsigned checksum":  {documentedURL(), func(r *http.Request) { r.Header.Set("X-Amz-Checksum-Crc32", "AAAAAA==") }, sigv4.UnsignedPayload, at, sigv4.Unsigned},
		"its algorithm":      {documentedURL(), func(r *http.Request) { r.Header.Set("X-Amz-Sdk-Checksum-Algorithm", "CRC32") }, sigv4.UnsignedPayload, at, sigv4.Unsigned},
		"another body":       {documentedRequest(), nil, sigv4.UnsignedPayload, at, sigv4.Mismatch},
		"a header more":      {documentedRequest(), func(r *http.Request) { r.Header.Set("X-Amz-Acl", "private") }, emptyHash, at, sigv4.Unsigned},
		"URL":                {documentedURL(), nil, sigv4.UnsignedPayload, at, -1},
		"URL, last second":   {documentedURL(), nil, sigv4.UnsignedPayload, at.Add(24 * time.Hour), -1},
		"URL, expired":       {documentedURL(), nil, sigv4.UnsignedPayload, at.Add(24*time.Hour + time.Second), sigv4.Expired},
		"URL, not yet valid": {documentedURL(), nil, sigv4.UnsignedPayload, at.Add(-16 * time.Minute), sigv4.NotYetValid},
		"URL, another key":   {documentedURL(), func(r *http.Request) { r.URL.Path = "/test.tx" }, sigv4.UnsignedPayload, at, sigv4.Mismatch},
	} {
		t.Run(name, func(t *testing.T) {
			if test.edit != nil {
				test.edit(test.request)
			}
			auth, err := sigv4.Parse(test.request)
			if err != nil {
				t.Fatal(err)
			}
			err = auth.Verify(test.request, secret, test.hash, test.now)
			var refused *sigv4.Error
			switch {
			case err == nil && test.want != -1:
				t.Error("accepted")
			case err != nil && (!errors.As(err, &refused) || refused.Reason != test.want):
				t.Errorf("refused with %v", err)
			}
		})
	}
}

// TestLongestLife reads URLs that live for a second more or less than a week.
func TestLongestLife(t *testing.T) {
	for seconds, want := range map[string]bool{"0": true, "1": true, "604799": true, "604800": true, "604801": false, "-1": false, "1e3": false, "86400.5": false} {
		r := documentedURL()
		r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "X-Amz-Expires=86400", "X-Amz-Expires="+seconds, 1)
		auth, err := sigv4.Parse(r)
		var refused *sigv4.Error
		switch {
		case want && (err != nil || auth.Expires.Seconds() > 604800):
			t.Errorf("%s s: %v", seconds, err)
		case !want && (!errors.As(err, &refused) || refused.Reason != sigv4.Malformed):
			t.Errorf("%s s: %v", seconds, err)
		}
	}
}
