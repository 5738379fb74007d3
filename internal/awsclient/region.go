package awsclient

import (
	"context"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

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
