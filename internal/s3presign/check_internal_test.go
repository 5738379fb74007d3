package s3presign

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

const checkedURL = "https://acme.s3.eu-west-1.amazonaws.com/calls/a%20b.json?X-Amz-Algorithm=AWS4-HMAC-SHA256" +
	"&X-Amz-Credential=AKIA%2F20260102%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600" +
	"&X-Amz-Security-Token=token&X-Amz-SignedHeaders=content-type%3Bhost&content-type=text%2Fvtt&X-Amz-Signature=secret-signature"

func TestCheck(t *testing.T) {
	t.Parallel()
	request := Request{
		Key: "calls/a b.json", ContentType: "text/vtt", ContentTypeQuery: true,
		ExpiresIn: time.Hour, SignedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
	signer := New(s3.New(s3.Options{Region: "eu-west-1"}))
	want := signer.expectation(request, aws.Credentials{AccessKeyID: "AKIA", SessionToken: "token"})
	if err := want.check(checkedURL); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ old, new, want string }{
		"content type not signed":  {"content-type%3Bhost", "host", "X-Amz-SignedHeaders"},
		"further header signed":    {"content-type%3Bhost", "content-length%3Bcontent-type%3Bhost", "X-Amz-SignedHeaders"},
		"checksum":                 {"&X-Amz-Expires", "&X-Amz-Checksum-Crc32=AAAAAA%3D%3D&X-Amz-Expires", "X-Amz-Checksum-Crc32"},
		"checksum algorithm":       {"&X-Amz-Expires", "&x-amz-sdk-checksum-algorithm=CRC32&X-Amz-Expires", "x-amz-sdk-checksum-algorithm"},
		"operation's name":         {"&X-Amz-Expires", "&x-id=PutObject&X-Amz-Expires", "x-id"},
		"global host":              {".eu-west-1.", ".", "its host acme.s3.amazonaws.com does not carry the region eu-west-1"},
		"region in the name only":  {"acme.s3.eu-west-1.", "eu-west-1-acme.s3.", "does not carry the region"},
		"other lifetime":           {"Expires=3600", "Expires=900", "X-Amz-Expires"},
		"other time":               {"20260102T030405Z", "20260102T030406Z", "X-Amz-Date"},
		"other region":             {"%2Feu-west-1%2F", "%2Fus-east-1%2F", "X-Amz-Credential"},
		"other key":                {"a%20b", "a%20c", "end in the key"},
		"a key's end alone":        {"/calls/", "/xcalls/", "end in the key"},
		"beyond the key":           {"b.json?", "b.json/x?", "end in the key"},
		"other session token":      {"=token&", "=forged&", "X-Amz-Security-Token"},
		"other key of the account": {"=AKIA%2F", "=AKIB%2F", "X-Amz-Credential"},
		"other day of the scope":   {"%2F20260102%2F", "%2F20260103%2F", "X-Amz-Credential"},
		"other service":            {"%2Fs3%2F", "%2Fs3express%2F", "X-Amz-Credential"},
		"other content type":       {"text%2Fvtt", "text%2Fplain", "content-type"},
		"no content type":          {"&content-type=text%2Fvtt", "", "content-type"},
		"content type twice":       {"&content-type", "&content-type=text%2Fvtt&content-type", "content-type"},
		"no session token":         {"&X-Amz-Security-Token=token", "", "X-Amz-Security-Token"},
		"no signature":             {"&X-Amz-Signature=secret-signature", "", "X-Amz-Signature"},
		"empty signature":          {"secret-signature", "", "X-Amz-Signature"},
		"query that is none":       {"text%2Fvtt", "text%2", "cannot be parsed"},
		"URL that is none":         {"https://acme", "https://%", "cannot be parsed"},
		"signed by another scheme": {"AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256", "X-Amz-Algorithm"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := strings.Replace(checkedURL, test.old, test.new, 1)
			err := want.check(changed)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want %q", err, test.want)
			}
			if strings.Contains(err.Error(), "secret-signature") || strings.Contains(err.Error(), "=token") {
				t.Error("the error gives the URL away")
			}
		})
	}
}

func TestCheckLeavesCustomHostsAlone(t *testing.T) {
	t.Parallel()
	options := s3.Options{Region: "eu-west-1", BaseEndpoint: aws.String("http://127.0.0.1:9000")}
	if want := New(s3.New(options)).expectation(Request{}, aws.Credentials{}); want.region != "" {
		t.Errorf("the host 127.0.0.1 is asked to carry %s", want.region)
	}
}
