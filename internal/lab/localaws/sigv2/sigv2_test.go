package sigv2_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv2"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// The requests, the keys and the signatures are those of AWS's documentation,
// "Signing and authenticating REST requests".
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

func request(t *testing.T, method, url string, headers ...string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, url, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func TestDocumentedSignatures(t *testing.T) {
	at := time.Date(2007, 3, 27, 19, 36, 42, 0, time.UTC)
	object := func(headers ...string) *http.Request {
		return request(t, http.MethodGet, "/awsexamplebucket1/photos/puppy.jpg", append([]string{
			"Authorization", "AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=", "Date", "Tue, 27 Mar 2007 19:36:42 +0000",
		}, headers...)...)
	}
	put := func(contentType string) *http.Request {
		return request(t, http.MethodPut, "/awsexamplebucket1/photos/puppy.jpg", "Authorization", "AWS AKIAIOSFODNN7EXAMPLE:iqRzw+ileNPu1fhspnRs8nOjjIA=",
			"Date", "Tue, 27 Mar 2007 21:15:45 +0000", "Content-Type", contentType)
	}
	query := func(url string) *http.Request { return request(t, http.MethodGet, url) }
	const signed = "/johnsmith/photos/puppy.jpg?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620"
	for name, test := range map[string]struct {
		request *http.Request
		now     time.Time
		want    sigv4.Reason // -1 for none
	}{
		"GET":             {object(), at, -1},
		"too late":        {object(), at.Add(16 * time.Minute), sigv4.Skewed},
		"another header":  {object("X-Amz-Acl", "private"), at, sigv4.Mismatch},
		"PUT":             {put("image/jpeg"), at.Add(100 * time.Minute), -1},
		"PUT, other type": {put("text/plain"), at.Add(100 * time.Minute), sigv4.Mismatch},
		"query":           {query(signed), at, -1},
		"query, last":     {query(signed), time.Unix(1175139620, 0), -1},
		"query, expired":  {query(signed), time.Unix(1175139621, 0), sigv4.Expired},
		"query, tampered": {query(strings.Replace(signed, "puppy", "kitten", 1)), time.Unix(1175139621, 0), sigv4.Mismatch},
		"query, acl":      {query(signed + "&acl"), at, sigv4.Mismatch},
		"query, prefix":   {query(signed + "&prefix=x"), at, -1},
		"query, header":   {query(signed + "&x-amz-acl=private"), at, sigv4.Mismatch},
	} {
		t.Run(name, func(t *testing.T) {
			auth, err := sigv2.Parse(test.request)
			if err != nil {
				t.Fatal(err)
			}
			err = auth.Verify(test.request, secret, test.now)
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

func TestIncomplete(t *testing.T) {
	for _, url := range []string{
		"/b/k?AWSAccessKeyId=A&Signature=s", "/b/k?AWSAccessKeyId=A&Expires=1", "/b/k?AWSAccessKeyId=&Expires=1&Signature=s", "/b/k?AWSAccessKeyId=A&Expires=soon&Signature=s",
	} {
		if _, err := sigv2.Parse(request(t, http.MethodGet, url)); err == nil {
			t.Errorf("%s was read", url)
		}
	}
	for _, headers := range [][]string{
		{"Authorization", "AWS A", "Date", "Tue, 27 Mar 2007 19:36:42 +0000"}, {"Authorization", "AWS A:s"}, {"Authorization", "AWS A:s", "Date", "yesterday"},
	} {
		if _, err := sigv2.Parse(request(t, http.MethodGet, "/b/k", headers...)); err == nil {
			t.Errorf("%v was read", headers)
		}
	}
	if _, err := sigv2.Parse(request(t, http.MethodGet, "/b/k?AWSAccessKeyId=A&Expires=1&Signature=s", "Authorization", "AWS A:s")); err == nil {
		t.Error("two signatures were read")
	}
}

func TestStrip(t *testing.T) {
	r := request(t, http.MethodPut, "/b/k?AWSAccessKeyId=A&Expires=1&Signature=s&x-amz-security-token=t&x-amz-acl=private&content-type=text%2Fplain&versionId=1")
	sigv2.Strip(r)
	if r.URL.RawQuery != "content-type=text%2Fplain&versionId=1" || r.Header.Get("X-Amz-Acl") != "private" || r.Header.Get("X-Amz-Security-Token") != "" {
		t.Errorf("query %s, header %v", r.URL.RawQuery, r.Header)
	}
}
