package s3presign

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// Bucket is a parsed reference to a bucket: its name, or the ARN of an access point, which names its region.
type Bucket struct {
	Reference string
	Region    string
}

var (
	bucketName      = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	accessPointName = regexp.MustCompile(`^accesspoint[/:][a-z0-9][a-z0-9-]{1,48}[a-z0-9]$`)
	accountID       = regexp.MustCompile(`^[0-9]{12}$`)
)

// unsignable are the endings of names that S3 takes, but not with a plain SigV4 PUT of an object.
var unsignable = map[string]string{
	"--x-s3":     "a directory bucket (S3 Express One Zone), which takes session credentials of five minutes only",
	"--xa-s3":    "an access point of a directory bucket (S3 Express One Zone), which takes session credentials of five minutes only",
	".mrap":      "a Multi-Region Access Point, which takes SigV4A signatures only",
	"--ol-s3":    "an Object Lambda access point, which does not store what is put",
	"--op-s3":    "an access point of S3 on Outposts",
	"--table-s3": "a table bucket, which holds no objects",
}

// ParseBucket returns what a bucket's name or an access point's ARN refers to, or why no URL can be signed for it.
func ParseBucket(reference string) (Bucket, error) {
	if arn.IsARN(reference) {
		return parseAccessPoint(reference)
	}
	for suffix, what := range unsignable {
		if strings.HasSuffix(reference, suffix) {
			return Bucket{}, fmt.Errorf("%q is %s", reference, what)
		}
	}
	if !bucketName.MatchString(reference) || strings.Contains(reference, "..") || reservedPrefix(reference) || isIPAddress(reference) {
		return Bucket{}, fmt.Errorf("%q is not the name of a bucket", reference)
	}
	return Bucket{Reference: reference}, nil
}

// reservedPrefix reports a prefix that S3 keeps for itself.
func reservedPrefix(name string) bool {
	for _, prefix := range []string{"xn--", "sthree-", "amzn-s3-demo-"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func isIPAddress(name string) bool {
	_, err := netip.ParseAddr(name)
	return err == nil
}

func parseAccessPoint(reference string) (Bucket, error) {
	parsed, err := arn.Parse(reference)
	switch {
	case err != nil:
		return Bucket{}, fmt.Errorf("%q is not an ARN", reference)
	case parsed.Service != "s3":
		return Bucket{}, fmt.Errorf("%q is an ARN of the service %q, not s3", reference, parsed.Service)
	case parsed.Region == "" && strings.HasPrefix(parsed.Resource, "accesspoint"):
		return Bucket{}, fmt.Errorf("%q is a Multi-Region Access Point, which takes SigV4A signatures only", reference)
	case parsed.Region == "":
		return Bucket{}, fmt.Errorf("%q is the ARN of a bucket; its name is wanted", reference)
	case !accountID.MatchString(parsed.AccountID) || !accessPointName.MatchString(parsed.Resource):
		return Bucket{}, fmt.Errorf("%q is not the ARN of an access point", reference)
	}
	region, err := ParseRegion(parsed.Region)
	if err != nil {
		return Bucket{}, err
	}
	return Bucket{Reference: reference, Region: region}, nil
}
