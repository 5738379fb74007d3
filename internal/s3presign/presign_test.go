package s3presign_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// vectors are URLs that boto3 signed: an implementation that shares no line with the AWS SDK for Go.
type vectors struct {
	AccessKey string   `json:"access_key"`
	SecretKey string   `json:"secret_key"`
	Cases     []vector `json:"cases"`
}

type vector struct {
	Name         string    `json:"name"`
	Region       string    `json:"region"`
	Bucket       string    `json:"bucket"`
	Key          string    `json:"key"`
	ContentType  string    `json:"content_type"`
	ExpiresIn    int64     `json:"expires_in"`
	SignedAt     time.Time `json:"signed_at"`
	Addressing   string    `json:"addressing"`
	SessionToken string    `json:"session_token"`
	DualStack    bool      `json:"dualstack"`
	FIPS         bool      `json:"fips"`
	Endpoint     string    `json:"endpoint"`
	Plain        string    `json:"plain"`
	WithQuery    string    `json:"with_query"`
}

func (v vector) client(accessKey, secretKey string) *s3.Client {
	return s3.New(s3.Options{
		Region:      v.Region,
		Credentials: static(aws.Credentials{AccessKeyID: accessKey, SecretAccessKey: secretKey, SessionToken: v.SessionToken}),
		// The SDK reaches a bucket with dots by the path of its own accord.
		UsePathStyle: v.Addressing == "path",
	}, func(o *s3.Options) {
		if v.DualStack {
			o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled
		}
		if v.FIPS {
			o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled
		}
		if v.Endpoint != "" {
			o.BaseEndpoint = aws.String(v.Endpoint)
		}
	})
}

func (v vector) request(withQuery bool) s3presign.Request {
	return s3presign.Request{
		Bucket: v.Bucket, Key: v.Key, ContentType: v.ContentType, ContentTypeQuery: withQuery,
		ExpiresIn: time.Duration(v.ExpiresIn) * time.Second, SignedAt: v.SignedAt,
	}
}

func static(credentials aws.Credentials) aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return credentials, nil })
}

func TestSignEqualsBoto3(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/presigned_put.json")
	if err != nil {
		t.Fatal(err)
	}
	var want vectors
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Cases) != 18 {
		t.Fatalf("got %d vectors, want 18", len(want.Cases))
	}
	for _, v := range want.Cases {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			signer := s3presign.New(v.client(want.AccessKey, want.SecretKey))
			assertSigned(t, signer, v.request(false), v.Plain)
			assertSigned(t, signer, v.request(true), v.WithQuery)
		})
	}
}

