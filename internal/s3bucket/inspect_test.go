package s3bucket_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// inspected is a bucket that somebody made, with Object Lock.
type inspected struct {
	*fakeBucket
	region *string
	lock   *types.ObjectLockConfiguration
}

func (i inspected) HeadBucket(ctx context.Context, in *s3.HeadBucketInput, options ...func(*s3.Options)) (*s3.HeadBucketOutput, error) {
	_, err := i.fakeBucket.HeadBucket(ctx, in, options...)
	return &s3.HeadBucketOutput{BucketRegion: i.region}, err
}

func (i inspected) GetObjectLockConfiguration(_ context.Context, in *s3.GetObjectLockConfigurationInput, _ ...func(*s3.Options)) (*s3.GetObjectLockConfigurationOutput, error) {
	i.look(in, in.Bucket)
	return &s3.GetObjectLockConfigurationOutput{ObjectLockConfiguration: i.lock}, i.call("GetObjectLockConfiguration")
}

func inspectedBucket(t *testing.T) inspected {
	t.Helper()
	f := &fakeBucket{}
	if err := s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{}, everySetting(), noneUnmanaged); err != nil {
		t.Fatal(err)
	}
	f.calls, f.errs = nil, map[string][]error{}
	return inspected{f, aws.String("eu-west-1"), nil}
}

// TestInspect reads what a check is about, and fails in no read because of another one.
func TestInspect(t *testing.T) {
	want := everySetting()
	want.Lifecycle, want.Tags, want.AccessLogging, want.EventBridge = nil, nil, s3bucket.AccessLogging{}, false
	var f inspected
	var got s3bucket.Inspection
	synctest.Test(t, func(t *testing.T) {
		f = inspectedBucket(t)
		got = s3bucket.Inspect(t.Context(), f, bucketName)
	})
	if !reflect.DeepEqual(got, s3bucket.Inspection{Settings: want, Region: "eu-west-1", Errors: map[string]error{}}) {
		t.Errorf("got %+v", got)
	}
	slices.Sort(f.calls)
	expectCalls(t, f.fakeBucket, slices.Sorted(maps.Keys(s3bucket.Permissions))...)
	for _, operation := range f.calls {
		t.Run(operation, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				failure := refusal(http.StatusForbidden, "AccessDenied", "no")
				f := inspectedBucket(t)
				f.errs[operation] = []error{failure}
				got := s3bucket.Inspect(t.Context(), f, bucketName)
				if len(got.Errors) != 1 || !errors.Is(got.Errors[operation], failure) || len(f.calls) != len(s3bucket.Permissions) {
					t.Errorf("got the errors %v of %v", got.Errors, f.calls)
				}
			})
		})
	}
}

// TestInspect_nothing takes what is missing for that, and not for an error.
func TestInspect_nothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := inspected{&fakeBucket{errs: map[string][]error{}}, nil, nil}
		for operation, code := range map[string]string{
			s3bucket.OperationPublicAccessBlock: "NoSuchPublicAccessBlockConfiguration", s3bucket.OperationOwnership: "OwnershipControlsNotFoundError",
			s3bucket.OperationEncryption: "ServerSideEncryptionConfigurationNotFoundError", s3bucket.OperationPolicy: "NoSuchBucketPolicy",
			s3bucket.OperationObjectLock: "ObjectLockConfigurationNotFoundError",
		} {
			f.errs[operation] = []error{refusal(http.StatusNotFound, code, "")}
		}
		if got := s3bucket.Inspect(t.Context(), f, bucketName); !reflect.DeepEqual(got, s3bucket.Inspection{Errors: map[string]error{}}) {
			t.Errorf("got %+v", got)
		}
	})
}

// TestInspect_region finds it in whatever answer tells it.
func TestInspect_region(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, errs := range map[string]map[string][]error{
			"a refused head":     {"HeadBucket": {elsewhere(http.StatusForbidden, "Forbidden", "", "eu-central-1")}},
			"a head sent on":     {"HeadBucket": {elsewhere(http.StatusMovedPermanently, "MovedPermanently", "", "eu-central-1")}},
			"another's redirect": {"HeadBucket": {headRefused}, "GetBucketPolicy": {elsewhere(http.StatusMovedPermanently, "PermanentRedirect", "", "eu-central-1")}},
			"another's words":    {"HeadBucket": {headRefused}, "GetBucketVersioning": {refusal(http.StatusBadRequest, "AuthorizationHeaderMalformed", "expecting 'eu-central-1'")}},
		} {
			f := inspectedBucket(t)
			f.errs = errs
			if got := s3bucket.Inspect(t.Context(), f, bucketName); got.Region != "eu-central-1" || len(got.Errors) != len(errs) {
				t.Errorf("%s: the region is %q, the errors %v", name, got.Region, got.Errors)
			}
		}
		f := inspectedBucket(t)
		f.errs["GetBucketPolicy"] = []error{elsewhere(http.StatusMovedPermanently, "PermanentRedirect", "", "eu-central-1")}
		if got := s3bucket.Inspect(t.Context(), f, bucketName); got.Region != "eu-west-1" {
			t.Errorf("HeadBucket told eu-west-1, and the region is %q", got.Region)
		}
		f = inspectedBucket(t)
		f.errs["HeadBucket"] = []error{headRefused}
		if got := s3bucket.Inspect(t.Context(), f, bucketName); got.Region != "" {
			t.Errorf("nobody told the region %q", got.Region)
		}
	})
}

