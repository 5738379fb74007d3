package acctest_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// Each fault does what its name says: AWS has carried the call out or not, and the client sees that and no other end
// of it.
func TestAccFaults(t *testing.T) {
	t.Parallel()
	all, lost := acctest.Faults("s3")
	if len(all) != 15 || len(lost) != 10 {
		t.Errorf("%d faults, %d of them lost answers", len(all), len(lost))
	}
	for _, fault := range all {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			client := a.ProxiedS3()
			name := acctest.RandomName("acc-bucket-")
			once := fault.Fault
			once.Times = 1
			a.Fail("CreateBucket", once)
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			_, err := client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &name})
			if !fits(err, once) {
				t.Errorf("the client sees %v", err)
			}
			_, err = a.S3("us-east-1").HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &name})
			if made := err == nil; made == fault.Before {
				t.Errorf("the bucket is there: %t", made)
			}
			if _, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name}); err != nil {
				t.Errorf("the next call fails, too: %v", err)
			}
			if _, err := client.DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: &name}); err != nil {
				t.Error(err)
			}
		})
	}
}

func fits(err error, fault acctest.Fault) bool {
	var api smithy.APIError
	switch fault.Wire {
	case acctest.Reset:
		return err != nil && strings.Contains(err.Error(), "connection reset")
	case acctest.HalfAnswer:
		return errors.Is(err, io.ErrUnexpectedEOF)
	case acctest.Hang:
		return errors.Is(err, context.DeadlineExceeded)
	default:
		return errors.As(err, &api) && api.ErrorCode() == fault.Code
	}
}
