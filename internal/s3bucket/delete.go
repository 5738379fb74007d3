package s3bucket

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"golang.org/x/sync/errgroup"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

const (
	// emptyRounds bounds how often a bucket is emptied that others still write to.
	emptyRounds = 3
	// emptyWorkers is how many batches are deleted side by side.
	emptyWorkers = 4
)

// Delete deletes a bucket; one that is gone already is no error. With force all that is in it goes
// first: versions, delete markers and unfinished uploads. Without, a bucket that is not empty is an error.
func Delete(ctx context.Context, api API, name string, force bool) error {
	for round := 0; ; round++ {
		_, err := api.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &name})
		switch awsclient.Code(err) {
		case codeNoSuchBucket:
			return nil
		case codeBucketNotEmpty:
		default:
			return explainRegion(name, err)
		}
		if !force {
			return fmt.Errorf("bucket %q is not empty: empty it, or apply force_destroy = true first, which lets the destroy delete all that is in it: %w", name, err)
		}
		if round == emptyRounds {
			return fmt.Errorf("bucket %q was emptied %d times and is still not empty, so something writes to it: %w", name, emptyRounds, err)
		}
		if err := empty(ctx, api, name); err != nil && awsclient.Code(err) != codeNoSuchBucket {
			return fmt.Errorf("empty bucket %q: %w", name, err)
		}
	}
}

// empty deletes while it lists, so that memory stays small whatever is in the bucket.
func empty(ctx context.Context, api API, name string) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(emptyWorkers)
	err := errors.Join(deleteVersions(ctx, api, name, group), abortUploads(ctx, api, name, group))
	// A failed batch cancels the listing, so it is the batch's error that says why.
	if failed := group.Wait(); failed != nil {
		return failed
	}
	return err
}

// deleteVersions deletes page by page: a page has at most 1,000 versions and delete markers, as has a batch.
func deleteVersions(ctx context.Context, api API, name string, group *errgroup.Group) error {
	pages := s3.NewListObjectVersionsPaginator(api, &s3.ListObjectVersionsInput{Bucket: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		var batch []types.ObjectIdentifier
		for _, version := range page.Versions {
			batch = append(batch, types.ObjectIdentifier{Key: version.Key, VersionId: version.VersionId})
		}
		for _, marker := range page.DeleteMarkers {
			batch = append(batch, types.ObjectIdentifier{Key: marker.Key, VersionId: marker.VersionId})
		}
		if len(batch) > 0 {
			group.Go(func() error { return deleteBatch(ctx, api, name, batch) })
		}
	}
	return nil
}

// deleteBatch: S3 answers 200 also when single objects could not be deleted.
func deleteBatch(ctx context.Context, api API, name string, batch []types.ObjectIdentifier) error {
	out, err := api.DeleteObjects(ctx, &s3.DeleteObjectsInput{
		Bucket: &name,
		Delete: &types.Delete{Objects: batch, Quiet: aws.Bool(true)},
	})
	if err != nil {
		return err
	}
	if len(out.Errors) > 0 {
		first := out.Errors[0]
		return fmt.Errorf("%d of %d object versions could not be deleted, the first of them %q: %s (%s)",
			len(out.Errors), len(batch), aws.ToString(first.Key), aws.ToString(first.Message), aws.ToString(first.Code))
	}
	return nil
}

// abortUploads: S3 does not delete a bucket that has unfinished uploads.
func abortUploads(ctx context.Context, api API, name string, group *errgroup.Group) error {
	pages := s3.NewListMultipartUploadsPaginator(api, &s3.ListMultipartUploadsInput{Bucket: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, upload := range page.Uploads {
			group.Go(func() error {
				_, err := api.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &name, Key: upload.Key, UploadId: upload.UploadId})
				return unless(err, codeNoSuchUpload)
			})
		}
	}
	return nil
}