func assertSigned(t *testing.T, signer *s3presign.Signer, request s3presign.Request, want string) {
	t.Helper()
	signed, err := signer.Sign(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if sorted(t, signed.URL) != sorted(t, want) {
		t.Errorf("\n got %s\nwant %s", signed.URL, want)
	}
	again, err := signer.Sign(t.Context(), request)
	if err != nil || again.URL != signed.URL {
		t.Errorf("signed again: %v\n got %s\nwant %s", err, again.URL, signed.URL)
	}
}

// sorted brings the parameters into one order. Everything else, escapes included, stays as it is.
func sorted(t *testing.T, raw string) string {
	t.Helper()
	base, query, _ := strings.Cut(raw, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return base + "?" + values.Encode()
}

var signedAt = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func validRequest() s3presign.Request {
	return s3presign.Request{
		Bucket: "acme-voicebase-results", Key: "calls/1.json", ContentType: "application/json",
		ExpiresIn: time.Hour, SignedAt: signedAt, ContentTypeQuery: true,
	}
}

func client(region string, credentials aws.Credentials) *s3.Client {
	if credentials.AccessKeyID == "" {
		credentials.AccessKeyID, credentials.SecretAccessKey = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	}
	return s3.New(s3.Options{Region: region, Credentials: static(credentials)})
}

func TestSigned(t *testing.T) {
	t.Parallel()
	request := validRequest()
	request.SignedAt = time.Date(2026, 1, 2, 4, 4, 5, 999_999_999, time.FixedZone("", 3600))
	signed, err := s3presign.New(client("us-east-1", aws.Credentials{})).Sign(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if !signed.SignedAt.Equal(signedAt) || signed.SignedAt.Location() != time.UTC {
		t.Errorf("signed at %s, want %s", signed.SignedAt, signedAt)
	}
	if want := signedAt.Add(time.Hour); !signed.ExpiresAt.Equal(want) || !signed.EffectiveEnd().Equal(want) {
		t.Errorf("ends at %s and effectively at %s, want %s", signed.ExpiresAt, signed.EffectiveEnd(), want)
	}
	if s3presign.Method != "PUT" {
		t.Errorf("the method is %s", s3presign.Method)
	}
	if signed.Temporary || signed.UnknownEnd() || !signed.CredentialsExpireAt.IsZero() || s3presign.HasSessionToken(signed.URL) {
		t.Errorf("long-lived credentials are taken for temporary ones: %t %s", signed.Temporary, signed.CredentialsExpireAt)
	}
	if want := map[string]string{"Content-Type": "application/json"}; !maps.Equal(signed.Headers, want) {
		t.Errorf("got headers %v, want %v", signed.Headers, want)
	}
}

func TestSignedWithTemporaryCredentials(t *testing.T) {
	t.Parallel()
	end := signedAt.Add(time.Hour)
	for name, test := range map[string]struct {
		credentials      aws.Credentials
		effective        time.Time
		credentialsUntil time.Time
		unknown          bool
	}{
		"end a second before the URL's": {aws.Credentials{CanExpire: true, Expires: end.Add(-time.Second)}, end.Add(-time.Second), end.Add(-time.Second), false},
		"end with the URL":              {aws.Credentials{CanExpire: true, Expires: end}, end, end, false},
		"end a second after the URL":    {aws.Credentials{CanExpire: true, Expires: end.Add(time.Second)}, end, end.Add(time.Second), false},
		"part of a second is not lived": {aws.Credentials{CanExpire: true, Expires: end.Add(-time.Millisecond)}, end.Add(-time.Second), end.Add(-time.Second), false},
		"in another time zone":          {aws.Credentials{CanExpire: true, Expires: end.In(time.FixedZone("", 7200))}, end, end, false},
		"unknown end":                   {aws.Credentials{}, end, time.Time{}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.credentials.SessionToken = "IQoJb3JpZ2luX2VjE/+=EXAMPLE"
			signed, err := s3presign.New(client("eu-west-1", test.credentials)).Sign(t.Context(), validRequest())
			if err != nil {
				t.Fatal(err)
			}
			if !signed.Temporary || signed.UnknownEnd() != test.unknown || !s3presign.HasSessionToken(signed.URL) {
				t.Errorf("temporary %t, unknown end %t", signed.Temporary, signed.UnknownEnd())
			}
			if !signed.EffectiveEnd().Equal(test.effective) || signed.CredentialsExpireAt != test.credentialsUntil {
				t.Errorf("effective end %s, credentials' end %s", signed.EffectiveEnd(), signed.CredentialsExpireAt)
			}
		})
	}
}

// A provider may renew its credentials between two questions: the end must be that of the key in the URL.
func TestSignedEndIsThatOfTheKeyUsed(t *testing.T) {
	t.Parallel()
	asked := 0
	provider := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		asked++
		return aws.Credentials{
			AccessKeyID: fmt.Sprintf("ASIA%d", asked), SecretAccessKey: "s", SessionToken: "t",
			CanExpire: true, Expires: signedAt.Add(time.Duration(asked) * time.Minute),
		}, nil
	})
	signed, err := s3presign.New(s3.New(s3.Options{Region: "us-east-1", Credentials: provider})).Sign(t.Context(), validRequest())
	if err != nil {
		t.Fatal(err)
	}
	key := fmt.Sprintf("ASIA%d%%2F", int(signed.CredentialsExpireAt.Sub(signedAt).Minutes()))
	if !strings.Contains(signed.URL, key) {
		t.Errorf("the end %s is not that of the key in the URL", signed.CredentialsExpireAt)
	}
}

