package s3presign

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var regionName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ParseRegion returns the region when a signature can be made for it. The names by which older tools choose an
// endpoint (aws-global, fips-us-east-1, s3-external-1) are none.
func ParseRegion(region string) (string, error) {
	switch {
	case region == "":
		return "", errors.New("no region is known")
	case !regionName.MatchString(region) || len(region) > 63:
		return "", fmt.Errorf("%q is not a region", region)
	case strings.HasSuffix(region, "-global"), strings.HasPrefix(region, "s3-external-"):
		return "", fmt.Errorf("%q is not a region: S3 would redirect the delivery, and the signature would no longer hold", region)
	case strings.HasPrefix(region, "fips-"), strings.HasSuffix(region, "-fips"):
		return "", fmt.Errorf("%q is not a region but an endpoint", region)
	}
	return region, nil
}
