package awsname

import "slices"

// fipsRegions are the regions in which S3 has endpoints with FIPS 140 validation, sorted:
// https://aws.amazon.com/compliance/fips/. For any other region, the SDK generates a host that doesn't exist.
var fipsRegions = []string{
	"ca-central-1", "ca-west-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1",
	"us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-west-1", "us-west-2",
}

// HasFIPS reports whether S3 has FIPS endpoints in a region. STS has none where S3 has none.
func HasFIPS(region string) bool { return slices.Contains(fipsRegions, region) }

// FIPSRegions are a partition's regions with FIPS endpoints of S3, sorted.
func FIPSRegions(partition string) []string {
	var out []string
	for _, region := range fipsRegions {
		if Partition(region) == partition {
			out = append(out, region)
		}
	}
	return out
}
