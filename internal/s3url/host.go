package s3url

import (
	"regexp"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

const regionGroup = `(?P<region>` + awsname.RegionPattern + `)`

// Endpoints of S3, without the suffix of their partition, tried in this order. The bucket is greedy: of a
// bucket named "a.s3", whose host is a.s3.s3.eu-west-1…, it takes both labels.
//
//   - https://docs.aws.amazon.com/general/latest/gr/s3.html
//   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-usage-examples.html
var endpoints = []struct {
	style   Style
	pattern *regexp.Regexp
}{
	{AccessPoint, regexp.MustCompile(`^(?P<bucket>[^.]+)\.s3-accesspoint(?:-fips)?(?:\.dualstack)?\.` + regionGroup + `$`)},
	{AccessPoint, regexp.MustCompile(`^(?P<bucket>[^.]+)\.(?:mrap\.)?accesspoint\.s3-global$`)},
	{AccessPoint, regexp.MustCompile(`^(?P<bucket>[^.]+\.[^.]+)\.s3-outposts(?:-fips)?\.` + regionGroup + `$`)},
	{VirtualHosted, regexp.MustCompile(`^(?P<bucket>.+)\.s3-accelerate(?:\.dualstack)?$`)},
	{VirtualHosted, regexp.MustCompile(`^(?P<bucket>.+)\.s3express-[a-z0-9-]+(?:\.dualstack)?\.` + regionGroup + `$`)},
	{PathStyle, regexp.MustCompile(`^(?:(?P<bucket>.+)\.)?s3(?:-fips)?(?:\.dualstack)?[.-]` + regionGroup + `$`)},
	{PathStyle, regexp.MustCompile(`^(?:(?P<bucket>.+)\.)?s3(?P<external>-external-1)?$`)},
}

type host struct {
	style     Style
	bucket    string
	region    string
	partition string
}

// parseHost parses a host name of S3. It returns false for any other.
func parseHost(name string) (host, bool) {
	for _, suffix := range awsname.DNSSuffixes() {
		labels, ok := strings.CutSuffix(name, "."+suffix)
		if !ok {
			continue
		}
		found, ok := parseLabels(labels)
		if !ok {
			return host{}, false
		}
		found.partition, ok = awsname.PartitionOfHost(suffix, found.region)
		return found, ok
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
	for _, suffix := range awsname.DNSSuffixes() {
		if strings.HasSuffix(name, "."+suffix) {
			return true
		}
	}
	return false
}
