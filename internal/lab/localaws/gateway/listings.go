package gateway

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/versity/versitygw/s3response"
)

// everything is more entries than a bucket has here.
const everything = 1 << 30

// Versions returns all versions and delete markers of a bucket.
func (g *Gateway) Versions(ctx context.Context, bucket string) (s3response.ListVersionsResult, error) {
	defer g.reading(bucket)()
	out, err := g.backend.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket, MaxKeys: aws.Int32(everything)})
	if err != nil {
		return out, fmt.Errorf("listing the versions of %s: %w", bucket, err)
	}
	return out, nil
}

// Uploads returns all multipart uploads of a bucket that are under way.
func (g *Gateway) Uploads(ctx context.Context, bucket string) ([]s3response.Upload, error) {
	defer g.reading(bucket)()
	out, err := g.backend.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: &bucket, MaxUploads: aws.Int32(everything)})
	if err != nil {
		return nil, fmt.Errorf("listing the uploads of %s: %w", bucket, err)
	}
	return out.Uploads, nil
}

// reading keeps writers of a bucket out until the returned function is called.
func (g *Gateway) reading(bucket string) func() {
	lock := g.locks.of(bucket)
	lock.RLock()
	return lock.RUnlock
}
