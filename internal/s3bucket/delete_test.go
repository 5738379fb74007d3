package s3bucket_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// ListObjectVersions lists what was there at the first page, in pages of 1,000, half of them delete markers.
func (f *fakeBucket) ListObjectVersions(_ context.Context, in *s3.ListObjectVersionsInput, _ ...func(*s3.Options)) (*s3.ListObjectVersionsOutput, error) {
	first := 0
	if in.KeyMarker != nil {
		first, _ = strconv.Atoi(*in.KeyMarker)
	}
	out := &s3.ListObjectVersionsOutput{IsTruncated: aws.Bool(first+1000 < f.versions), NextKeyMarker: aws.String(strconv.Itoa(first + 1000))}
	for i := first; i < min(first+1000, f.versions); i++ {
		key, version := fmt.Sprint("key", i), fmt.Sprint("version", i)
		if i%2 == 0 {
			out.Versions = append(out.Versions, types.ObjectVersion{Key: &key, VersionId: &version})
		} else {
			out.DeleteMarkers = append(out.DeleteMarkers, types.DeleteMarkerEntry{Key: &key, VersionId: &version})
		}
	}
	return out, f.call("ListObjectVersions")
}

func (f *fakeBucket) DeleteObjects(_ context.Context, in *s3.DeleteObjectsInput, _ ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	err := f.call("DeleteObjects")
	f.mu.Lock()
	defer f.mu.Unlock()
	f.deleted += len(in.Delete.Objects)
	f.batches = append(f.batches, len(in.Delete.Objects))
	out := &s3.DeleteObjectsOutput{}
	for _, object := range in.Delete.Objects {
		if *object.Key == "key7" && f.errs["key7"] != nil {
			out.Errors = append(out.Errors, types.Error{Key: object.Key, Code: aws.String("AccessDenied"), Message: aws.String("locked")})
		}
	}
	return out, err
}

func (f *fakeBucket) ListMultipartUploads(context.Context, *s3.ListMultipartUploadsInput, ...func(*s3.Options)) (*s3.ListMultipartUploadsOutput, error) {
	return &s3.ListMultipartUploadsOutput{Uploads: f.uploads}, f.call("ListMultipartUploads")
}

func (f *fakeBucket) AbortMultipartUpload(_ context.Context, in *s3.AbortMultipartUploadInput, _ ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error) {
	f.mu.Lock()
	f.aborted = append(f.aborted, *in.UploadId)
	f.mu.Unlock()
	return &s3.AbortMultipartUploadOutput{}, f.call("AbortMultipartUpload")
}

var notEmpty = refusal(http.StatusConflict, "BucketNotEmpty", "not empty")

func TestDeleteBucketIsOneCall(t *testing.T) {
	f := &fakeBucket{}
	if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
		t.Fatal(err)
	}
	expectCalls(t, f, "DeleteBucket")
}

func TestDeleteBucketThatIsGone(t *testing.T) {
	f := &fakeBucket{errs: map[string][]error{"DeleteBucket": {refusal(http.StatusNotFound, "NoSuchBucket", "")}}}
	if err := s3bucket.Delete(t.Context(), f, bucketName, false); err != nil {
		t.Error(err)
	}
}

func TestDeleteBucketKeepsWhatItIsNotToldToDelete(t *testing.T) {
	f := &fakeBucket{errs: map[string][]error{"DeleteBucket": {notEmpty}}}
	err := s3bucket.Delete(t.Context(), f, bucketName, false)
	if err == nil || !strings.Contains(err.Error(), "force_destroy = true") {
		t.Errorf("got %v", err)
	}
	expectCalls(t, f, "DeleteBucket")
}

func TestDeleteBucketEmptiesInBatches(t *testing.T) {
	f := &fakeBucket{
		errs: map[string][]error{"DeleteBucket": {notEmpty}}, versions: 2500,
		uploads: []types.MultipartUpload{{Key: aws.String("a"), UploadId: aws.String("1")}, {Key: aws.String("b"), UploadId: aws.String("2")}},
	}
	if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
		t.Fatal(err)
	}
	slices.Sort(f.batches)
	slices.Sort(f.aborted)
	if !slices.Equal(f.batches, []int{500, 1000, 1000}) || !slices.Equal(f.aborted, []string{"1", "2"}) {
		t.Errorf("deleted batches of %v, aborted %v", f.batches, f.aborted)
	}
	if last := f.calls[len(f.calls)-1]; last != "DeleteBucket" {
		t.Errorf("the last call was %s", last)
	}
}

func TestDeleteBucketSaysWhatCouldNotBeDeleted(t *testing.T) {
	f := &fakeBucket{errs: map[string][]error{"DeleteBucket": {notEmpty}, "key7": {notEmpty}}, versions: 10}
	err := s3bucket.Delete(t.Context(), f, bucketName, true)
	if err == nil || !strings.Contains(err.Error(), `1 of 10 object versions could not be deleted, the first of them "key7": locked (AccessDenied)`) {
		t.Errorf("got %v", err)
	}
}

func TestDeleteBucketFailsWithAFailedBatch(t *testing.T) {
	denied := refusal(http.StatusForbidden, "AccessDenied", "no")
	for _, action := range []string{"ListObjectVersions", "DeleteObjects", "ListMultipartUploads", "AbortMultipartUpload"} {
		f := &fakeBucket{
			errs: map[string][]error{"DeleteBucket": {notEmpty}, action: {denied}}, versions: 10,
			uploads: []types.MultipartUpload{{Key: aws.String("a"), UploadId: aws.String("1")}},
		}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); awsclient.Code(err) != "AccessDenied" {
			t.Errorf("%s: got %v", action, err)
		}
	}
}

func TestDeleteBucketWithAnUploadThatIsGone(t *testing.T) {
	f := &fakeBucket{
		errs:    map[string][]error{"DeleteBucket": {notEmpty}, "AbortMultipartUpload": {refusal(http.StatusNotFound, "NoSuchUpload", "")}},
		uploads: []types.MultipartUpload{{Key: aws.String("a"), UploadId: aws.String("1")}},
	}
	if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
		t.Error(err)
	}
}

func TestDeleteBucketGivesUpAgainstAWriter(t *testing.T) {
	f := &fakeBucket{errs: map[string][]error{"DeleteBucket": {notEmpty, notEmpty, notEmpty, notEmpty, notEmpty}}, versions: 1}
	err := s3bucket.Delete(t.Context(), f, bucketName, true)
	if err == nil || !strings.Contains(err.Error(), "something writes to it") || f.deleted != 3 {
		t.Errorf("got %v after %d deletions", err, f.deleted)
	}
}
