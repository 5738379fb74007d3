package s3url_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

func TestParseHostStyles(t *testing.T) {
	const virtual, path, accessPoint, custom = s3url.VirtualHosted, s3url.PathStyle, s3url.AccessPoint, s3url.CustomEndpoint
	cases := []struct {
		host      string
		style     s3url.Style
		bucket    string
		region    string
		partition string
	}{
		{"acme.s3.us-east-1.amazonaws.com/k", virtual, "acme", "us-east-1", "aws"},
		{"ACME.S3.US-EAST-1.amazonaws.com/k", virtual, "acme", "us-east-1", "aws"},
		{"acme.s3.us-east-1.amazonaws.com:443/k", virtual, "acme", "us-east-1", "aws"},
		{"acme.s3.us-east-1.amazonaws.com./k", virtual, "acme", "us-east-1", "aws"},
		{"acme.results.s3.eu-west-1.amazonaws.com/k", virtual, "acme.results", "eu-west-1", "aws"},
		{"acme.s3.s3.eu-west-1.amazonaws.com/k", virtual, "acme.s3", "eu-west-1", "aws"},
		{"acme.s3.amazonaws.com/k", virtual, "acme", "", "aws"},
		{"acme.s3-us-west-2.amazonaws.com/k", virtual, "acme", "us-west-2", "aws"},
		{"acme.s3-external-1.amazonaws.com/k", virtual, "acme", "us-east-1", "aws"},
		{"acme.s3.dualstack.ap-southeast-7.amazonaws.com/k", virtual, "acme", "ap-southeast-7", "aws"},
		{"acme.s3-fips.us-east-2.amazonaws.com/k", virtual, "acme", "us-east-2", "aws"},
		{"acme.s3-fips.dualstack.us-gov-west-1.amazonaws.com/k", virtual, "acme", "us-gov-west-1", "aws-us-gov"},
		{"acme.s3-fips-us-gov-west-1.amazonaws.com/k", virtual, "acme", "us-gov-west-1", "aws-us-gov"},
		{"acme.s3-us-gov-west-1.amazonaws.com/k", virtual, "acme", "us-gov-west-1", "aws-us-gov"},
		{"acme.s3-accelerate.amazonaws.com/k", virtual, "acme", "", "aws"},
		{"acme.s3-accelerate.dualstack.amazonaws.com/k", virtual, "acme", "", "aws"},
		{"acme--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com/k", virtual, "acme--usw2-az1--x-s3", "us-west-2", "aws"},
		{"s3.us-east-1.amazonaws.com/acme/k", path, "acme", "us-east-1", "aws"},
		{"s3-us-east-1.amazonaws.com/acme/k", path, "acme", "us-east-1", "aws"},
		{"s3.amazonaws.com/acme/k", path, "acme", "", "aws"},
		{"s3.amazonaws.com/Acme_Old/k", path, "Acme_Old", "", "aws"},
		{"s3.dualstack.eu-central-2.amazonaws.com/acme/k", path, "acme", "eu-central-2", "aws"},
		{"s3-fips.ca-west-1.amazonaws.com/acme/k", path, "acme", "ca-west-1", "aws"},
		{"acme.s3.cn-north-1.amazonaws.com.cn/k", virtual, "acme", "cn-north-1", "aws-cn"},
		{"s3.dualstack.cn-northwest-1.amazonaws.com.cn/acme/k", path, "acme", "cn-northwest-1", "aws-cn"},
		{"acme.s3.eusc-de-east-1.amazonaws.eu/k", virtual, "acme", "eusc-de-east-1", "aws-eusc"},
		{"acme.s3.us-iso-east-1.c2s.ic.gov/k", virtual, "acme", "us-iso-east-1", "aws-iso"},
		{"s3-fips.us-isob-east-1.sc2s.sgov.gov/acme/k", path, "acme", "us-isob-east-1", "aws-iso-b"},
		{"acme.s3.eu-isoe-west-1.cloud.adc-e.uk/k", virtual, "acme", "eu-isoe-west-1", "aws-iso-e"},
		{"acme.s3.us-isof-south-1.csp.hci.ic.gov/k", virtual, "acme", "us-isof-south-1", "aws-iso-f"},
		{"results-123456789012.s3-accesspoint.us-west-2.amazonaws.com/k", accessPoint, "results-123456789012", "us-west-2", "aws"},
		{"results-123456789012.s3-accesspoint-fips.dualstack.us-gov-east-1.amazonaws.com/k", accessPoint, "results-123456789012", "us-gov-east-1", "aws-us-gov"},
		{"results-123456789012.s3-accesspoint-fips.us-gov-east-1.amazonaws.com/k", accessPoint, "results-123456789012", "us-gov-east-1", "aws-us-gov"},
		{"results-123456789012.s3-accesspoint.dualstack.eu-west-1.amazonaws.com/k", accessPoint, "results-123456789012", "eu-west-1", "aws"},
		{"acme--usw2-az1--x-s3.s3express-fips-usw2-az1.dualstack.us-west-2.amazonaws.com/k", virtual, "acme--usw2-az1--x-s3", "us-west-2", "aws"},
		{"ap-123456789012.op-01ac5d28a6a232904.s3-outposts-fips.us-west-2.amazonaws.com/k", accessPoint, "ap-123456789012.op-01ac5d28a6a232904", "us-west-2", "aws"},
		{"mfzwi23gnjvgw.accesspoint.s3-global.amazonaws.com/k", accessPoint, "mfzwi23gnjvgw", "", "aws"},
		{"mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/k", accessPoint, "mfzwi23gnjvgw", "", "aws"},
		{"ap-123456789012.op-01ac5d28a6a232904.s3-outposts.us-west-2.amazonaws.com/k", accessPoint, "ap-123456789012.op-01ac5d28a6a232904", "us-west-2", "aws"},
		{"127.0.0.1:9000/acme/k", custom, "acme", "", ""},
		{"[::1]:9000/acme/k", custom, "acme", "", ""},
		{"storage.example.com/acme/k", custom, "acme", "", ""},
		{"amazonaws.com.example.org/acme/k", custom, "acme", "", ""},
	}
	for _, c := range cases {
		t.Run(c.host, func(t *testing.T) {
			got, err := s3url.Parse("https://" + c.host)
			if err != nil {
				t.Fatal(err)
			}
			if got.Style != c.style || got.Bucket != c.bucket || got.Region != c.region || got.Partition != c.partition || got.Key != "k" {
				t.Errorf("got %+v", got)
			}
			if global := c.region == "" && c.style != custom; got.Global != global {
				t.Errorf("Global is %v, want %v", got.Global, global)
			}
			if s3url.Is("https://"+c.host) != (c.style != custom) {
				t.Errorf("Is is %v", c.style == custom)
			}
		})
	}
}