func TestInspect_objectLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for lock, want := range map[*types.ObjectLockConfiguration]string{
			{Rule: &types.ObjectLockRule{DefaultRetention: &types.DefaultRetention{Mode: "GOVERNANCE", Days: aws.Int32(30)}}}: "GOVERNANCE, 30 days",
			{Rule: &types.ObjectLockRule{DefaultRetention: &types.DefaultRetention{Mode: "COMPLIANCE", Years: aws.Int32(7)}}}: "COMPLIANCE, 7 years",
			{Rule: &types.ObjectLockRule{DefaultRetention: &types.DefaultRetention{Mode: "GOVERNANCE", Years: aws.Int32(1)}}}: "GOVERNANCE, 1 years",
			{ObjectLockEnabled: types.ObjectLockEnabledEnabled, Rule: &types.ObjectLockRule{}}:                                "",
			{ObjectLockEnabled: types.ObjectLockEnabledEnabled}:                                                               "",
			nil: "",
		} {
			f := inspectedBucket(t)
			f.lock = lock
			if got := s3bucket.Inspect(t.Context(), f, bucketName); got.DefaultRetention != want {
				t.Errorf("got %q, want %q", got.DefaultRetention, want)
			}
		}
	})
}

func TestWhatAnAnswerSaysOfABucket(t *testing.T) {
	for name, test := range map[string]struct {
		err                error
		missing, elsewhere bool
	}{
		"no such bucket":      {noSuchBucket, true, false},
		"not found":           {headMissing, true, false},
		"some other absence":  {refusal(http.StatusNotFound, "NoSuchBucketPolicy", ""), false, false},
		"refused":             {headRefused, false, false},
		"a redirect":          {elsewhere(http.StatusMovedPermanently, "PermanentRedirect", "", "eu-west-1"), false, true},
		"a refusal elsewhere": {elsewhere(http.StatusForbidden, "Forbidden", "", "eu-west-1"), false, false},
		"none":                {nil, false, false},
		"found, in words":     {refusal(http.StatusBadRequest, "NotFound", ""), false, false},
	} {
		if s3bucket.IsMissing(test.err) != test.missing || s3bucket.IsElsewhere(test.err) != test.elsewhere {
			t.Errorf("%s: missing %t, elsewhere %t", name, s3bucket.IsMissing(test.err), s3bucket.IsElsewhere(test.err))
		}
	}
}

// TestPermissions are published names, for what a check says of a read that it may not make.
func TestPermissions(t *testing.T) {
	want := map[string]string{
		"HeadBucket": "s3:ListBucket", "GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock", "GetBucketOwnershipControls": "s3:GetBucketOwnershipControls",
		"GetBucketEncryption": "s3:GetEncryptionConfiguration", "GetBucketVersioning": "s3:GetBucketVersioning", "GetBucketPolicy": "s3:GetBucketPolicy",
		"GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
	}
	if !maps.Equal(s3bucket.Permissions, want) {
		t.Errorf("got %v", s3bucket.Permissions)
	}
}

// wire answers the SDK's own client, and keeps what it was asked.
type wire struct {
	asked  []string
	status int
}

func (w *wire) Do(r *http.Request) (*http.Response, error) {
	w.asked = append(w.asked, r.Method+" "+r.URL.Path+"?"+r.URL.RawQuery)
	header := http.Header{"X-Amz-Version-Id": {"v1"}}
	return &http.Response{StatusCode: w.status, Header: header, Body: http.NoBody, Request: r}, nil
}

// TestOneCall has what is a single call with a client of its own.
func TestOneCall(t *testing.T) {
	for name, test := range map[string]struct {
		call  func(context.Context, *s3.Client) (string, error)
		asked string
		// ok and missing are the answers to 200 and 404, "error" for an error.
		ok, missing string
		// failed is what comes with an error.
		failed string
	}{
		"look": {func(ctx context.Context, c *s3.Client) (string, error) { return "", s3bucket.Look(ctx, c, bucketName) }, "HEAD /" + bucketName + "?", "", "error", ""},
		"find": {func(ctx context.Context, c *s3.Client) (string, error) {
			exists, version, err := s3bucket.NewObject(c, bucketName, "a/b").Find(ctx)
			return fmt.Sprint(exists) + version, err
		}, "HEAD /" + bucketName + "/a/b?", "truev1", "false", "false"},
		"remove a version": {func(ctx context.Context, c *s3.Client) (string, error) {
			return "", s3bucket.NewObject(c, bucketName, "a/b").Remove(ctx, "v2")
		}, "DELETE /" + bucketName + "/a/b?versionId=v2&x-id=DeleteObject", "", "error", ""},
		"remove": {func(ctx context.Context, c *s3.Client) (string, error) {
			return "", s3bucket.NewObject(c, bucketName, "a/b").Remove(ctx, "")
		}, "DELETE /" + bucketName + "/a/b?x-id=DeleteObject", "", "error", ""},
	} {
		for status, want := range map[int]string{http.StatusOK: test.ok, http.StatusNotFound: test.missing, http.StatusForbidden: "error"} {
			w := &wire{status: status}
			got, err := test.call(t.Context(), s3.New(s3.Options{Region: "eu-west-1", UsePathStyle: true, HTTPClient: w, Credentials: aws.AnonymousCredentials{}}))
			if (err != nil) != (want == "error") || err != nil && got != test.failed || err == nil && got != want || !slices.Equal(w.asked, []string{test.asked}) {
				t.Errorf("%s, %d: asked %q, got %q, %v", name, status, w.asked, got, err)
			}
		}
	}
}