func TestSignAccessPoint(t *testing.T) {
	t.Parallel()
	request := validRequest()
	request.Bucket = "arn:aws:s3:eu-west-1:123456789012:accesspoint/results"
	signed, err := s3presign.New(client("eu-west-1", aws.Credentials{})).Sign(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if want := "https://results-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/calls/1.json?"; !strings.HasPrefix(signed.URL, want) {
		t.Errorf("got another host than in %s", want)
	}
	_, err = s3presign.New(client("us-east-1", aws.Credentials{})).Sign(t.Context(), request)
	if err == nil || err.Error() != "the access point is in eu-west-1, the region to sign for is us-east-1" {
		t.Errorf("got %v", err)
	}
}

func TestSignRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*s3presign.Request)
		region string
		want   string
	}{
		"bucket":       {func(r *s3presign.Request) { r.Bucket = "My Bucket" }, "us-east-1", "not a valid bucket name"},
		"key":          {func(r *s3presign.Request) { r.Key = "/a" }, "us-east-1", "starts with a slash"},
		"content type": {func(r *s3presign.Request) { r.ContentType = "" }, "us-east-1", "not a content type"},
		"no lifetime":  {func(r *s3presign.Request) { r.ExpiresIn = 0 }, "us-east-1", "whole number of seconds from 1 to 604800"},
		"year 10000": {func(r *s3presign.Request) {
			r.SignedAt = time.Date(9999, 12, 31, 23, 59, 59, 0, time.FixedZone("", -3600))
		}, "us-east-1", "the years 10000"},
		"ends in 10000":       {func(r *s3presign.Request) { r.SignedAt = time.Date(9999, 12, 31, 23, 30, 0, 0, time.UTC) }, "us-east-1", "to 10000"},
		"global":              {func(*s3presign.Request) {}, "aws-global", "S3 would redirect"},
		"the region is empty": {func(*s3presign.Request) {}, "", "the region is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request := validRequest()
			test.change(&request)
			signed, err := s3presign.New(client(test.region, aws.Credentials{})).Sign(t.Context(), request)
			if err == nil || !strings.Contains(err.Error(), test.want) || signed.URL != "" {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestSignWithoutCredentials(t *testing.T) {
	t.Parallel()
	failing := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{}, errors.New("no source of credentials")
	})
	for name, provider := range map[string]aws.CredentialsProvider{"nil": nil, "anonymous": aws.AnonymousCredentials{}, "failing": failing} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := s3.New(s3.Options{Region: "us-east-1", Credentials: provider})
			const want = "sign a PUT of s3://acme-voicebase-results/calls/1.json: "
			if signed, err := s3presign.New(s).Sign(t.Context(), validRequest()); err == nil || !strings.HasPrefix(err.Error(), want) || signed.URL != "" {
				t.Errorf("signed without credentials, or another error: %v", err)
			}
		})
	}
}

func FuzzSign(f *testing.F) {
	f.Add("acme-voicebase-results", "calls/1.json", "application/json", int64(3600), int64(1_767_323_045), true)
	f.Add("arn:aws:s3:us-east-1:123456789012:accesspoint/a-b", "a b+c%2F&d=e.json", "text/plain; charset=utf-8", int64(1), int64(0), false)
	f.Add("arn:aws:s3::123456789012:accesspoint/m.mrap", "müller/通話.json", "application/ttaf+xml", int64(604_801), int64(-62_135_596_801), true)
	f.Add("b--use1-az4--x-s3", "\x00\xff", "a/b", int64(-1), int64(253_402_300_800), true)
	signer := s3presign.New(client("us-east-1", aws.Credentials{}))
	f.Fuzz(func(t *testing.T, bucket, key, contentType string, seconds, at int64, query bool) {
		request := s3presign.Request{
			Bucket: bucket, Key: key, ContentType: contentType, ContentTypeQuery: query,
			ExpiresIn: time.Duration(seconds) * time.Second, SignedAt: time.Unix(at, 0),
		}
		signed, err := signer.Sign(t.Context(), request)
		again, errAgain := signer.Sign(t.Context(), request)
		if (err == nil) != (errAgain == nil) || signed.URL != again.URL {
			t.Fatalf("signed twice, with different results: %v, %v", err, errAgain)
		}
		if err != nil && (signed.URL != "" || strings.Contains(err.Error(), "X-Amz-Signature=")) {
			t.Fatal("a URL beside or within an error")
		}
		if err == nil {
			checkParsed(t, request, signed)
		}
	})
}

// checkParsed reads a URL back: whatever was signed is what the parser finds.
func checkParsed(t *testing.T, request s3presign.Request, signed s3presign.Signed) {
	t.Helper()
	parsed, err := s3url.ParsePresigned(signed.URL)
	if err != nil {
		t.Fatalf("%+v: %v", request, err)
	}
	if parsed.Key != request.Key {
		t.Errorf("key %q, want %q", parsed.Key, request.Key)
	}
	if !strings.HasPrefix(request.Bucket, "arn:") && parsed.Bucket != request.Bucket {
		t.Errorf("bucket %q, want %q", parsed.Bucket, request.Bucket)
	}
	if want := map[bool]string{true: request.ContentType}[request.ContentTypeQuery]; parsed.ContentType != want {
		t.Errorf("content type %q, want %q", parsed.ContentType, want)
	}
	if got := parsed.Signature; !got.SignedAt.Equal(signed.SignedAt) || !got.ExpiresAt.Equal(signed.ExpiresAt) {
		t.Errorf("signed at %s until %s, want %s until %s", got.SignedAt, got.ExpiresAt, signed.SignedAt, signed.ExpiresAt)
	}
}

func BenchmarkSign(b *testing.B) {
	signer := s3presign.New(client("us-east-1", aws.Credentials{}))
	for b.Loop() {
		if _, err := signer.Sign(b.Context(), validRequest()); err != nil {
			b.Fatal(err)
		}
	}
}
