package acctest

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// CheckDestroyed is a test case's CheckDestroy: no bucket and no role of its last state is left.
func (a *AWS) CheckDestroyed(state *terraform.State) error {
	ctx := context.Background()
	for name, object := range state.RootModule().Resources {
		var err error
		switch object.Type {
		case "voicebase_delivery_bucket":
			err = a.bucketGone(ctx, object.Primary.ID, object.Primary.Attributes["region"])
		case "voicebase_delivery_role":
			err = a.roleGone(ctx, object.Primary.ID)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (a *AWS) bucketGone(ctx context.Context, name, region string) error {
	_, err := a.S3(region).HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &name})
	var missing *s3types.NotFound
	if errors.As(err, &missing) {
		return nil
	}
	return errors.Join(fmt.Errorf("bucket %s is still there", name), err)
}

func (a *AWS) roleGone(ctx context.Context, name string) error {
	_, err := a.IAM().GetRole(ctx, &iam.GetRoleInput{RoleName: &name})
	var missing *iamtypes.NoSuchEntityException
	if errors.As(err, &missing) {
		return nil
	}
	return errors.Join(fmt.Errorf("role %s is still there", name), err)
}
