package check_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const testDelivery = "voicebase_test_delivery"

// bearer is what must be in nothing that the action says.
var bearer = regexp.MustCompile(`(?i)X-Amz-(Signature|Credential|Security-Token)=|https?://127`)

func invoke(t *testing.T, server acctest.Server, config map[string]any) acctest.Invoked {
	t.Helper()
	return invokeWith(t.Context(), t, server, config)
}

func invokeWith(ctx context.Context, t *testing.T, server acctest.Server, config map[string]any) acctest.Invoked {
	t.Helper()
	got := server.Invoke(ctx, t, testDelivery, config)
	for _, text := range slices.Concat(got.Progress, got.Errors, got.Warnings) {
		if found := bearer.FindString(text); found != "" {
			t.Errorf("%q in %q", found, text)
		}
	}
	return got
}

// versions are all versions and delete markers in the bucket.
func (d *delivery) versions() []string {
	d.t.Helper()
	out, err := d.aws.S3(d.region).ListObjectVersions(d.t.Context(), &s3.ListObjectVersionsInput{Bucket: &d.bucket})
	must(d.t)(out, err)
	var keys []string
	for _, version := range out.Versions {
		keys = append(keys, aws.ToString(version.Key))
	}
	for _, marker := range out.DeleteMarkers {
		keys = append(keys, aws.ToString(marker.Key)+" (deleted)")
	}
	return keys
}

func contains(texts []string, part string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, part) })
}

// TestAccTestDelivery_delivers sends each type and format, with and without versioning, and leaves nothing behind.
func TestAccTestDelivery_delivers(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	server := a.Server(t, nil)
	d := newDelivery(t, a, region)
	plain := a.Bucket(t, "eu-west-1")
	for name, config := range map[string]map[string]any{
		"default":              {"bucket": d.bucket},
		"analytics":            {"bucket": d.bucket, "type": "analytics", "key_prefix": "calls/"},
		"json":                 {"bucket": d.bucket, "type": "transcript", "format": "json"},
		"text":                 {"bucket": d.bucket, "type": "transcript", "format": "text"},
		"webvtt":               {"bucket": d.bucket, "type": "transcript", "format": "webvtt"},
		"srt":                  {"bucket": d.bucket, "type": "transcript", "format": "srt"},
		"dfxp":                 {"bucket": d.bucket, "type": "transcript", "format": "dfxp"},
		"media":                {"bucket": d.bucket, "type": "media", "key": "a key of mine.wav"},
		"another":              {"bucket": plain, "region": "eu-west-1", "key_prefix": prefix},
		"not versioned, named": {"bucket": plain, "region": "eu-west-1", "key": "calls/test.json"},
	} {
		got := invoke(t, server, config)
		if len(got.Errors)+len(got.Warnings) > 0 || !contains(got.Progress, "S3 answered 200: the delivery works") || !contains(got.Progress, "Removed the test object") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if left := d.versions(); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAccTestDelivery_keeps(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	server := a.Server(t, nil)
	d := newDelivery(t, a, region)
	got := invoke(t, server, map[string]any{"bucket": d.bucket, "key": "calls/kept.srt", "type": "transcript", "format": "srt", "keep": true})
	if len(got.Errors)+len(got.Warnings) > 0 || !contains(got.Progress, "Kept s3://"+d.bucket+"/calls/kept.srt") {
		t.Errorf("got %+v", got)
	}
	head, err := a.S3(region).HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &d.bucket, Key: aws.String("calls/kept.srt")})
	must(t)(head, err)
	if aws.ToString(head.ContentType) != "text/srt" {
		t.Errorf("arrived as %s", aws.ToString(head.ContentType))
	}
	// What is there is not written over.
	got = invoke(t, server, map[string]any{"bucket": d.bucket, "key": "calls/kept.srt"})
	if !contains(got.Errors, "Object exists") || len(d.versions()) != 1 {
		t.Errorf("a key that is taken: %+v, %v", got, d.versions())
	}
}

