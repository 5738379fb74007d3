package awsclient

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// CheckRegion holds an object's region against the regions that AWS has, unless skip_region_validation is on or not
// known yet, and against the provider's partition: credentials of one partition are none in another,
// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html. "" is not known.
func (c *Clients) CheckRegion(region string) error {
	if region == "" || c.settings.SkipRegionValidation || slices.Contains(c.settings.Unknown, "skip_region_validation") {
		return nil
	}
	if _, err := awsname.ParseRegion(region); err != nil {
		return fmt.Errorf("%w. A region newer than this provider, or of another implementation of the AWS APIs, needs skip_region_validation = true in the provider block", err)
	}
	if got, want := awsname.Partition(region), awsname.Partition(c.Region()); want != "" && got != want {
		return fmt.Errorf("region %s is in partition %s, and the provider's region %s in partition %s: the credentials of one partition are not valid in another", region, got, c.Region(), want)
	}
	return nil
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
