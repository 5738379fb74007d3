package server_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	smithymiddleware "github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// signed does a request that no SDK makes, with a right signature.
func signed(t *testing.T, w who, method, path string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, local.URL+path, nil)
	must(t, err)
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	r.Header.Set("X-Amz-Content-Sha256", empty)
	credentials := aws.Credentials{AccessKeyID: w.key, SecretAccessKey: w.secret, SessionToken: w.token}
	must(t, v4.NewSigner().SignHTTP(t.Context(), credentials, r, empty, "s3", "us-east-1", time.Now()))
	return send(t, method, r.URL.String(), r.Header, "")
}

func TestUnknownSubresourcesAreNotImplemented(t *testing.T) {
	bucket, c := newBucket(t), s3For(t, customer(), "us-east-1")
	for _, test := range []struct{ method, path, want string }{
		{http.MethodDelete, "?frobnicate", "501 NotImplemented"},
		{http.MethodDelete, "?frobnicate=1", "501 NotImplemented"},
		{http.MethodDelete, "?inventory&id=x", "400 InvalidArgument"},
		{http.MethodDelete, "?metrics", "501 NotImplemented"},
		{http.MethodPut, "?metadataTable", "501 NotImplemented"},
		{http.MethodGet, "?analytics", "501 NotImplemented"},
		{http.MethodPost, "?frobnicate", "501 NotImplemented"},
		{http.MethodDelete, "?versioning", "405 MethodNotAllowed"},
		{http.MethodDelete, "?policy&lifecycle", "400 InvalidArgument"},
		{http.MethodDelete, "/key?frobnicate", "501 NotImplemented"},
		{http.MethodGet, "/key?torrent", "501 NotImplemented"},
		{http.MethodDelete, "/key?tagging&uploadId=x", "400 InvalidArgument"},
		{http.MethodGet, "/key?acl&tagging", "400 InvalidArgument"},
	} {
		t.Run(test.method+test.path, func(t *testing.T) {
			must(t, putObject(t.Context(), c, bucket, "key"))
			if got := signed(t, customer(), test.method, "/"+bucket+test.path); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			_, err := c.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("key")})
			expect(t, err, "ok")
		})
	}
}

func TestRequestIDs(t *testing.T) {
	bucket, seen := newBucket(t), map[string]bool{}
	s3c, iamc, stsc := s3For(t, customer(), "us-east-1"), iamFor(t, customer()), stsFor(t, customer())
	record := func(name string) func(*smithymiddleware.Stack) error {
		return func(stack *smithymiddleware.Stack) error {
			return stack.Deserialize.Add(recorder{name, t, seen}, smithymiddleware.After)
		}
	}
	s3o := func(o *s3.Options) { o.APIOptions = append(o.APIOptions, record("X-Amz-Request-Id")) }
	iamo := func(o *iam.Options) { o.APIOptions = append(o.APIOptions, record("X-Amzn-Requestid")) }
	stso := func(o *sts.Options) { o.APIOptions = append(o.APIOptions, record("X-Amzn-Requestid")) }
	missing := aws.String("no-such-thing")
	calls := []func(ctx context.Context) error{
		func(ctx context.Context) error {
			return second(s3c.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket}, s3o))
		},
		func(ctx context.Context) error {
			return second(s3c.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: missing}, s3o))
		},
		func(ctx context.Context) error {
			return second(s3c.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &bucket}, s3o))
		},
		func(ctx context.Context) error {
			return second(s3c.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &bucket}, s3o))
		},
		func(ctx context.Context) error {
			return second(s3c.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &bucket}, s3o))
		},
		func(ctx context.Context) error {
			return second(s3c.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &bucket}, s3o))
		},
		func(ctx context.Context) error {
			return second(s3c.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: missing}, s3o))
		},
		func(ctx context.Context) error { return second(s3c.ListBuckets(ctx, &s3.ListBucketsInput{}, s3o)) },
		func(ctx context.Context) error {
			return second(s3c.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &bucket}, s3o))
		},
		func(ctx context.Context) error {
			return second(iamc.GetRole(ctx, &iam.GetRoleInput{RoleName: missing}, iamo))
		},
		func(ctx context.Context) error { return second(iamc.ListRoles(ctx, &iam.ListRolesInput{}, iamo)) },
		func(ctx context.Context) error { return second(iamc.ListUsers(ctx, &iam.ListUsersInput{}, iamo)) },
		func(ctx context.Context) error {
			return second(stsc.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}, stso))
		},
	}
	for _, call := range calls {
		_ = call(t.Context()) // some are refused, with an ID as well
	}
	if len(seen) != len(calls) {
		t.Errorf("%d different request IDs for %d calls", len(seen), len(calls))
	}
}

