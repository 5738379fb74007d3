package server_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// signV2 is a pre-signed URL for a PUT of Signature Version 2 as boto3 makes it: with the
// type and the token in its query.
func signV2(w who, bucket, key string, expires time.Time) string {
	query := url.Values{"AWSAccessKeyId": {w.key}, "Expires": {fmt.Sprint(expires.Unix())}, "content-type": {"application/json"}}
	headers := ""
	if w.token != "" {
		query.Set("x-amz-security-token", w.token)
		headers = "x-amz-security-token:" + w.token + "\n"
	}
	mac := hmac.New(sha1.New, []byte(w.secret))
	fmt.Fprintf(mac, "PUT\n\napplication/json\n%d\n%s/%s/%s", expires.Unix(), headers, bucket, key)
	query.Set("Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return local.URL + "/" + bucket + "/" + key + "?" + query.Encode()
}

func TestPresignedV2(t *testing.T) {
	bucket, west, young := newBucket(t), unique("bucket-eu"), unique("bucket-new")
	must(t, create(t, customer(), "eu-west-1", west, "eu-west-1"))
	must(t, create(t, customer(), "eu-central-1", young, "eu-central-1"))
	session := newSession(t, policyOf("Allow", "s3:PutObject", "arn:aws:s3:::"+bucket+"/in/*"))
	soon, past := time.Now().Add(time.Hour), time.Now().Add(-time.Second)
	right := signV2(session, bucket, "in/a.json", soon)
	for name, test := range map[string]struct {
		method, url string
		header      http.Header
		want        string
	}{
		"right":              {"PUT", right, jsonHeader(), "200"},
		"old region":         {"PUT", signV2(customer(), west, "a.json", soon), jsonHeader(), "200"},
		"new region":         {"PUT", signV2(customer(), young, "a.json", soon), jsonHeader(), "400 InvalidRequest"},
		"expired":            {"PUT", signV2(session, bucket, "in/a.json", past), jsonHeader(), "403 AccessDenied"},
		"wrong type":         {"PUT", right, http.Header{"Content-Type": {"text/plain"}}, "403 SignatureDoesNotMatch"},
		"no type":            {"PUT", right, nil, "403 SignatureDoesNotMatch"},
		"GET":                {"GET", right, jsonHeader(), "403 SignatureDoesNotMatch"},
		"another key":        {"PUT", strings.Replace(right, "/in/a", "/in/b", 1), jsonHeader(), "403 SignatureDoesNotMatch"},
		"one more header":    {"PUT", right, http.Header{"Content-Type": {"application/json"}, "X-Amz-Acl": {"private"}}, "403 SignatureDoesNotMatch"},
		"later end":          {"PUT", strings.Replace(right, fmt.Sprint(soon.Unix()), fmt.Sprint(soon.Unix()+1), 1), jsonHeader(), "403 SignatureDoesNotMatch"},
		"no end":             {"PUT", strings.Replace(right, "Expires=", "Ends=", 1), jsonHeader(), "403 AccessDenied"},
		"no signature":       {"PUT", strings.Replace(right, "Signature=", "Mark=", 1), jsonHeader(), "403 AccessDenied"},
		"outside the prefix": {"PUT", signV2(session, bucket, "out/a.json", soon), jsonHeader(), "403 AccessDenied"},
		"unknown key":        {"PUT", signV2(who{"AKIAUNKNOWNUNKNOWN00", "x", ""}, bucket, "in/a", soon), jsonHeader(), "403 InvalidAccessKeyId"},
		"wrong secret":       {"PUT", signV2(session.wrongSecret(), bucket, "in/a", soon), jsonHeader(), "403 SignatureDoesNotMatch"},
		"forged token":       {"PUT", signV2(who{session.key, session.secret, "forged"}, bucket, "in/a", soon), jsonHeader(), "400 InvalidToken"},
		"without its token":  {"PUT", signV2(who{session.key, session.secret, ""}, bucket, "in/a", soon), jsonHeader(), "403 InvalidAccessKeyId"},
		"missing bucket":     {"PUT", signV2(customer(), "no-such-bucket", "a", soon), jsonHeader(), "404 NoSuchBucket"},
		"header and query":   {"PUT", right, http.Header{"Content-Type": {"application/json"}, "Authorization": {"AWS a:b"}}, "400 InvalidArgument"},
		"both versions":      {"PUT", right + "&X-Amz-Algorithm=AWS4-HMAC-SHA256", jsonHeader(), "403 SignatureDoesNotMatch"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := send(t, test.method, test.url, test.header, `{"n":1}`); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
	out, err := s3For(t, customer(), "us-east-1").HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("in/a.json")})
	must(t, err)
	equal(t, aws.ToString(out.ContentType)+" "+fmt.Sprint(*out.ContentLength), "application/json 7")
}

// TestPoliciesSeeTheSignaturesVersion puts a policy on a bucket that AWS
// recommends against old signatures.
func TestPoliciesSeeTheSignaturesVersion(t *testing.T) {
	soon := time.Now().Add(time.Hour)
	for statement, want := range map[string]string{
		denyIf(`"StringEquals":{"s3:signatureversion":"AWS"}`):                 "403 AccessDenied",
		denyIf(`"StringNotEquals":{"s3:signatureversion":"AWS4-HMAC-SHA256"}`): "403 AccessDenied",
		denyIf(`"StringEquals":{"s3:signatureversion":"AWS4-HMAC-SHA256"}`):    "200",
		denyIf(`"NumericGreaterThan":{"s3:signatureAge":1}`):                   "200", // it has no age
		denyIf(`"StringEquals":{"s3:authType":"REST-QUERY-STRING"}`):           "403 AccessDenied",
	} {
		bucket := newBucket(t)
		must(t, putPolicy(t, bucket, bucketPolicy(bucket, statement)))
		if got := send(t, http.MethodPut, signV2(customer(), bucket, "k", soon), jsonHeader(), "{}"); got != want {
			t.Errorf("%s: got %s, want %s", statement, got, want)
		}
	}
}
