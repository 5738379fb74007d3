package bucket_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// fill puts into a bucket all that S3 does not delete it with: versions, delete markers, an unfinished upload.
func fill(ctx context.Context, client *s3.Client, bucket string) error {
	for i := range 4 {
		key := fmt.Sprintf("voicebase/%d.json", i/2)
		if _, err := client.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader("{}")}); err != nil {
			return err
		}
	}
	if _, err := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: aws.String("voicebase/0.json")}); err != nil {
		return err
	}
	_, err := client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: &bucket, Key: aws.String("voicebase/media")})
	return err
}

// Without force_destroy a bucket with results stays, and the error says what to do; with it, all goes.
func TestAccDeliveryBucket_forceDestroy(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(name))},
			{
				PreConfig: func() {
					if err := fill(t.Context(), a.S3("us-east-1"), name); err != nil {
						t.Fatal(err)
					}
				},
				Config:      delivery(a, named(name)),
				Destroy:     true,
				ExpectError: regexp.MustCompile(`(?s)Unable to delete delivery bucket.*is not empty.*force_destroy = true.*AWS error code: BucketNotEmpty`),
			},
			{Config: delivery(a, named(name), "force_destroy = true"), ConfigPlanChecks: unchanged()},
		},
	})
}

// A bucket that is deleted meanwhile is no error.
func TestAccDeliveryBucket_goneBeforeDestroy(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{{
			Config: delivery(a, named(acctest.RandomName("acc-bucket-"))),
			Check: func(*terraform.State) error {
				// AWS deletes the bucket, the answer is lost, and the next answer is that there is no such bucket.
				a.Fail("DeleteBucket", acctest.Fault{Status: 503, Code: "SlowDown", Message: "try again", Times: 1})
				return nil
			},
		}},
	})
}
