package s3presign

import (
	"fmt"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// Bucket is a parsed reference to a bucket: its name, or the ARN of an access point, which contains its region.
type Bucket struct {
	Reference string
	Region    string
}

// unsignable are suffixes of names that S3 accepts, but not for a plain SigV4 PUT of an object.
var unsignable = map[string]string{
	"--x-s3":     "a directory bucket (S3 Express One Zone), which takes session credentials of five minutes only",
	"--xa-s3":    "an access point of a directory bucket (S3 Express One Zone), which takes session credentials of five minutes only",
	".mrap":      "a Multi-Region Access Point, which takes SigV4A signatures only",
	"--ol-s3":    "an Object Lambda access point, which does not store what is put",
	"--op-s3":    "an access point of S3 on Outposts",
	"--table-s3": "a table bucket, which holds no objects",
}

// ParseBucket parses a bucket's name or an access point's ARN, or says why no URL can be signed for it.
func ParseBucket(reference string) (Bucket, error) {
	if awsname.IsARN(reference) {
		accessPoint, err := awsname.ParseAccessPointARN(reference)
		return Bucket{Reference: reference, Region: accessPoint.Region}, err
	}
	for suffix, what := range unsignable {
		if strings.HasSuffix(reference, suffix) {
			return Bucket{}, fmt.Errorf("%q is %s", reference, what)
		}
	}
	if _, err := awsname.ParseBucketName(reference); err != nil {
		return Bucket{}, err
	}
	return Bucket{Reference: reference}, nil
}
