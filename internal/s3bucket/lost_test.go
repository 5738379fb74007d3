package s3bucket_test

import (
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// TestCreateBucketMeetsABucket decides whose a bucket is that a create meets, after an answer that was lost and
// otherwise.
func TestCreateBucketMeetsABucket(t *testing.T) {
	owned := refusal(http.StatusConflict, "BucketAlreadyOwnedByYou", "")
	lost := &awsclient.MaybeDoneError{Err: owned}
	aged := func(name string, age time.Duration) []types.Bucket {
		return []types.Bucket{{Name: aws.String(name), CreationDate: aws.Time(time.Now().Add(-age))}}
	}
	for name, test := range map[string]struct {
		bucket  s3bucket.New
		answer  error
		buckets []types.Bucket
		list    error
		calls   []string
		exists  bool
		want    string
		// behind is how far AWS's clock is behind ours.
		behind time.Duration
	}{
		"its own work":           {answer: lost, buckets: aged(bucketName, 0), calls: []string{"CreateBucket", "ListBuckets"}},
		"somebody's, before":     {answer: lost, buckets: aged(bucketName, time.Hour), calls: []string{"CreateBucket", "ListBuckets"}, exists: true},
		"somebody's, just now":   {answer: lost, buckets: aged(bucketName, 3*time.Second), calls: []string{"CreateBucket", "ListBuckets"}, exists: true},
		"by AWS's clock":         {answer: lost, buckets: aged(bucketName, time.Hour), behind: time.Hour, calls: []string{"CreateBucket", "ListBuckets"}},
		"shown in us-east-1":     {bucket: s3bucket.New{Region: "us-east-1"}, answer: lost, buckets: aged(bucketName, 0), calls: []string{"HeadBucket", "CreateBucket", "ListBuckets"}},
		"there in us-east-1":     {bucket: s3bucket.New{Region: "us-east-1"}, answer: lost, buckets: aged(bucketName, time.Hour), calls: []string{"HeadBucket", "CreateBucket", "ListBuckets"}, exists: true},
		"of a longer name":       {answer: lost, buckets: aged(bucketName+"-logs", 0), calls: []string{"CreateBucket", "ListBuckets"}, exists: true},
		"not to be told":         {answer: lost, list: refusal(http.StatusForbidden, "AccessDenied", ""), calls: []string{"CreateBucket", "ListBuckets"}, exists: true, want: "s3:ListAllMyBuckets would tell"},
		"no answer was lost":     {answer: owned, buckets: aged(bucketName, 0), calls: []string{"CreateBucket"}, exists: true},
		"generated":              {bucket: s3bucket.New{Generated: true}, answer: lost, calls: []string{"CreateBucket"}},
		"generated, not lost":    {bucket: s3bucket.New{Generated: true}, answer: owned, calls: []string{"CreateBucket"}, exists: true},
		"generated in us-east-1": {bucket: s3bucket.New{Generated: true, Region: "us-east-1"}, calls: []string{"CreateBucket"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeBucket{errs: map[string][]error{}, buckets: test.buckets}
			f.listing = awsfake.Metadata(t, http.Header{"Date": {time.Now().Add(-test.behind).UTC().Format(http.TimeFormat)}})
			if test.answer != nil {
				f.errs["CreateBucket"] = []error{test.answer}
			}
			if test.list != nil {
				f.errs["ListBuckets"] = []error{test.list}
			}
			bucket := test.bucket
			bucket.Name = bucketName
			if bucket.Region == "" {
				bucket.Region = "eu-west-1"
			}
			_, err := s3bucket.Create(t.Context(), f, bucket)
			if errors.Is(err, s3bucket.ErrExists) != test.exists || (err != nil) != test.exists {
				t.Errorf("got %v", err)
			}
			if err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			expectCalls(t, f, test.calls...)
			asked := s3.ListBucketsInput{Prefix: aws.String(bucketName), MaxBuckets: aws.Int32(1)}
			if want := slices.Contains(test.calls, "ListBuckets"); want && !reflect.DeepEqual(f.listed, []s3.ListBucketsInput{asked}) {
				t.Errorf("asked for %+v", f.listed)
			}
		})
	}
}
