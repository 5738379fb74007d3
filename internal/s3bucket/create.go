package s3bucket

import (
	"context"
	"fmt"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// oldestRegion answers a repeated create of one's own bucket with success, for compatibility:
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html.
const oldestRegion = "us-east-1"

// Create makes a bucket that has no ACLs, and is an error when there is one of that name already. What
// is left to do is Configure's.
func Create(ctx context.Context, api API, name, region string) error {
	if region == oldestRegion {
		if err := checkFree(ctx, api, name); err != nil {
			return err
		}
	}
	_, err := awsclient.Uninterrupted(ctx, func(ctx context.Context) (*s3.CreateBucketOutput, error) {
		return api.CreateBucket(ctx, createInput(name, region))
	})
	switch awsclient.Code(err) {
	case codeAuthorizationMalformed:
		return existsElsewhere(name, region, err)
	case codeBucketAlreadyOwned:
		return fmt.Errorf("bucket %q exists already and is this account's: %s: %w", name, existsAdvice, err)
	case codeBucketAlreadyExists:
		return fmt.Errorf("bucket %q exists already, in another account or region (names are unique in all of a partition): %s: %w", name, existsAdvice, err)
	}
	return err
}

// checkFree looks whether a name is taken, since the create would not tell.
func checkFree(ctx context.Context, api API, name string) error {
	_, err := api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &name})
	if err == nil {
		return fmt.Errorf("bucket %q exists already: %s", name, existsAdvice)
	}
	switch httpStatus(err) {
	case http.StatusNotFound:
		return nil
	case http.StatusForbidden:
		// S3 says no more to a HEAD: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html.
		return fmt.Errorf("bucket %q cannot be looked at: either it is another account's (names are unique in all of a partition), "+
			"or these credentials are wrong or lack s3:ListBucket: %w", name, err)
	}
	return existsElsewhere(name, oldestRegion, err)
}

// existsElsewhere explains that S3 sends a create to another region. It also does so for a while after a bucket
// of that name was deleted there: https://github.com/hashicorp/terraform-provider-aws/issues/14544.
func existsElsewhere(name, asked string, err error) error {
	if region := bucketRegion(err); region != "" && region != asked {
		return fmt.Errorf("bucket %q exists already, or did until a short time ago, in region %s: %s: %w", name, region, existsAdvice, err)
	}
	return err
}

func createInput(name, region string) *s3.CreateBucketInput {
	input := &s3.CreateBucketInput{Bucket: &name, ObjectOwnership: types.ObjectOwnership(ObjectOwnership)}
	if awsname.AccountRegional(name) {
		input.BucketNamespace = types.BucketNamespaceAccountRegional
	}
	if region != oldestRegion {
		input.CreateBucketConfiguration = &types.CreateBucketConfiguration{
			LocationConstraint: types.BucketLocationConstraint(region),
		}
	}
	return input
}

// Configure sets a bucket up that Create made just now. It reads nothing: there is nothing yet.
func Configure(ctx context.Context, api API, name string, to Settings) error {
	w := writer{api: api, name: name, fresh: true}
	return w.configure(ctx, Settings{ObjectOwnership: ObjectOwnership}, to)
}
