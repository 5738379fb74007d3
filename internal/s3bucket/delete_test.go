package s3bucket_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

var notEmpty = refusal(http.StatusConflict, "BucketNotEmpty", "not empty")

func TestDeleteBucketIsOneCall(t *testing.T) {
	f := &fakeBucket{}
	if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
		t.Fatal(err)
	}
	expectCalls(t, f, "DeleteBucket")
}

func TestDeleteBucketThatIsGone(t *testing.T) {
	f := &fakeBucket{errs: map[string][]error{"DeleteBucket": {noSuchBucket}}}
	if err := s3bucket.Delete(t.Context(), f, bucketName, false); err != nil {
		t.Error(err)
	}
}

func TestDeleteBucketKeepsWhatItIsNotToldToDelete(t *testing.T) {
	f := &fakeBucket{}
	f.fill(1)
	err := s3bucket.Delete(t.Context(), f, bucketName, false)
	if err == nil || !strings.Contains(err.Error(), "force_destroy = true") || len(f.versions) != 1 {
		t.Errorf("got %v", err)
	}
	expectCalls(t, f, "DeleteBucket")
}

// TestDeleteBucketEmptiesALargeOne: in as few calls as there are pages, its progress in the log.
func TestDeleteBucketEmptiesALargeOne(t *testing.T) {
	f := &fakeBucket{}
	f.fill(20000)
	for i := range 1500 {
		f.uploads = append(f.uploads, version{fmt.Sprintf("upload %06d", i), "1"})
	}
	var log bytes.Buffer
	if err := s3bucket.Delete(tflogtest.RootLogger(t.Context(), &log), f, bucketName, true); err != nil {
		t.Fatal(err)
	}
	counted := map[string]int{}
	for _, call := range f.calls {
		counted[call]++
	}
	want := map[string]int{"DeleteBucket": 2, "ListObjectVersions": 20, "DeleteObjects": 20, "ListMultipartUploads": 2, "AbortMultipartUpload": 1500}
	if fmt.Sprint(counted) != fmt.Sprint(want) {
		t.Errorf("made %v, want %v", counted, want)
	}
	if lines := strings.Count(log.String(), `"@level":"info","@message":"emptying the bucket"`); lines != 4 || !strings.Contains(log.String(), `"removed":20`) {
		t.Errorf("the log has %d lines of progress:\n%s", lines, log.String())
	}
}

// TestDeleteBucketWithSingleFailures: what fails inside of a 200 passes, is done already, or is an error.
func TestDeleteBucketWithSingleFailures(t *testing.T) {
	const key = "key 000007+"
	for name, test := range map[string]struct {
		codes []string
		want  []string
	}{
		"passes":              {codes: []string{"InternalError", "SlowDown", "InternalError"}},
		"is gone":             {codes: []string{"NoSuchKey"}},
		"its version is gone": {codes: []string{"NoSuchVersion"}},
		"locked": {
			codes: slices.Repeat([]string{"AccessDenied"}, 9),
			want: []string{
				`1 object versions of bucket "` + bucketName + `" could not be deleted`, `- "` + key + `", version version: ` + lockedMessage,
				"Object Lock keeps the versions until", "aws s3api delete-object --bypass-governance-retention --bucket " + bucketName, "9 object versions, delete markers and uploads were deleted",
			},
		},
		"never passes": {codes: slices.Repeat([]string{"SlowDown"}, 1000), want: []string{"nothing could be deleted from it for two minutes", key, "SlowDown"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fakeBucket{}
				f.fill(10)
				f.failures = map[string][]string{key: test.codes}
				err := s3bucket.Delete(t.Context(), f, bucketName, true)
				if (err == nil) != (test.want == nil) {
					t.Fatalf("got %v", err)
				}
				for _, want := range test.want {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("got %v, want %q", err, want)
					}
				}
			})
		})
	}
}

// TestDeleteBucketNamesAFewOfMany, and does not go through a whole bucket of which nothing may be deleted.
func TestDeleteBucketNamesAFewOfMany(t *testing.T) {
	f := &fakeBucket{}
	f.fill(9000)
	f.failures = map[string][]string{}
	for _, v := range f.versions {
		f.failures[v.key] = []string{"AccessDenied"}
	}
	err := s3bucket.Delete(t.Context(), f, bucketName, true)
	if err == nil || strings.Count(err.Error(), "\n- \"key") != 5 || !strings.Contains(err.Error(), " more") {
		t.Errorf("got %v", err)
	}
	if lists := len(slices.DeleteFunc(f.calls, func(call string) bool { return call != "ListObjectVersions" })); lists > 6 {
		t.Errorf("%d pages were listed", lists)
	}
}

