package s3url_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// FuzzParse checks that no text makes Parse panic, that errors keep a signature to themselves, and that what
// is taken for good is whole. Its corpus is in testdata/fuzz.
func FuzzParse(f *testing.F) {
	f.Add("https://acme.s3.eu-west-1.amazonaws.com/1.json?content-type=application%2Fjson&" + v4Query)
	f.Add("https://acme.s3.amazonaws.com/1.json?" + v2Query)
	f.Add("https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/k?" + v4a(v4Query))
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := s3url.Parse(raw)
		if err != nil {
			checkSilentQuery(t, raw, err)
			return
		}
		if got.Bucket == "" || got.Style == 0 || !utf8.ValidString(got.Key) {
			t.Errorf("%q gives %+v", raw, got)
		}
		if got.Presigned() && (got.Signature.AccessKeyID == "" || got.Signature.ExpiresAt.IsZero() || !s3url.Is(raw)) {
			t.Errorf("%q gives %+v", raw, got)
		}
	})
}

// checkSilentQuery fails when an error quotes the value of a secret parameter. Shorter values can be words of
// the error by chance.
func checkSilentQuery(t *testing.T, raw string, err error) {
	t.Helper()
	_, query, _ := strings.Cut(raw, "?")
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		decoded, _ := url.QueryUnescape(value)
		switch strings.ToLower(name) {
		case "signature", "x-amz-signature", "x-amz-security-token":
			for _, secret := range []string{value, decoded} {
				if len(secret) >= 24 && strings.Contains(err.Error(), secret) {
					t.Errorf("the error quotes %s: %q", name, err)
				}
			}
		}
	}
}
