package s3url

import (
	"regexp"
	"strings"
)

// partitions are AWS's, with the suffix of their host names and the pattern of their regions, as the AWS SDK
// for Go has them (internal/endpoints/awsrulesfn/partitions.json of v1.48.0). aws comes last, because its
// pattern is wide enough for regions of geographies to come, and takes in China's.
var partitions = []struct {
	id     string
	suffix string
	region *regexp.Regexp
}{
	{"aws-us-gov", "amazonaws.com", regexp.MustCompile(`^us-gov-[a-z]+-\d+$`)},
	{"aws-iso", "c2s.ic.gov", regexp.MustCompile(`^us-iso-[a-z]+-\d+$`)},
	{"aws-iso-b", "sc2s.sgov.gov", regexp.MustCompile(`^us-isob-[a-z]+-\d+$`)},
	{"aws-iso-e", "cloud.adc-e.uk", regexp.MustCompile(`^eu-isoe-[a-z]+-\d+$`)},
	{"aws-iso-f", "csp.hci.ic.gov", regexp.MustCompile(`^us-isof-[a-z]+-\d+$`)},
	{"aws-eusc", "amazonaws.eu", regexp.MustCompile(`^eusc-[a-z]+-[a-z]+-\d+$`)},
	{"aws-cn", "amazonaws.com.cn", regexp.MustCompile(`^cn-[a-z]+-\d+$`)},
	{"aws", "amazonaws.com", regexp.MustCompile(`^[a-z]{2}-[a-z]+-\d+$`)},
}

// Partition returns the partition of a region; "" for what is not the name of a region.
func Partition(region string) string {
	for _, partition := range partitions {
		if partition.region.MatchString(region) {
			return partition.id
		}
	}
	return ""
}

// bucketPattern is wider than today's naming rules: buckets of us-east-1 from before March 2018 may have
// capitals, underscores and up to 255 characters.
var bucketPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$`)

const regionPattern = `(?P<region>(?:[a-z]{2}|eusc)(?:-[a-z]+)+-\d+)`

// Endpoints of S3, without the suffix of their partition, tried in this order. The bucket is greedy: of a
// bucket named "a.s3", whose host is a.s3.s3.eu-west-1…, it takes both labels.
//
//   - https://docs.aws.amazon.com/general/latest/gr/s3.html
//   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-usage-examples.html
var endpoints = []struct {
	style   Style
	pattern *regexp.Regexp
}{
	{AccessPoint, regexp.MustCompile(`^(?P<bucket>[^.]+)\.s3-accesspoint(?:-fips)?(?:\.dualstack)?\.` + regionPattern + `$`)},
	{AccessPoint, regexp.MustCompile(`^(?P<bucket>[^.]+)\.(?:mrap\.)?accesspoint\.s3-global$`)},
	{AccessPoint, regexp.MustCompile(`^(?P<bucket>[^.]+\.[^.]+)\.s3-outposts(?:-fips)?\.` + regionPattern + `$`)},
	{VirtualHosted, regexp.MustCompile(`^(?P<bucket>.+)\.s3-accelerate(?:\.dualstack)?$`)},
	{VirtualHosted, regexp.MustCompile(`^(?P<bucket>.+)\.s3express(?:-fips)?-[a-z0-9-]+(?:\.dualstack)?\.` + regionPattern + `$`)},
	{PathStyle, regexp.MustCompile(`^(?:(?P<bucket>.+)\.)?s3(?:-fips)?(?:\.dualstack)?[.-]` + regionPattern + `$`)},
	{PathStyle, regexp.MustCompile(`^(?:(?P<bucket>.+)\.)?s3(?P<external>-external-1)?$`)},
}

type host struct {
	style     Style
	bucket    string
	region    string
	partition string
}

// parseHost reads a host name of S3; false for any other.
func parseHost(name string) (host, bool) {
	for _, partition := range partitions {
		labels, ok := strings.CutSuffix(name, "."+partition.suffix)
		if !ok {
			continue
		}
		found, ok := parseLabels(labels)
		// aws and aws-us-gov share a suffix: the region decides, and a host without one is of aws.
		if !ok || found.region != "" && Partition(found.region) != partition.id ||
			found.region == "" && partition.id == "aws-us-gov" {
			continue
		}
		found.partition = partition.id
		return found, true
	}
	return host{}, false
}

func parseLabels(labels string) (host, bool) {
	for _, endpoint := range endpoints {
		match := endpoint.pattern.FindStringSubmatch(labels)
		if match == nil {
			continue
		}
		group := func(name string) string {
			if i := endpoint.pattern.SubexpIndex(name); i >= 0 {
				return match[i]
			}
			return ""
		}
		found := host{style: endpoint.style, bucket: group("bucket"), region: group("region")}
		if group("external") != "" {
			found.region = "us-east-1"
		}
		if found.style == PathStyle && found.bucket != "" {
			found.style = VirtualHosted
		}
		return found, true
	}
	return host{}, false
}

func isAWSHost(name string) bool {
	for _, partition := range partitions {
		if strings.HasSuffix(name, "."+partition.suffix) {
			return true
		}
	}
	return false
}