// TestDeleteBucketWithKeysThatXMLCannotCarry lists them encoded, and deletes them one by one.
func TestDeleteBucketWithKeysThatXMLCannotCarry(t *testing.T) {
	keys := []string{"\x01control", "a b+c", "bell\a", "line\nfeed", "noncharacter\uffff", "per%20cent", "ümlaut", "\U0001f600"}
	slices.Sort(keys)
	f := &fakeBucket{}
	for _, key := range keys {
		f.versions = append(f.versions, version{key, "1"})
		f.uploads = append(f.uploads, version{key, "1"})
	}
	f.failures = map[string][]string{"bell\a": {"NoSuchVersion"}, "\x01control": {"SlowDown"}}
	synctest.Test(t, func(t *testing.T) {
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil || len(f.versions)+len(f.uploads) != 0 {
			t.Errorf("got %v, left are %q and %q", err, f.versions, f.uploads)
		}
	})
	if single := len(slices.DeleteFunc(slices.Clone(f.calls), func(call string) bool { return call != "DeleteObject" })); single != 4 {
		t.Errorf("%d were deleted singly: %v", single, f.calls)
	}
}

// TestDeleteBucketOfAnS3WithoutEncoding takes keys as they are where the answer does not say that they are encoded.
func TestDeleteBucketOfAnS3WithoutEncoding(t *testing.T) {
	f := &fakeBucket{}
	f.ignoresEncoding = true
	f.versions, f.uploads = []version{{"a%20b+c", "1"}}, []version{{"a%20b+c", "1"}}
	if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil || len(f.versions)+len(f.uploads) != 0 {
		t.Errorf("got %v, left are %q and %q", err, f.versions, f.uploads)
	}
}

// TestDeleteBucketGoesOnWhileThereIsProgress: against a writer, as long as it takes. Whatever ends it says how far it
// came.
func TestDeleteBucketGoesOnWhileThereIsProgress(t *testing.T) {
	f := &fakeBucket{}
	f.writes = 50
	f.fill(1)
	if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
		t.Error(err)
	}
	f = &fakeBucket{errs: map[string][]error{"DeleteBucket": {notEmpty, context.Canceled}}}
	f.fill(10)
	err := s3bucket.Delete(t.Context(), f, bucketName, true)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "(10 object versions, delete markers and uploads were deleted from bucket") {
		t.Errorf("got %v", err)
	}
}

// TestDeleteBucketWaitsForS3ToSeeThatItIsEmpty for two minutes at most.
func TestDeleteBucketWaitsForS3ToSeeThatItIsEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{errs: map[string][]error{"DeleteBucket": slices.Repeat([]error{notEmpty}, 5)}}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
			t.Error(err)
		}
		f.errs["DeleteBucket"] = slices.Repeat([]error{notEmpty}, 1000)
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err == nil || !strings.Contains(err.Error(), "nothing could be deleted from it for two minutes") {
			t.Errorf("got %v", err)
		}
	})
}

// outdated lists what is gone.
type outdated struct{ *fakeBucket }

func (outdated) AbortMultipartUpload(context.Context, *s3.AbortMultipartUploadInput, ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error) {
	return nil, refusal(http.StatusNotFound, "NoSuchUpload", "")
}

func (outdated) DeleteObjects(_ context.Context, in *s3.DeleteObjectsInput, _ ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	out := &s3.DeleteObjectsOutput{}
	for _, object := range in.Delete.Objects {
		out.Errors = append(out.Errors, types.Error{Key: object.Key, VersionId: object.VersionId, Code: aws.String("NoSuchVersion")})
	}
	return out, nil
}

func (outdated) DeleteObject(context.Context, *s3.DeleteObjectInput, ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
	return nil, refusal(http.StatusNotFound, "NoSuchKey", "")
}

// TestDeleteBucketOfOutdatedListings: what is gone already is no progress, so it is not asked for again without a pause.
func TestDeleteBucketOfOutdatedListings(t *testing.T) {
	for name, f := range map[string]*fakeBucket{
		"uploads": {content: content{uploads: []version{{"a", "1"}}}}, "versions": {content: content{versions: []version{{"a", "1"}}}}, "one by one": {content: content{versions: []version{{"bell\a", "1"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := s3bucket.Delete(t.Context(), outdated{f}, bucketName, true)
				if err == nil || !strings.Contains(err.Error(), "nothing could be deleted from it for two minutes") {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestDeleteBucketThatIsGoneMeanwhile(t *testing.T) {
	f := &fakeBucket{errs: map[string][]error{
		"DeleteBucket": {notEmpty, noSuchBucket}, "ListObjectVersions": {noSuchBucket}, "ListMultipartUploads": {noSuchBucket},
	}}
	if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
		t.Error(err)
	}
	f = &fakeBucket{errs: map[string][]error{"AbortMultipartUpload": {refusal(http.StatusNotFound, "NoSuchUpload", "")}}}
	f.uploads = []version{{"a", "1"}}
	if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
		t.Error(err)
	}
}
