package awsname

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/aws-sdk-go-base/v2/endpoints"
)

// RegionForms says what ParseRegion and ParseRegionName take.
const RegionForms = "the name of an AWS region, such as us-east-1"

// defaultDNSSuffix is what the SDK, too, falls back to for a region of no known partition.
const defaultDNSSuffix = "amazonaws.com"

// RegionPattern is the shape of AWS's region names, for patterns that have a region in them. It takes regions that
// are newer than this provider.
const RegionPattern = `(?:[a-z]{2}|eusc)(?:-[a-z]+)+-[0-9]+`

var (
	regionShape = regexp.MustCompile(`^` + RegionPattern + `$`)
	regionLabel = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)
)

// maxLabel is the longest label of a host name, which a region becomes.
const maxLabel = 63

// partitions are AWS's partitions by ID, as hashicorp/aws has them, homes the partition of each of their regions, and
// regions are all of those, sorted.
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

// partitionsByRegion is made once: the library copies all regions of a partition each time that it is asked.
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

// Partition is the partition (aws, aws-cn, aws-us-gov …) of a region, one that is still to come included; "" for a
// name that no partition gives to its regions.
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

// PartitionOfHost is the partition of a host in a domain of DNSSuffixes, with the region that the host names; false
// when the region is another domain's. A host without a region, and a region of no known partition, are of the
// domain's first partition: aws and aws-us-gov share one.
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

// ParseRegion takes the name of a region that AWS has, as far as this provider knows.
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

// similarRegion finds the region that differs by case, hyphens and spaces alone; "" when there is none.
func similarRegion(text string) string {
	plain := strings.NewReplacer("-", "", "_", "", " ", "")
	for _, region := range regions {
		if plain.Replace(region) == plain.Replace(strings.ToLower(text)) {
			return region
		}
	}
	return ""
}

// ParseRegionName takes whatever can be the name of a region, of AWS's or of another implementation of its APIs. The
// names by which older tools choose an endpoint (aws-global, fips-us-east-1, s3-external-1) are none:
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
