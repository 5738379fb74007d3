package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func TestPresignedPut(t *testing.T) {
	bucket := newBucket(t)
	session := newSession(t, policyOf("Allow", "s3:PutObject", "arn:aws:s3:::"+bucket+"/in/*"))
	right := func() string { return presignPut(t, session, bucket, "in/a b+c.json", 24*time.Hour, 0) }
	edit := func(u string, change func(url.Values)) string {
		parsed, err := url.Parse(u)
		must(t, err)
		query := parsed.Query()
		change(query)
		parsed.RawQuery = query.Encode()
		return parsed.String()
	}
	without := func(name string) string { return edit(right(), func(q url.Values) { q.Del(name) }) }
	with := func(name, value string) string { return edit(right(), func(q url.Values) { q.Set(name, value) }) }
	header := func(extra ...string) http.Header {
		h := jsonHeader()
		for i := 0; i < len(extra); i += 2 {
			h.Set(extra[i], extra[i+1])
		}
		return h
	}
	for name, test := range map[string]struct {
		method, url string
		header      http.Header
		want        string
	}{
		"right":                    {"PUT", right(), header(), "200"},
		"nearly expired":           {"PUT", presignPut(t, session, bucket, "in/b", time.Hour, -59*time.Minute), header(), "200"},
		"seven days":               {"PUT", presignPut(t, session, bucket, "in/b", 7*24*time.Hour, 0), header(), "200"},
		"a clock 10 min ahead":     {"PUT", presignPut(t, session, bucket, "in/b", time.Hour, 10*time.Minute), header(), "200"},
		"wrong Content-Type":       {"PUT", right(), header("Content-Type", "text/plain"), "403 SignatureDoesNotMatch"},
		"no Content-Type":          {"PUT", right(), nil, "403 SignatureDoesNotMatch"},
		"another key":              {"PUT", strings.Replace(right(), "/in/a", "/in/x", 1), header(), "403 SignatureDoesNotMatch"},
		"another bucket":           {"PUT", strings.Replace(right(), bucket, newBucket(t), 1), header(), "403 SignatureDoesNotMatch"},
		"longer life":              {"PUT", with("X-Amz-Expires", "604800"), header(), "403 SignatureDoesNotMatch"},
		"later date":               {"PUT", with("X-Amz-Date", time.Now().Add(time.Minute).UTC().Format("20060102T150405Z")), header(), "403 SignatureDoesNotMatch"},
		"another signature":        {"PUT", with("X-Amz-Signature", strings.Repeat("0", 64)), header(), "403 SignatureDoesNotMatch"},
		"forged token":             {"PUT", with("X-Amz-Security-Token", "forged"), header(), "403 SignatureDoesNotMatch"},
		"no token":                 {"PUT", without("X-Amz-Security-Token"), header(), "403 SignatureDoesNotMatch"},
		"a parameter more":         {"PUT", with("versionId", "1"), header(), "403 SignatureDoesNotMatch"},
		"GET":                      {"GET", right(), header(), "403 SignatureDoesNotMatch"},
		"DELETE":                   {"DELETE", right(), header(), "403 SignatureDoesNotMatch"},
		"no signature":             {"PUT", without("X-Amz-Signature"), header(), "400 AuthorizationQueryParametersError"},
		"no expiry":                {"PUT", without("X-Amz-Expires"), header(), "400 AuthorizationQueryParametersError"},
		"eight days":               {"PUT", presignPut(t, session, bucket, "in/b", 8*24*time.Hour, 0), header(), "400 AuthorizationQueryParametersError"},
		"negative life":            {"PUT", with("X-Amz-Expires", "-1"), header(), "400 AuthorizationQueryParametersError"},
		"expired":                  {"PUT", presignPut(t, session, bucket, "in/b", time.Hour, -61*time.Minute), header(), "403 AccessDenied"},
		"tampered and expired":     {"PUT", strings.Replace(presignPut(t, session, bucket, "in/b", time.Hour, -2*time.Hour), "/in/b", "/in/c", 1), header(), "403 SignatureDoesNotMatch"},
		"a clock 20 min ahead":     {"PUT", presignPut(t, session, bucket, "in/b", time.Hour, 20*time.Minute), header(), "403 AccessDenied"},
		"unsigned ACL":             {"PUT", right(), header("X-Amz-Acl", "bucket-owner-full-control"), "403 AccessDenied"},
		"unsigned metadata":        {"PUT", right(), header("X-Amz-Meta-A", "b"), "403 AccessDenied"},
		"outside the prefix":       {"PUT", presignPut(t, session, bucket, "out/b", time.Hour, 0), header(), "403 AccessDenied"},
		"tampered, to the outside": {"PUT", strings.Replace(right(), "/in/a", "/out/a", 1), header(), "403 SignatureDoesNotMatch"},
		"missing bucket":           {"PUT", presignPut(t, customer(), "no-such-bucket", "k", time.Hour, 0), header(), "404 NoSuchBucket"},
		"wrong secret":             {"PUT", presignPut(t, session.wrongSecret(), bucket, "in/b", time.Hour, 0), header(), "403 SignatureDoesNotMatch"},
		"unknown key":              {"PUT", presignPut(t, who{"AKIAUNKNOWNUNKNOWN00", "x", ""}, bucket, "in/b", time.Hour, 0), header(), "403 InvalidAccessKeyId"},
		"signed with a forgery":    {"PUT", presignPut(t, who{session.key, session.secret, "forged"}, bucket, "in/b", time.Hour, 0), header(), "400 InvalidToken"},
		"signed without its token": {"PUT", presignPut(t, who{session.key, session.secret, ""}, bucket, "in/b", time.Hour, 0), header(), "403 InvalidAccessKeyId"},
		"header and query":         {"PUT", right(), header("Authorization", "AWS4-HMAC-SHA256 Credential=x"), "400 InvalidArgument"},
		"VoiceBase's own":          {"PUT", presignPut(t, voicebase(), bucket, "in/b", time.Hour, 0), header(), "403 AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := send(t, test.method, test.url, test.header, "{}"); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestPresignedContentTypeParameter signs the parameter by which VoiceBase
// learns the type. S3 ignores it, and still enforces the header.
func TestPresignedContentTypeParameter(t *testing.T) {
	bucket := newBucket(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, local.URL+"/"+bucket+"/calls/1.json?X-Amz-Expires=3600&content-type=application%2Fjson", nil)
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	credentials := aws.Credentials{AccessKeyID: customer().key, SecretAccessKey: customer().secret}
	signed, _, err := signer.PresignHTTP(t.Context(), credentials, r, "UNSIGNED-PAYLOAD", "s3", "us-east-1", time.Now())
	must(t, err)
	for name, test := range map[string]struct {
		url    string
		header http.Header
		want   string
	}{
		"right":             {signed, jsonHeader(), "200"},
		"another type":      {signed, http.Header{"Content-Type": {"text/plain"}}, "403 SignatureDoesNotMatch"},
		"another parameter": {strings.Replace(signed, "content-type=application%2Fjson", "content-type=text%2Fplain", 1), jsonHeader(), "403 SignatureDoesNotMatch"},
	} {
		if got := send(t, http.MethodPut, test.url, test.header, "{}"); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
	out, err := s3For(t, customer(), "us-east-1").HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("calls/1.json")})
	must(t, err)
	equal(t, aws.ToString(out.ContentType), "application/json")
}

// TestPresignedUnderGuards puts guards on a bucket that only pre-signed URLs
// run into.
func TestPresignedUnderGuards(t *testing.T) {
	for name, test := range map[string]struct {
		statement string
		age       time.Duration
		want      string
	}{
		"young":                  {denyIf(`"NumericGreaterThan":{"s3:signatureAge":600000}`), 9 * time.Minute, "200"},
		"old":                    {denyIf(`"NumericGreaterThan":{"s3:signatureAge":600000}`), 11 * time.Minute, "403 AccessDenied"},
		"no pre-signed at all":   {denyIf(`"StringEquals":{"s3:authType":"REST-QUERY-STRING"}`), 0, "403 AccessDenied"},
		"only pre-signed":        {denyIf(`"StringNotEquals":{"s3:authType":"REST-QUERY-STRING"}`), 0, "200"},
		"from elsewhere":         {denyIf(`"NotIpAddress":{"aws:SourceIp":["52.6.244.43/32","52.2.171.140/32"]}`), 0, "403 AccessDenied"},
		"from the loopback":      {denyIf(`"NotIpAddress":{"aws:SourceIp":["52.6.244.43/32","127.0.0.1/32"]}`), 0, "200"},
		"for the root, too":      {`{"Effect":"Deny","Principal":{"AWS":"000000000000"},"Action":"s3:PutObject","Resource":"BUCKET/*"}`, 0, "403 AccessDenied"},
		"not the tampered first": {denyIf(`"StringEquals":{"s3:authType":"REST-QUERY-STRING"}`), -1, "403 SignatureDoesNotMatch"},
	} {
		t.Run(name, func(t *testing.T) {
			bucket := newBucket(t)
			must(t, putPolicy(t, bucket, bucketPolicy(bucket, test.statement)))
			u := presignPut(t, customer(), bucket, "k", time.Hour, -max(test.age, 0))
			if test.age < 0 {
				u = strings.Replace(u, "/k?", "/l?", 1)
			}
			if got := send(t, http.MethodPut, u, jsonHeader(), "{}"); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestPresignedDiesWithItsPolicy(t *testing.T) {
	bucket := newBucket(t)
	name, arn := newRole(t, policyOf("Allow", "s3:PutObject", "*"))
	session, err := assume(t.Context(), stsFor(t, voicebase()), arn, rightID)
	must(t, err)
	u := presignPut(t, session, bucket, "k", time.Hour, 0)
	if got := send(t, http.MethodPut, u, jsonHeader(), "{}"); got != "200" {
		t.Fatalf("before: %s", got)
	}
	must(t, deleteRolePolicy(t, name, "inline"))
	if got := send(t, http.MethodPut, u, jsonHeader(), "{}"); got != "403 AccessDenied" {
		t.Errorf("after: %s", got)
	}
}
