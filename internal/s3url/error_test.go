package s3url_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

func TestParseErrors(t *testing.T) {
	const base = "https://acme.s3.eu-west-1.amazonaws.com/1.json?"
	change := func(old, replacement string) string { return base + strings.Replace(v4Query, old, replacement, 1) }
	cases := map[string]struct{ url, want string }{
		"nothing":                      {"", "start with https:// or http://"},
		"no scheme":                    {"acme.s3.amazonaws.com/1.json", "start with https:// or http://"},
		"another scheme":               {"s3://acme/1.json", "start with https:// or http://"},
		"a control character":          {"https://acme.s3.amazonaws.com/\x00", "malformed"},
		"no host":                      {"https:///acme", "no host"},
		"half an escape":               {"https://acme.s3.amazonaws.com/%2", "two hexadecimal digits"},
		"a user name":                  {"https://me:secret@acme.s3.amazonaws.com/k", "user name before its host"},
		"a fragment":                   {"https://acme.s3.amazonaws.com/a#b?" + v4Query, "as %23"},
		"no bucket":                    {"https://s3.eu-west-1.amazonaws.com/", "has no bucket"},
		"no bucket, custom":            {"https://storage.example.com", "has no bucket"},
		"a bad bucket":                 {"https://s3.eu-west-1.amazonaws.com/a%2Fb/k", "not a valid bucket name"},
		"a key in Latin-1":             {"https://acme.s3.amazonaws.com/%E9", "not valid UTF-8"},
		"another service":              {"https://abc.execute-api.us-east-1.amazonaws.com/prod", "not a public S3 endpoint"},
		"a VPC endpoint":               {"https://acme.bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com/k", "not a public S3 endpoint"},
		"an access point with a dot":   {"https://a.b-123456789012.s3-accesspoint.us-west-2.amazonaws.com/k", "not a public S3 endpoint"},
		"a website endpoint":           {"https://acme.s3-website-us-east-1.amazonaws.com/k", "not a public S3 endpoint"},
		"China under .com":             {"https://acme.s3.cn-north-1.amazonaws.com/k", "not a public S3 endpoint"},
		"half an escape in the query":  {base + "content-type=%zz&" + v4Query, "% in the query"},
		"two content types":            {base + "content-type=a&Content-Type=b&" + v4Query, "the query has content-type more than once"},
		"two dates":                    {base + v4Query + "&x-amz-date=20260102T030405Z", "the query has X-Amz-Date more than once"},
		"both versions":                {base + v4Query + "&" + v2Query, "both X-Amz-"},
		"no algorithm":                 {change("X-Amz-Algorithm", "X"), "the query has no X-Amz-Algorithm"},
		"another algorithm":            {change("AWS4-HMAC-SHA256", "AWS3"), "X-Amz-Algorithm must be"},
		"no credential":                {change("X-Amz-Credential", "X"), "the query has no X-Amz-Credential"},
		"a short credential":           {change("%2Faws4_request", ""), "X-Amz-Credential must have the form"},
		"no access key":                {change("AKIAIOSFODNN7EXAMPLE", ""), "does not start with an access key ID"},
		"the scope of another day":     {change("%2F20260102", "%2F20260103"), "have different dates"},
		"the scope of another region":  {change("eu-west-1", "us-east-1"), "host is in region eu-west-1, but X-Amz-Credential is for us-east-1"},
		"a region that is none":        {change("eu-west-1", "EU"), "not a valid region name"},
		"the scope of another service": {change("%2Fs3%2F", "%2Fsqs%2F"), "a service other than S3"},
		"no date":                      {change("X-Amz-Date", "X"), "the query has no X-Amz-Date"},
		"a date that is none":          {change("20260102T030405Z", "2026-01-02"), "X-Amz-Date is not a time"},
		"no expires":                   {change("X-Amz-Expires", "X"), "the query has no X-Amz-Expires"},
		"an empty expires":             {change("=86400", "="), "X-Amz-Expires is empty"},
		"negative expires":             {change("=86400", "=-1"), "X-Amz-Expires must be a number of seconds"},
		"more than seven days":         {change("=86400", "=604801"), "from 0 to 604800"},
		"hexadecimal expires":          {change("=86400", "=0x10"), "X-Amz-Expires must be a number of seconds"},
		"an overflow of expires":       {change("=86400", "=18446744074"), "X-Amz-Expires must be a number of seconds"},
		"SigV2 with a hexadecimal end": {base + "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=0x10", "Expires must be a time"},
		"no signed headers":            {change("X-Amz-SignedHeaders", "X"), "the query has no X-Amz-SignedHeaders"},
		"host not signed":              {change("content-type%3Bhost", "content-type"), "must include host"},
		"headers in capitals":          {change("content-type%3Bhost", "Host"), "X-Amz-SignedHeaders must be"},
		"no signature":                 {change("X-Amz-Signature=", "X="), "the query has no X-Amz-Signature"},
		"a forged signature":           {change(signature, "UwcWOfLWLpvtj1LibHd0Na5Fw"), "is not hexadecimal"},
		"half an escape in a token":    {base + "X-Amz-Security-Token=" + token + "%2", "a % in the query is not followed by two hexadecimal digits"},
		"half an escape in a name":     {base + "%2" + token + "=1", "a % in the query is not followed by two hexadecimal digits"},
		"SigV2 without signature":      {base + "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1", "the query has no Signature"},
		"SigV2 without end":            {base + "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x", "the query has no Expires"},
		"SigV2 with a bad end":         {base + "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=soon", "Expires must be a time"},
		"SigV2 past the year 9999":     {base + "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=253402300800", "Expires must be a time"},
		"SigV2 with a bad key":         {base + "AWSAccessKeyId=a-b&Signature=x&Expires=1", "not a valid access key ID"},
		"no signature at all":          {base, "not pre-signed"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := s3url.ParsePresigned(c.url)
			if err == nil {
				t.Fatalf("no error, but %+v", got)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %q, want %q in it", err, c.want)
			}
			checkSilent(t, c.url, err)
		})
	}
}

// checkSilent holds an error against the parts of a URL that let its reader deliver in our name.
func checkSilent(t *testing.T, raw string, err error) {
	t.Helper()
	for _, secret := range []string{signature, token, "UwcWOfLWLpvtj1LibHd0Na5Fw", "me:secret"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the error quotes a secret: %q", err)
		}
	}
	// The URL may be quoted with escapes, so its beginning counts.
	if _, rest, _ := strings.Cut(raw, "://"); len(rest) > 12 && strings.Contains(err.Error(), rest[:12]) {
		t.Errorf("the error quotes the URL: %q", err)
	}
}
