package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

// AWS's codes for what the demo shows.
const (
	accessDenied          = "AccessDenied"
	signatureDoesNotMatch = "SignatureDoesNotMatch"
)

const analyticsType = "application/json"

var presignedURL = approach{
	title:   "Pre-signed URLs",
	example: "presigned-url",
	vars: []string{
		"force_destroy=true",
		// Fixed, so that the second plan does not depend on whether an hour has begun in between.
		"signed_at=" + time.Now().UTC().Format(time.RFC3339),
	},
	beyond: beyondURL,
}

// beyondURL puts to the URL of the analytics in every way but the right one.
func beyondURL(ctx context.Context, d *delivery) ([]check, error) {
	good := d.callbacks[0].URL
	old, err := d.signedAgo(ctx, 2*time.Hour, time.Hour)
	if err != nil {
		return nil, err
	}
	aged, err := d.signedAgo(ctx, 25*time.Hour, 7*24*time.Hour)
	if err != nil {
		return nil, err
	}
	tries := []struct {
		name, method, url, contentType, code string
	}{
		{"send another content type", http.MethodPut, good, "text/plain", signatureDoesNotMatch},
		{"send no content type", http.MethodPut, good, "", signatureDoesNotMatch},
		{"write to another key", http.MethodPut, anotherKey(good), analyticsType, signatureDoesNotMatch},
		{"make the URL live longer", http.MethodPut, withQuery(good, "X-Amz-Expires", "604800"), analyticsType, signatureDoesNotMatch},
		{"read what it wrote", http.MethodGet, good, "", signatureDoesNotMatch},
		{"delete what it wrote", http.MethodDelete, good, "", signatureDoesNotMatch},
		{"use a URL that has expired", http.MethodPut, old, analyticsType, accessDenied},
		{"use a URL beyond the bucket's maximum age", http.MethodPut, aged, analyticsType, accessDenied},
	}
	checks := make([]check, 0, len(tries))
	for _, try := range tries {
		var body []byte
		if try.method == http.MethodPut {
			body = []byte("{}")
		}
		attempt := d.voicebase.Send(ctx, try.name, try.method, try.url, try.contentType, body)
		checks = append(checks, check{attempt: attempt, status: http.StatusForbidden, code: try.code})
	}
	return checks, nil
}

// signedAgo signs a URL as the provider would have done some time ago. The example itself cannot hand out one
// that has expired: the provider refuses it.
func (d *delivery) signedAgo(ctx context.Context, ago, life time.Duration) (string, error) {
	signed, err := s3presign.New(s3.NewFromConfig(d.aws.config(d.aws.Customer))).Sign(ctx, s3presign.Request{
		Bucket: d.bucket, Key: "calls/example/analytics.json", ContentType: analyticsType,
		SignedAt: d.now.Add(-ago), ExpiresIn: life, ContentTypeQuery: true,
	})
	return signed.URL, err
}

func anotherKey(address string) string {
	path, query, _ := strings.Cut(address, "?")
	return path + "-of-another-call?" + query
}

func withQuery(address, name, value string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := parsed.Query()
	query.Set(name, value)
	parsed.RawQuery = query.Encode()
	return parsed.String()
}
