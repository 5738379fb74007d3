package s3bucket

import (
	"context"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// listPage is the number of buckets that a call requests, S3's own limit. S3 only filters by region if a call asks for
// pages: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html.
const listPage = 1000

// List lists the names of the account's buckets in a region that start with a prefix ("" for all). The client must be
// the region's own.
func List(ctx context.Context, client s3.ListBucketsAPIClient, region, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		input := &s3.ListBucketsInput{BucketRegion: &region, MaxBuckets: aws.Int32(listPage)}
		if prefix != "" {
			input.Prefix = &prefix
		}
		pages := s3.NewListBucketsPaginator(client, input)
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				yield("", err)
				return
			}
			for _, bucket := range page.Buckets {
				if !yield(aws.ToString(bucket.Name), nil) {
					return
				}
			}
		}
	}
}
