package bucket_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// buckets counts the account's buckets with a prefix.
func buckets(t *testing.T, a *acctest.AWS, prefix string) int {
	t.Helper()
	found, err := a.S3("us-east-1").ListBuckets(t.Context(), &s3.ListBucketsInput{Prefix: &prefix})
	if err != nil {
		t.Fatal(err)
	}
	return len(found.Buckets)
}

// The answer to the create is lost: the bucket that its repetition meets is the one that it has made.
func TestAccDeliveryBucket_lostAnswer(t *testing.T) {
	t.Parallel()
	for _, fault := range acctest.LostAnswers("s3", false) {
		for name, lines := range map[string][]string{
			"named":     {named(acctest.RandomName("acc-bucket-")), `region = "eu-west-1"`},
			"generated": {fmt.Sprintf("bucket_prefix = %q", acctest.RandomName("acc-")), `region = "eu-west-1"`},
			"us-east-1": {named(acctest.RandomName("acc-bucket-"))},
		} {
			t.Run(fault.Name+"/"+name, func(t *testing.T) {
				t.Parallel()
				a := acctest.NewAWS(t)
				a.RequireLocal(t)
				a.Fail("CreateBucket", fault.Fault)
				resource.Test(t, resource.TestCase{
					ProtoV6ProviderFactories: acctest.ProviderFactories(),
					CheckDestroy:             a.CheckDestroyed,
					Steps:                    []resource.TestStep{{Config: delivery(a, lines...), ConfigPlanChecks: action(plancheck.ResourceActionCreate)}},
				})
			})
		}
	}
}

func TestAccDeliveryBucket_lostForGood(t *testing.T) {
	t.Parallel()
	acctest.Creation{
		Service: "s3", Call: "CreateBucket", Noun: "delivery bucket",
		Config: func(prefix string) string { return block(fmt.Sprintf("bucket_prefix = %q", prefix)) },
		Count:  buckets,
	}.TestLostForGood(t)
}

// A bucket that was there before is never taken over, also when an answer is lost on the way to it.
func TestAccDeliveryBucket_existsAndLost(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := a.Bucket(t, "eu-west-1")
	exists := regexp.MustCompile(`(?s)already\s+exists.*terraform\s+import`)
	config := delivery(a, named(name), `region = "eu-west-1"`)
	made := time.Now()
	steps := []resource.TestStep{{PreConfig: func() { acctest.WaitUntil(made.Add(3 * time.Second)) }, Config: config, ExpectError: exists}}
	for _, fault := range acctest.LostAnswers("s3", true) {
		steps = append(steps, resource.TestStep{PreConfig: func() { a.Fail("CreateBucket", fault.Fault) }, Config: config, ExpectError: exists})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.ProviderFactories(), Steps: steps})
	if _, err := a.S3("eu-west-1").HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &name}); err != nil {
		t.Errorf("the bucket that was there is gone: %v", err)
	}
	if calls := strings.Join(a.Actions(), " "); strings.Contains(calls, "s3.Put") {
		t.Errorf("the bucket that was there was changed: %s", calls)
	}
}
