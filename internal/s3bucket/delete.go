package s3bucket

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

var (
	// errProgress reports a bucket that is not empty after part of its content was deleted.
	errProgress = errors.New("part of the content was deleted")
	// errNoProgress reports a bucket that is not empty, from which nothing could be deleted.
	errNoProgress = errors.New("the bucket is still not empty, and nothing could be deleted from it for two minutes")
)

// Delete deletes a bucket. A bucket that is already gone is not an error. With force, it first deletes all versions,
// delete markers and incomplete uploads. Without force, a bucket that is not empty is an error.
func Delete(ctx context.Context, api API, name string, force bool) error {
	e := &emptier{api: api, name: name}
	for {
		err := awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, isNoProgress, func(ctx context.Context) error {
			err := deleteBucket(ctx, api, name)
			if awsclient.Code(err) != codeBucketNotEmpty {
				return explainRegion(name, err)
			}
			if !force {
				return fmt.Errorf("bucket %q is not empty: empty it, or set force_destroy = true and apply before you destroy it: %w", name, err)
			}
			return e.round(ctx)
		})
		switch {
		case errors.Is(err, errProgress): // While there is progress, the bucket will be empty in the end.
		case err != nil && e.removed > 0:
			return fmt.Errorf("%w (%d object versions, delete markers and uploads were deleted from bucket %q)", err, e.removed, name)
		default:
			return err
		}
	}
}

func isNoProgress(err error) bool { return errors.Is(err, errNoProgress) }

func deleteBucket(ctx context.Context, api API, name string) error {
	_, err := api.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &name})
	return unless(err, codeNoSuchBucket)
}