func TestParseKey(t *testing.T) {
	cases := map[string]string{
		"":                          "",
		"/":                         "",
		"/calls/1.json":             "calls/1.json",
		"//calls//1.json":           "/calls//1.json",
		"/a%20b+c%2Bd":              "a b+c+d",
		"/a%2Fb/%E6%97%A5%E6%9C%AC": "a/b/日本",
		"/a/../b/.":                 "a/../b/.",
		"/%23%3F%25":                "#?%",
		"/folder/":                  "folder/",
	}
	for path, want := range cases {
		for _, base := range []string{"https://acme.s3.us-east-1.amazonaws.com", "https://s3.us-east-1.amazonaws.com/acme"} {
			got, err := s3url.Parse(base + path)
			if err != nil {
				t.Errorf("%s%s: %v", base, path, err)
			} else if got.Key != want || got.Bucket != "acme" {
				t.Errorf("%s%s: bucket %q, key %q, want key %q", base, path, got.Bucket, got.Key, want)
			}
		}
	}
}

const (
	signature = "b926f5f47f58a420b6eecf1dabd724c36697fb86a9ae1a54bf51690d351ceb1c"
	token     = "IQoJb3JpZ2luX2VjEXAMPLETOKEN"
	v4Query   = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Feu-west-1%2Fs3%2Faws4_request" +
		"&X-Amz-Date=20260102T030405Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=" + signature
	v2Query = "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&content-type=application%2Fjson&Expires=1499476130&Signature=UwcWOfLWLpvtj1LibHd0Na5Fw%2FM%3D"
)

