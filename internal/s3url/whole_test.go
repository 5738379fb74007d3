package s3url_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// TestParseReadsAll compares all that is read in a URL, for each version of a signature.
func TestParseReadsAll(t *testing.T) {
	t.Parallel()
	signedAt := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, test := range map[string]struct {
		url  string
		want s3url.URL
	}{
		"plain": {"http://S3.eu-west-1.amazonaws.com:8080/acme/a%20b?", s3url.URL{
			Scheme: "http", Host: "S3.eu-west-1.amazonaws.com:8080", Style: s3url.PathStyle, Bucket: "acme", Key: "a b", Region: "eu-west-1", Partition: "aws",
		}},
		"SigV4": {"https://acme.s3.eu-west-1.amazonaws.com/1.json?x-id=PutObject&Versionid=1&" + v4Query, s3url.URL{
			Scheme: "https", Host: "acme.s3.eu-west-1.amazonaws.com", Style: s3url.VirtualHosted, Bucket: "acme", Key: "1.json", Region: "eu-west-1", Partition: "aws",
			Operation:  "PutObject",
			Parameters: []string{"x-id", "versionid", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-expires", "x-amz-signedheaders", "x-amz-signature"},
		}},
		"SigV2 with a token": {"https://storage.example.com/acme/1.json?" + v2Query + "&x-amz-security-token=" + token, s3url.URL{
			Scheme: "https", Host: "storage.example.com", Style: s3url.CustomEndpoint, Bucket: "acme", Key: "1.json", ContentType: "application/json",
			Parameters: []string{"awsaccesskeyid", "content-type", "expires", "signature", "x-amz-security-token"},
			Signature:  s3url.Signature{Version: s3url.SigV2, AccessKeyID: "AKIAIOSFODNN7EXAMPLE", ExpiresAt: time.Unix(1499476130, 0).UTC(), Temporary: true},
		}},
		"SigV2 to the end of time": {"https://storage.example.com/acme/1.json?AWSAccessKeyId=A&Signature=x&Expires=253402300799", s3url.URL{
			Scheme: "https", Host: "storage.example.com", Style: s3url.CustomEndpoint, Bucket: "acme", Key: "1.json",
			Parameters: []string{"awsaccesskeyid", "signature", "expires"},
			Signature:  s3url.Signature{Version: s3url.SigV2, AccessKeyID: "A", ExpiresAt: time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)},
		}},
		"SigV2 from the beginning": {"https://storage.example.com/acme/1.json?AWSAccessKeyId=A&Signature=x&Expires=0", s3url.URL{
			Scheme: "https", Host: "storage.example.com", Style: s3url.CustomEndpoint, Bucket: "acme", Key: "1.json",
			Parameters: []string{"awsaccesskeyid", "signature", "expires"},
			Signature:  s3url.Signature{Version: s3url.SigV2, AccessKeyID: "A", ExpiresAt: time.Unix(0, 0).UTC()},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := s3url.Parse(test.url)
			if err != nil {
				t.Fatal(err)
			}
			if name == "SigV4" {
				s := got.Signature
				if s.Version != s3url.SigV4 || s.AccessKeyID != "AKIAIOSFODNN7EXAMPLE" || !s.SignedAt.Equal(signedAt) {
					t.Errorf("signature %+v", s)
				}
				got.Signature = s3url.Signature{}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

// TestParseRefuses has what one rule alone refuses.
func TestParseRefuses(t *testing.T) {
	t.Parallel()
	const base = "https://acme.s3.eu-west-1.amazonaws.com/1.json?"
	for url, want := range map[string]string{
		base + "a%zz=1": "a % in the query is not followed by two hexadecimal digits",
		base + "a=%zz":  "a % in the query is not followed by two hexadecimal digits",
		base + strings.Replace(v4Query, "AKIAIOSFODNN7EXAMPLE%2F20260102%2Feu-west-1%2Fs3%2Faws4_request", "A%2F20260102%2Feu-west-1%2Fs3%2Faws4", 1): "X-Amz-Credential must have the form",
		base + strings.Replace(v4Query, "%2Feu-west-1%2Fs3", "%2Fs3", 1):                                                                              "X-Amz-Credential must have the form",
		base + strings.Replace(v4a(v4Query), "%2Fs3%2Faws4_request", "%2Faws4_request", 1):                                                            "X-Amz-Credential",
		base + "AWSAccessKeyId=&Signature=x&Expires=1":                                                                                                "AWSAccessKeyId is empty",
		base + "AWSAccessKeyId=A&Signature=x&Expires=-1":                                                                                              "the parameter Expires must be a time in seconds since 1970",
		base + v4Query + "&AWSAccessKeyId=A":                                                                                                          "both X-Amz-… (SigV4) and AWSAccessKeyId (SigV2)",
		base + "x-id=PutObject&X-Id=GetObject":                                                                                                        "the query has x-id more than once",
		base + "Content-Type=a&content-type=b":                                                                                                        "the query has content-type more than once",
		"ftp://acme/1":                                                                                                                                "does not start with https:// or http://",
		"https://a b/c":                                                                                                                               "the URL is malformed",
	} {
		if got, err := s3url.Parse(url); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %+v, %v, want an error with %q", url, got, err, want)
		}
	}
}

// TestIs asks what is meant as an S3 URL, a bad one included.
func TestIs(t *testing.T) {
	t.Parallel()
	const other = "https://storage.example.com/acme/1.json"
	for url, want := range map[string]bool{
		"https://acme.s3.amazonaws.com":             true,
		"https://s3.eu-west-1.amazonaws.com":        true,
		other:                                       false,
		other + "?X-Amz-Signature=x":                true,
		other + "?X-Amz-Algorithm=x":                true,
		other + "?x-amz-credential=x":               true,
		other + "?AWSAccessKeyId=x":                 true,
		other + "?X-Amz-%53ignature=x":              true,
		other + "?X-Amz-Signature=x&a=%zz":          true,
		other + "?X-Amz-Date=x&a=%zz":               false,
		"https://acme.s3.amazonaws.com:port/1.json": false,
	} {
		if got := s3url.Is(url); got != want {
			t.Errorf("%s: %t", url, got)
		}
	}
}

func TestSigV2Region(t *testing.T) {
	t.Parallel()
	if !s3url.SigV2Region("us-east-1") || s3url.SigV2Region("eu-central-1") {
		t.Error("S3 takes SigV2 in us-east-1, and not in eu-central-1")
	}
}
