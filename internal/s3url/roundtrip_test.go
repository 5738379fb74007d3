package s3url_test

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/encoding/httpbinding"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

type signed struct {
	host, bucket, region, key, contentType, token string
	path                                          bool
	expires                                       time.Duration
	at                                            time.Time
}

// sign makes a URL with AWS's own signer, as its presign client does.
func (s signed) sign(t *testing.T) string {
	t.Helper()
	target := "https://" + s.host + "/"
	if s.path {
		target += s.bucket + "/"
	}
	target += httpbinding.EscapePath(s.key, false)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, target, nil)
	if err != nil {
		t.Skip("not a request that Go can make")
	}
	request.Header.Set("Content-Type", s.contentType)
	query := url.Values{"X-Amz-Expires": {strconv.Itoa(int(s.expires.Seconds()))}, "content-type": {s.contentType}}
	request.URL.RawQuery = query.Encode()
	credentials := aws.Credentials{AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "EXAMPLEKEY", SessionToken: s.token}
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	raw, _, err := signer.PresignHTTP(t.Context(), credentials, request, "UNSIGNED-PAYLOAD", "s3", s.region, s.at)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func (s signed) check(t *testing.T) {
	t.Helper()
	raw := s.sign(t)
	got, err := s3url.ParsePresigned(raw)
	if err != nil {
		t.Fatalf("%+v: %v", s, err)
	}
	same := got.Bucket == s.bucket && got.Key == s.key && got.Region == s.region && got.ContentType == s.contentType &&
		got.Signature.Version == s3url.SigV4 && got.Signature.AccessKeyID == "AKIAIOSFODNN7EXAMPLE" &&
		got.Signature.SignedAt.Equal(s.at) && got.Signature.ExpiresAt.Equal(s.at.Add(s.expires)) &&
		got.Signature.Temporary == (s.token != "") && slices.Contains(got.Signature.SignedHeaders, "content-type")
	if !same {
		t.Errorf("signed %+v, parsed %+v", s, got)
	}
}

// TestParseUndoesSign is the property parse(sign(x)) == x over the host styles, with keys of all sorts.
func TestParseUndoesSign(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	hosts := []struct {
		host string
		path bool
	}{
		{"acme-results.s3.REGION.amazonaws.com", false},
		{"acme-results.s3.amazonaws.com", false},
		{"acme-results.s3-REGION.amazonaws.com", false},
		{"acme-results.s3-fips.dualstack.REGION.amazonaws.com", false},
		{"s3.REGION.amazonaws.com", true},
		{"127.0.0.1:9000", true},
	}
	pieces := []string{"a", "calls/", " ", "+", "%", "%2F", "//", "..", "日本", "é", "#", "?", "&", "=", ";", "~", "*", "'", "\u2028", "😀", "\x01"}
	regions := []string{"us-east-1", "eu-west-1", "ap-southeast-7", "us-gov-west-1"}
	for range 2000 {
		host := hosts[random.IntN(len(hosts))]
		region := regions[random.IntN(len(regions))]
		key := "k"
		for range random.IntN(8) {
			key += pieces[random.IntN(len(pieces))]
		}
		signed{
			host: strings.ReplaceAll(host.host, "REGION", region), path: host.path, bucket: "acme-results", region: region, key: key,
			contentType: []string{"application/json", "application/ttaf+xml", "text/plain; charset=utf-8"}[random.IntN(3)],
			token:       []string{"", token}[random.IntN(2)],
			expires:     time.Duration(1+random.IntN(604_800)) * time.Second,
			at:          time.Unix(1_700_000_000+random.Int64N(100_000_000), 0).UTC(),
		}.check(t)
	}
}

// FuzzParseUndoesSign looks for keys and content types that do not survive.
func FuzzParseUndoesSign(f *testing.F) {
	f.Add("calls/1.json", "application/json", uint32(86_400), int64(1_767_323_045))
	f.Add("日本/a b+c%", "text/vtt", uint32(1), int64(0))
	f.Add("/a//../b#?&", "text/plain; charset=utf-8", uint32(604_800), int64(4_000_000_000))
	f.Fuzz(func(t *testing.T, key, contentType string, expires uint32, at int64) {
		if key == "" || !utf8.ValidString(key) || strings.TrimSpace(contentType) != contentType || contentType == "" || strings.Contains(contentType, "  ") {
			t.Skip("S3 has no such object, or a header value that is not signed as it is given")
		}
		signed{
			host: "acme.s3.us-east-1.amazonaws.com", bucket: "acme", region: "us-east-1", key: key, contentType: contentType,
			expires: time.Duration(1+expires%604_800) * time.Second, at: time.Unix(at&0xffffffff, 0).UTC(),
		}.check(t)
	})
}
