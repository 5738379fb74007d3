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
		"plain": {"http://S3.eu-west-1.amazonaws.com:8080/acme/a%20b?A+b=1", s3url.URL{
			Scheme: "http", Host: "S3.eu-west-1.amazonaws.com:8080", Style: s3url.PathStyle, Bucket: "acme", Key: "a b", Region: "eu-west-1", Partition: "aws",
			Parameters: []string{"a b"},
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
		"https://s3.us-east-1.amazonaws.com/acme/1.json?" + v4Query:                                                                                   "the host is in region us-east-1, but X-Amz-Credential is for eu-west-1",
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

// TestSigV2Region has each region that S3 opened before 2014, and newer ones of each kind.
func TestSigV2Region(t *testing.T) {
	t.Parallel()
	for _, region := range []string{
		"ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-1", "sa-east-1", "us-east-1", "us-gov-west-1", "us-west-1", "us-west-2",
	} {
		if !s3url.SigV2Region(region) {
			t.Errorf("S3 takes SigV2 in %s", region)
		}
	}
	for _, region := range []string{
		"", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-3", "ca-central-1", "cn-north-1", "eu-central-1", "eu-west-2", "eu-west-3",
		"us-east-2", "us-gov-east-1", "us-west-3",
	} {
		if s3url.SigV2Region(region) {
			t.Errorf("S3 takes no SigV2 in %q", region)
		}
	}
}

// TestParseScopes has the services, keys and headers that a signature can name, and their neighbours.
func TestParseScopes(t *testing.T) {
	t.Parallel()
	const base = "https://acme.s3.eu-west-1.amazonaws.com/1.json?"
	const header = "X-Amz-SignedHeaders must be lower-case header names separated by semicolons"
	const key = "X-Amz-Credential does not start with an access key ID"
	const notHexadecimal = "X-Amz-Signature is not hexadecimal"
	for _, test := range []struct{ old, replacement, want string }{
		{"%2Fs3%2F", "%2Fs3express%2F", ""},
		{"%2Fs3%2F", "%2Fs3-object-lambda%2F", ""},
		{"%2Fs3%2F", "%2Fs3-outposts%2F", ""},
		{"%2Fs3%2F", "%2FS3%2F", "X-Amz-Credential is for a service other than S3"},
		{"%2Fs3%2F", "%2F%2F", "X-Amz-Credential is for a service other than S3"},
		{"AKIAIOSFODNN7EXAMPLE", strings.Repeat("A", 128), ""},
		{"AKIAIOSFODNN7EXAMPLE", strings.Repeat("A", 129), key},
		{"AKIAIOSFODNN7EXAMPLE", "A-B", key},
		{"AKIAIOSFODNN7EXAMPLE", "A%0A", key},
		{signature, "00FFaa99", ""},
		{signature, "0g", notHexadecimal},
		{signature, "g0", notHexadecimal},
		{"content-type%3Bhost", "host%3Bx-a!%23$%25%26'*.^_|~", ""},
		{"content-type%3Bhost", "host%3B", header},
		{"content-type%3Bhost", "host%3Bx:a", header},
		{"content-type%3Bhost", "host%3BX", header},
		{"content-type%3Bhost", "hosts%3Bx-host", "X-Amz-SignedHeaders must include host"},
		{"20260102T030405Z", "20260102T030405", "X-Amz-Date is not a time of the form 20260102T030405Z"},
		{"=86400", "=0", ""},
		{"=86400", "=604800", ""},
		{"=86400", "=0b1", "X-Amz-Expires must be a number of seconds from 0 to 604800"},
	} {
		_, err := s3url.Parse(base + strings.Replace(v4Query, test.old, test.replacement, 1))
		if got := text(err); got != test.want {
			t.Errorf("%s: got %q, want %q", test.replacement, got, test.want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestParseCustomHosts has hosts that only look like AWS's.
func TestParseCustomHosts(t *testing.T) {
	t.Parallel()
	for _, host := range []string{
		"notamazonaws.com", "s3.us-east-1.notamazonaws.com", "amazonaws.com", "storage.amazonaws.com.example.org", "acme.s3.amazonaws.com.example.org",
	} {
		got, err := s3url.Parse("https://" + host + "/acme/k")
		want := s3url.URL{Scheme: "https", Host: host, Style: s3url.CustomEndpoint, Bucket: "acme", Key: "k"}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v", host, got, err)
		}
	}
}
