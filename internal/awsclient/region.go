package awsclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// CheckRegion checks an object's region against three things: AWS's regions, unless skip_region_validation is on or not
// known yet; S3's FIPS endpoints, if these are in use; and the provider's partition, because credentials are valid in
// one partition only: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html. ""
// is not known.
func (c *Clients) CheckRegion(region string) error {
	if region == "" || c.settings.SkipRegionValidation || slices.Contains(c.settings.Unknown, "skip_region_validation") {
		return nil
	}
	if _, err := awsname.ParseRegion(region); err != nil {
		reason := err.Error()
		if !strings.HasSuffix(reason, "?") {
			reason += "."
		}
		return errors.New(reason + " A region newer than this provider, or of another implementation of the AWS APIs, needs skip_region_validation = true in the provider block")
	}
	if got, want := awsname.Partition(region), awsname.Partition(c.Region()); want != "" && got != want {
		return fmt.Errorf("region %s is in partition %s, and the provider's region %s in partition %s: the credentials of one partition are not valid in another", region, got, c.Region(), want)
	}
	return c.checkFIPS(region)
}

// checkFIPS refuses a region in which use_fips_endpoint leads to a host that does not exist.
func (c *Clients) checkFIPS(region string) error {
	if !c.environment.fips || awsname.HasFIPS(region) || c.environment.endpoints.S3 != "" || slices.Contains(c.settings.Unknown, "endpoints") {
		return nil
	}
	return fmt.Errorf("S3 has no FIPS endpoint in region %s, and use_fips_endpoint is on: %s. %s",
		region, fipsChoice(awsname.Partition(region)), fipsRemedy)
}

// CheckFIPS checks the provider's own region: S3's error comes with the bucket, but STS is in that region for all
// objects.
func (c *Clients) CheckFIPS() error {
	region := cmp.Or(c.settings.STSRegion, c.Region())
	if c.settings.SkipRegionValidation || region == "" || !c.environment.fips || awsname.HasFIPS(region) || c.environment.endpoints.STS != "" {
		return nil
	}
	for _, unknown := range []string{"endpoints", "region", "skip_region_validation", "sts_region", "use_fips_endpoint"} {
		if slices.Contains(c.settings.Unknown, unknown) {
			return nil
		}
	}
	return fmt.Errorf("S3 and STS have no FIPS endpoints in region %s: %s. Calls there fail, because their hosts don't exist. %s",
		region, fipsChoice(awsname.Partition(region)), fipsRemedy)
}

const fipsRemedy = "Choose another region, or turn off use_fips_endpoint and AWS_USE_FIPS_ENDPOINT. " +
	"If AWS has added the endpoint since this provider was released, set skip_region_validation = true in the provider block"

func fipsChoice(partition string) string {
	regions := awsname.FIPSRegions(partition)
	if len(regions) == 0 {
		return "partition " + partition + " has none"
	}
	return "it has them in " + strings.Join(regions, ", ")
}

// s3Endpoint returns the base URL of S3 in a region, without a bucket and without a trailing slash. It follows the same
// rules as the S3 client, so that what is printed is what is called.
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
	return strings.TrimSuffix(endpoint.URI.String(), "/")
}