func TestParseV4(t *testing.T) {
	got, err := s3url.ParsePresigned("https://acme.s3.eu-west-1.amazonaws.com/1.json?content-type=application%2Fjson&" + v4Query)
	if err != nil {
		t.Fatal(err)
	}
	signedAt := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if s := got.Signature; s.Version != s3url.SigV4 || s.AccessKeyID != "AKIAIOSFODNN7EXAMPLE" || !s.SignedAt.Equal(signedAt) ||
		!s.ExpiresAt.Equal(signedAt.Add(24*time.Hour)) || !slices.Equal(s.SignedHeaders, []string{"content-type", "host"}) || s.Temporary {
		t.Errorf("got %+v", s)
	}
	if got.ContentType != "application/json" || got.Region != "eu-west-1" || got.Global {
		t.Errorf("got %+v", got)
	}
}

func TestParseV4Variants(t *testing.T) {
	const base = "https://acme.s3.eu-west-1.amazonaws.com/1.json?"
	cases := map[string]struct {
		url   string
		check func(s3url.URL) bool
	}{
		"the spelling Content-Type":   {base + "Content-Type=text%2Fvtt&" + v4Query, func(u s3url.URL) bool { return u.ContentType == "text/vtt" }},
		"response-content-type":       {base + "response-content-type=text%2Fvtt&" + v4Query, func(u s3url.URL) bool { return u.ContentType == "" }},
		"a bare plus is a blank":      {base + "content-type=application/ttaf+xml&" + v4Query, func(u s3url.URL) bool { return u.ContentType == "application/ttaf xml" }},
		"a bare semicolon":            {base + strings.Replace(v4Query, "%3B", ";", 1), func(u s3url.URL) bool { return len(u.Signature.SignedHeaders) == 2 }},
		"a session token":             {base + v4Query + "&X-Amz-Security-Token=" + token, func(u s3url.URL) bool { return u.Signature.Temporary }},
		"parameters in small letters": {base + strings.ReplaceAll(v4Query, "X-Amz-", "x-amz-"), func(u s3url.URL) bool { return u.Signature.Version == s3url.SigV4 }},
		"the region of the signature": {strings.Replace(base, ".eu-west-1", "", 1) + v4Query, func(u s3url.URL) bool { return u.Region == "eu-west-1" && u.Global }},
		"a custom endpoint":           {"http://127.0.0.1:9000/acme/1.json?" + v4Query, func(u s3url.URL) bool { return u.Region == "eu-west-1" && u.Partition == "aws" && u.Bucket == "acme" }},
		"all of seven days": {base + strings.Replace(v4Query, "=86400", "=604800", 1), func(u s3url.URL) bool {
			return u.Signature.ExpiresAt.Sub(u.Signature.SignedAt) == awsname.MaxPresignedLife
		}},
		"SigV4A, which is for a set":    {"https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/k?" + v4a(v4Query), func(u s3url.URL) bool { return u.Signature.Version == s3url.SigV4A && u.Region == "" }},
		"SigV2, which has no sign time": {base + v2Query, func(u s3url.URL) bool { return u.Signature.Version == s3url.SigV2 && u.Signature.SignedAt.IsZero() }},
		"SigV2, its end":                {base + v2Query, func(u s3url.URL) bool { return u.Signature.ExpiresAt.Equal(time.Unix(1499476130, 0)) }},
		"SigV2, its content type":       {base + v2Query, func(u s3url.URL) bool { return u.ContentType == "application/json" }},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := s3url.ParsePresigned(c.url)
			if err != nil {
				t.Fatal(err)
			}
			if !c.check(got) {
				t.Errorf("got %+v", got)
			}
			if !s3url.Is(c.url) {
				t.Error("not taken for an S3 URL")
			}
		})
	}
}

func v4a(query string) string {
	query = strings.Replace(query, "AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256", 1)
	return strings.Replace(query, "%2Feu-west-1", "", 1) + "&X-Amz-Region-Set=%2A"
}
