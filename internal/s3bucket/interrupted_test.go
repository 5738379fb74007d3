package s3bucket_test

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// interruptedBucket is S3 while somebody presses Ctrl-C during the create: a client that is cancelled never sees
// the answer, though the bucket is there.
type interruptedBucket struct {
	fakeBucket
	interrupt context.CancelFunc
}

func (f *interruptedBucket) CreateBucket(ctx context.Context, in *s3.CreateBucketInput, options ...func(*s3.Options)) (*s3.CreateBucketOutput, error) {
	f.interrupt()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return f.fakeBucket.CreateBucket(ctx, in, options...)
}

func TestCreateBucketInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &interruptedBucket{interrupt: cancel}
	if err := s3bucket.Create(ctx, f, bucketName, "eu-west-1"); err != nil {
		t.Errorf("the bucket's creation was lost: %v", err)
	}
	if err := s3bucket.Create(ctx, f, bucketName, "eu-west-1"); !errors.Is(err, context.Canceled) {
		t.Errorf("begun after the interruption: %v", err)
	}
	expectCalls(t, &f.fakeBucket, "CreateBucket")
}
