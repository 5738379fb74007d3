package awsname

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/aws-sdk-go-base/v2/endpoints"
)

// RegionForms describes what ParseRegion and ParseRegionName accept.
const RegionForms = "the name of an AWS region, such as us-east-1"

// defaultDNSSuffix is also the SDK's fallback for a region of no known partition.
const defaultDNSSuffix = "amazonaws.com"

// RegionPattern matches the form of AWS's region names, for patterns that contain a region. It also matches regions
// that are newer than this provider.
const RegionPattern = `(?:[a-z]{2}|eusc)(?:-[a-z]+)+-[0-9]+`

var (
	regionShape = regexp.MustCompile(`^` + RegionPattern + `$`)
	regionLabel = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)
)

// maxLabel is the maximum length of a label of a host name, because a region becomes one.
const maxLabel = 63

// partitions are AWS's partitions by ID, as in hashicorp/aws. homes is the partition of each region, and regions are
// all of them, sorted.
var (
	partitions = partitionsByID()
	homes      = partitionsByRegion()
	regions    = slices.Sorted(maps.Keys(homes))
)

func partitionsByID() map[string]endpoints.Partition {
	byID := map[string]endpoints.Partition{}
	for _, partition := range endpoints.DefaultPartitions() {
		byID[partition.ID()] = partition
	}
	return byID
}

// partitionsByRegion is computed once, because the library copies all regions of a partition on each call.
func partitionsByRegion() map[string]string {
	byRegion := map[string]string{}
	for id, partition := range partitions {
		for region := range partition.Regions() {
			byRegion[region] = id
		}
	}
	return byRegion
}

// Partitions are the IDs of AWS's partitions, sorted.
func Partitions() []string { return slices.Sorted(maps.Keys(partitions)) }

// Partition is the partition (aws, aws-cn, aws-us-gov …) of a region, including future ones. It is "" for a name that
// matches no partition.
func Partition(region string) string {
	if id, ok := homes[region]; ok {
		return id
	}
	for id, partition := range partitions {
		if partition.RegionRegex().MatchString(region) {
			return id
		}
	}
	return ""
}

// S3Partition is the partition in the ARNs of a region's buckets. An S3 that is in no region of AWS has those of aws.
func S3Partition(region string) string { return cmp.Or(Partition(region), "aws") }

// DNSSuffix is the domain of a region's endpoints: amazonaws.com, amazonaws.com.cn and so on.
func DNSSuffix(region string) string {
	if partition, ok := partitions[Partition(region)]; ok {
		return partition.DNSSuffix()
	}
	return defaultDNSSuffix
}

// DNSSuffixes are the domains of AWS's endpoints, sorted.
func DNSSuffixes() []string {
	suffixes := map[string]bool{}
	for _, partition := range partitions {
		suffixes[partition.DNSSuffix()] = true
	}
	return slices.Sorted(maps.Keys(suffixes))
}

// PartitionOfHost is the partition of a host in a domain of DNSSuffixes, with the region in the host's name. It is
// false if the region belongs to another domain. A host without a region, and a region of no known partition, belong to
// the domain's first partition: aws and aws-us-gov share one.
func PartitionOfHost(suffix, region string) (string, bool) {
	if id := Partition(region); id != "" {
		return id, partitions[id].DNSSuffix() == suffix
	}
	for _, id := range Partitions() {
		if partitions[id].DNSSuffix() == suffix {
			return id, true
		}
	}
	return "", false
}

// ParseRegion parses the name of an AWS region that this provider knows.
func ParseRegion(text string) (string, error) {
	if slices.Contains(regions, text) {
		return text, nil
	}
	if meant := similarRegion(text); meant != "" {
		return "", fmt.Errorf("%q is not an AWS region: did you mean %q?", text, meant)
	}
	if _, err := ParseRegionName(text); err != nil {
		return "", err
	}
	return "", fmt.Errorf("%q is not an AWS region", text)
}

// similarRegion returns the region that differs only in case, hyphens and spaces, or "".
func similarRegion(text string) string {
	plain := strings.NewReplacer("-", "", "_", "", " ", "")
	for _, region := range regions {
		if plain.Replace(region) == plain.Replace(strings.ToLower(text)) {
			return region
		}
	}
	return ""
}

// ParseRegionName parses any name that a region can have, of AWS or of another implementation of its APIs. It refuses
// names by which older tools choose an endpoint (aws-global, fips-us-east-1, s3-external-1):
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html.
func ParseRegionName(text string) (string, error) {
	switch {
	case text == "":
		return "", errors.New("the region is empty")
	case !regionLabel.MatchString(text) || len(text) > maxLabel:
		return "", fmt.Errorf("%q is not a region", text)
	case strings.HasSuffix(text, "-global"), strings.HasPrefix(text, "s3-external-"):
		return "", fmt.Errorf("%q is not a region: S3 would redirect the request, which breaks the signature", text)
	case strings.HasPrefix(text, "fips-"), strings.HasSuffix(text, "-fips"):
		return "", fmt.Errorf("%q is an endpoint, not a region", text)
	}
	return text, nil
}