// TestAccTestDelivery_refused has S3 refuse, and the matching line of Troubleshooting beside its answer.
func TestAccTestDelivery_refused(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	server := a.Server(t, nil)
	d := newDelivery(t, a, region)
	denied := newDelivery(t, a, region)
	denied.putBucketPolicy(denied.withStatement(fmt.Sprintf(`{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":%q}`, denied.objects(""))))
	locked := acctest.RandomName("acc-lock-")
	for name, test := range map[string]struct {
		server acctest.Server
		config map[string]any
		parts  []string
	}{
		"denied by the bucket's policy":  {server, map[string]any{"bucket": denied.bucket}, []string{"403 AccessDenied", `Troubleshooting, "403 AccessDenied": The signature is correct`, "Request ID: "}},
		"no bucket":                      {server, map[string]any{"bucket": locked}, []string{"404 NoSuchBucket", "There is no bucket of that name"}},
		"another region":                 {server, map[string]any{"bucket": d.bucket, "region": "eu-west-1"}, []string{"AuthorizationQueryParametersError", "signed for another region"}},
		"no permission":                  {a.ServerAs(t, a.Operator(t, policyOf("Allow", "s3:GetObject", "*")), nil), map[string]any{"bucket": d.bucket}, []string{"403 AccessDenied", "the signer may not write the object"}},
		"unknown key":                    {a.ServerAs(t, aws.Credentials{AccessKeyID: "AKIAUNKNOWN000000000", SecretAccessKey: "secret"}, nil), map[string]any{"bucket": d.bucket}, []string{"InvalidAccessKeyId", "the access key"}},
		"wrong secret":                   {a.ServerAs(t, aws.Credentials{AccessKeyID: customerKey(a), SecretAccessKey: "secret"}, nil), map[string]any{"bucket": d.bucket}, []string{"SignatureDoesNotMatch", "The request differs"}},
		"a format that the type has not": {server, map[string]any{"bucket": d.bucket, "type": "media", "format": "srt"}, []string{"format is not valid"}},
		"a transcript without a format":  {server, map[string]any{"bucket": d.bucket, "type": "transcript"}, []string{"requires a format"}},
		"key and prefix":                 {server, map[string]any{"bucket": d.bucket, "key": "a", "key_prefix": "b/"}, []string{"cannot be specified when"}},
	} {
		got := invoke(t, test.server, test.config)
		if len(got.Errors) == 0 {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		for _, part := range test.parts {
			if !strings.Contains(strings.ToLower(got.Errors[0]), strings.ToLower(part)) {
				t.Errorf("%s: no %q in %q", name, part, got.Errors[0])
			}
		}
	}
	if left := append(d.versions(), denied.versions()...); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func customerKey(a *acctest.AWS) string {
	key, _ := a.CustomerKeys()
	return key
}

// TestAccTestDelivery_removal has credentials that may write, and not remove all of it.
func TestAccTestDelivery_removal(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for name, test := range map[string]struct {
		action, key, warning string
		left                 int
		versioned            bool
	}{
		"all of it":              {`["s3:PutObject","s3:DeleteObjectVersion"]`, "", "", 0, true},
		"not the version":        {`["s3:PutObject","s3:DeleteObject"]`, "", "its version is still there", 2, true},
		"nothing":                {`["s3:PutObject"]`, "", "could not be removed", 1, true},
		"nothing, not versioned": {`["s3:PutObject"]`, "", "could not be removed", 1, false},
		"not to look":            {`["s3:PutObject","s3:DeleteObject"]`, "calls/it's mine.json", "may have replaced another one", 1, false},
		"not to look, versioned": {`["s3:PutObject","s3:DeleteObjectVersion"]`, "calls/mine.json", "", 0, true},
	} {
		d := newDelivery(t, a, region)
		if !test.versioned {
			d.bucket = a.Bucket(t, region)
		}
		policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":%s,"Resource":"*"}]}`, test.action)
		config := map[string]any{"bucket": d.bucket}
		if test.key != "" {
			config["key"] = test.key
		}
		got := invoke(t, a.ServerAs(t, a.Operator(t, policy), nil), config)
		if len(got.Errors) > 0 || (test.warning == "") != (len(got.Warnings) == 0) || test.warning != "" && !contains(got.Warnings, test.warning) {
			t.Errorf("%s: %+v", name, got)
		}
		if left := d.versions(); len(left) != test.left {
			t.Errorf("%s: left %v", name, left)
		}
		if test.warning != "" && !contains(got.Warnings, "aws s3api delete-object --bucket "+d.bucket+" --key '") {
			t.Errorf("%s: no command in %q", name, got.Warnings)
		}
	}
}

// TestAccTestDelivery_interrupted stops Terraform while the upload is under way: before it reaches S3, and after.
func TestAccTestDelivery_interrupted(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	server := a.Server(t, nil)
	d := newDelivery(t, a, region)
	for name, before := range map[string]bool{"before S3 has it": true, "after": false} {
		ctx, cancel := context.WithCancel(t.Context())
		a.Fail("PutObject", acctest.Fault{Before: before, Wire: acctest.Hang, Strike: cancel, Times: 1})
		got := invokeWith(ctx, t, server, map[string]any{"bucket": d.bucket})
		if !contains(got.Errors, "Test delivery interrupted") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if left := d.versions(); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestAccTestDelivery_unreachable breaks the connection: Go's own error has the whole URL in it.
func TestAccTestDelivery_unreachable(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	server := a.Server(t, nil)
	d := newDelivery(t, a, region)
	for _, wire := range []acctest.Wire{acctest.Reset, acctest.HalfAnswer} {
		// S3 has the object by then.
		a.Fail("PutObject", acctest.Fault{Wire: wire, Status: http.StatusOK, Times: 1})
		got := invoke(t, server, map[string]any{"bucket": d.bucket})
		if !contains(got.Errors, "Test delivery failed: No answer came from S3") && wire == acctest.Reset {
			t.Errorf("%v: %+v", wire, got)
		}
		if left := d.versions(); len(left) > 0 {
			t.Errorf("%v: left behind: %v", wire, left)
		}
	}
	a.Fail("PutObject", acctest.Fault{Status: http.StatusServiceUnavailable, Code: "SlowDown", Message: "Please reduce your request rate.", Before: true, Times: 1})
	if got := invoke(t, server, map[string]any{"bucket": d.bucket}); !contains(got.Errors, "503 SlowDown") || !contains(got.Errors, "S3 is busy") {
		t.Errorf("got %+v", got)
	}
}