// recorder notes the request ID of each answer.
type recorder struct {
	header string
	t      *testing.T
	seen   map[string]bool
}

func (recorder) ID() string { return "record" }

func (r recorder) HandleDeserialize(ctx context.Context, in smithymiddleware.DeserializeInput, next smithymiddleware.DeserializeHandler) (smithymiddleware.DeserializeOutput, smithymiddleware.Metadata, error) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	if answer, ok := out.RawResponse.(*smithyhttp.Response); ok {
		if ids := answer.Header.Values(r.header); len(ids) == 1 && ids[0] != "" {
			r.seen[ids[0]] = true
		} else {
			r.t.Errorf("%s of %s: %q", r.header, smithymiddleware.GetOperationName(ctx), ids)
		}
	}
	return out, metadata, err
}

func TestBehindAProxyThatKeepsHost(t *testing.T) {
	target, err := url.Parse(local.URL)
	must(t, err)
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:   func(p *httputil.ProxyRequest) { p.SetURL(target); p.Out.Host = p.In.Host; p.SetXForwarded() },
		Transport: httpClient(t, 0).Transport,
	})
	t.Cleanup(proxy.Close)
	bucket := newBucket(t)
	c := s3For(t, customer(), "us-east-1", func(o *s3.Options) { o.BaseEndpoint = &proxy.URL })
	must(t, putObject(t.Context(), c, bucket, "a b+ü/%"))
	_, err = c.PutBucketTagging(t.Context(), &s3.PutBucketTaggingInput{Bucket: &bucket, Tagging: &types.Tagging{TagSet: []types.Tag{tag("a", "b")}}})
	expect(t, err, "ok")
}

func TestExpectedBucketOwner(t *testing.T) {
	bucket, c := newBucket(t), s3For(t, customer(), "us-east-1")
	for owner, want := range map[string]string{"000000000000": "ok", "999999999999": "403 AccessDenied"} {
		_, err := c.GetBucketEncryption(t.Context(), &s3.GetBucketEncryptionInput{Bucket: &bucket, ExpectedBucketOwner: &owner})
		expect(t, err, want)
		_, err = c.GetObjectLockConfiguration(t.Context(), &s3.GetObjectLockConfigurationInput{Bucket: &bucket, ExpectedBucketOwner: &owner})
		if want == "ok" { // of a call that versitygw answers
			expect(t, err, "404 ObjectLockConfigurationNotFoundError")
		} else {
			expect(t, err, want)
		}
		_, err = c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("key"), Body: strings.NewReader("{}"), ExpectedBucketOwner: &owner})
		expect(t, err, want)
	}
}

// TestHeadBucketTellsTheRegion asks without the permission, too.
func TestHeadBucketTellsTheRegion(t *testing.T) {
	bucket := newBucket(t)
	_, err := s3For(t, newSession(t, ""), "us-east-1").HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &bucket})
	var response *smithyhttp.ResponseError
	if !errors.As(err, &response) || response.HTTPStatusCode() != http.StatusForbidden || response.Response.Header.Get("X-Amz-Bucket-Region") != "us-east-1" {
		t.Errorf("got %v", err)
	}
}

func TestAnonymousIsRefused(t *testing.T) {
	bucket := newBucket(t)
	for _, path := range []string{"/", "/" + bucket, "/" + bucket + "/key", "/" + bucket + "?policy"} {
		if got := send(t, http.MethodGet, local.URL+path, nil, ""); got != "403 AccessDenied" {
			t.Errorf("GET %s: %s", path, got)
		}
	}
}
