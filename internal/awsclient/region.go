package awsclient

import (
	"context"
	"fmt"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/aws-sdk-go-base/v2/endpoints"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
)

// defaultDNSSuffix is what the SDK, too, falls back to for a region of no known partition.
const defaultDNSSuffix = "amazonaws.com"

// Partition is the partition (aws, aws-cn, aws-us-gov …) of a region; "" for a region of no known partition.
func Partition(region string) string {
	partition, _ := endpoints.PartitionForRegion(endpoints.DefaultPartitions(), region)
	return partition.ID()
}

// DNSSuffix is the domain of a region's endpoints: amazonaws.com, amazonaws.com.cn and so on.
func DNSSuffix(region string) string {
	if partition, ok := endpoints.PartitionForRegion(endpoints.DefaultPartitions(), region); ok {
		return partition.DNSSuffix()
	}
	return defaultDNSSuffix
}

// ParseRegion refuses the name of a region that AWS does not have, which is most often a typing error.
func ParseRegion(region string) (string, error) {
	if err := validation.SupportedRegion(region); err != nil {
		return "", fmt.Errorf("%q is not a region of AWS", region)
	}
	return region, nil
}

// s3Endpoint returns the base URL of S3 in a region without any bucket, no slash last. It asks the rules that
// the S3 client follows, so that what is printed is what is called.
func s3Endpoint(ctx context.Context, env environment, region string) string {
	if region == "" {
		return ""
	}
	parameters := s3.EndpointParameters{
		Region:       aws.String(region),
		UseFIPS:      aws.Bool(env.fips),
		UseDualStack: aws.Bool(env.dualStack),
	}
	if env.endpoints.S3 != "" {
		parameters.Endpoint = aws.String(env.endpoints.S3)
	}
	endpoint, err := s3.NewDefaultEndpointResolverV2().ResolveEndpoint(ctx, parameters)
	if err != nil {
		return ""
	}
	return withoutSlash(endpoint.URI)
}

func withoutSlash(u url.URL) string {
	if u.Path == "/" {
		u.Path = ""
	}
	return u.String()
}
