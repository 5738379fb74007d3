package s3url

import "slices"

// sigV2Regions are the regions that S3 opened before 30 January 2014. No later region has ever accepted SigV2:
// https://docs.aws.amazon.com/AmazonS3/latest/API/specify-signature-version.html. AWS has announced its end in these
// regions, too. Recorded answers of 2026 show that it still works there, for new buckets as well.
var sigV2Regions = []string{
	"ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-1", "sa-east-1", "us-east-1", "us-gov-west-1", "us-west-1", "us-west-2",
}

// SigV2Region reports whether S3 accepts SigV2 in a region.
func SigV2Region(region string) bool { return slices.Contains(sigV2Regions, region) }
