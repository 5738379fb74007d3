package bucket_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

var denied = acctest.Fault{Status: 403, Code: "AccessDenied", Message: "not allowed", Before: true}

// Wherever the create breaks off, Terraform knows the bucket, and the next apply replaces it.
func TestAccDeliveryBucket_partialCreate(t *testing.T) {
	t.Parallel()
	for _, call := range []string{
		"PutPublicAccessBlock", "PutBucketEncryption", "PutBucketVersioning", "PutBucketLifecycleConfiguration", "PutBucketPolicy",
		"PutBucketLogging", "PutBucketNotificationConfiguration",
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			config := delivery(a, named(acctest.RandomName("acc-bucket-")), `tags = { Team = "speech" }`,
				"eventbridge_notifications = true", fmt.Sprintf("access_logging = { bucket = %q }", a.Bucket(t, "us-east-1")))
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				CheckDestroy:             a.CheckDestroyed,
				Steps: []resource.TestStep{
					{
						PreConfig: func() {
							a.Fail(call, denied)
							a.Fail("GetPublicAccessBlock", denied) // Else the create sees that public access is blocked already.
						},
						Config:      config,
						ExpectError: regexp.MustCompile(`(?s)Unable to set up delivery bucket.*AWS error code: AccessDenied.*Request ID: `),
					},
					{
						PreConfig:        a.ClearFaults,
						Config:           config,
						ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate),
					},
				},
			})
		})
	}
}

// Where an organization forbids the call, a new bucket has the switches already.
func TestAccDeliveryBucket_publicAccessBlockForbidden(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	a.Fail("PutPublicAccessBlock", denied)
	config := delivery(a, named(acctest.RandomName("acc-bucket-")))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config, ConfigPlanChecks: action(plancheck.ResourceActionCreate)},
			{Config: config, PlanOnly: true},
		},
	})
}

// A create that AWS refuses leaves nothing behind, and one that broke off can be destroyed.
func TestAccDeliveryBucket_createFails(t *testing.T) {
	t.Parallel()
	for call, message := range map[string]string{
		"HeadBucket":      `(?s)Unable to create delivery bucket.*is\s+denied.*lack\s+s3:ListBucket`,
		"CreateBucket":    `(?s)Unable to create delivery bucket.*AWS error code: AccessDenied`,
		"PutBucketPolicy": `(?s)Unable to set up delivery bucket.*AWS error code: AccessDenied`,
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			a.Fail(call, denied)
			name := acctest.RandomName("acc-bucket-")
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				Steps: []resource.TestStep{{
					Config:      delivery(a, named(name)),
					ExpectError: regexp.MustCompile(message),
				}},
			})
			if _, err := a.S3("us-east-1").HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &name}); err == nil {
				t.Error("the bucket is still there after the destroy: Terraform did not know it")
			}
		})
	}
}

// What passes by itself is no error: a new bucket that a part of S3 does not know yet, a change that collides.
func TestAccDeliveryBucket_passingErrors(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	a.Fail("PutPublicAccessBlock", acctest.Fault{Status: 404, Code: "NoSuchBucket", Message: "not here", Times: 2, Before: true})
	a.Fail("PutBucketPolicy", acctest.Fault{Status: 400, Code: "MalformedPolicy", Message: "Invalid principal in policy", Times: 1, Before: true})
	a.Fail("PutBucketVersioning", acctest.Fault{Status: 409, Code: "OperationAborted", Message: "in progress", Times: 1, Before: true})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{{
			Config:           delivery(a, named(acctest.RandomName("acc-bucket-"))),
			ConfigPlanChecks: unchanged(),
		}},
	})
}

// A bucket that is there already is never taken over in silence.
func TestAccDeliveryBucket_exists(t *testing.T) {
	t.Parallel()
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			name := a.Bucket(t, region)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				Steps: []resource.TestStep{{
					Config:      delivery(a, named(name), fmt.Sprintf("region = %q", region)),
					ExpectError: regexp.MustCompile(`(?s)already exists.*terraform\s+import`),
				}},
			})
			if _, err := a.S3(region).HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &name}); err != nil {
				t.Errorf("the bucket that was there is gone: %v", err)
			}
		})
	}
}

// An update that breaks off is finished by the next apply, which sends only what is left.
func TestAccDeliveryBucket_partialUpdate(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	changed := delivery(a, named(name), "versioning = false", "retention = { expire_after_days = 30 }", `presigned_url_max_age = "24h"`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(name))},
			{
				PreConfig:   func() { a.Fail("PutBucketLifecycleConfiguration", denied) },
				Config:      changed,
				ExpectError: regexp.MustCompile(`(?s)Unable to update delivery bucket.*AWS error code: AccessDenied`),
			},
			withoutFaults(a, change(a, changed, []string{"s3.PutBucketLifecycleConfiguration", "s3.PutBucketPolicy"})),
		},
	})
}

func withoutFaults(a *acctest.AWS, step resource.TestStep) resource.TestStep {
	step.PreConfig = a.ClearFaults
	return step
}

func TestAccDeliveryBucket_readFails(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	config := delivery(a, named(acctest.RandomName("acc-bucket-")))
	steps := []resource.TestStep{{Config: config}}
	for _, call := range settingReads {
		steps = append(steps, resource.TestStep{
			PreConfig:   func() { a.ClearFaults(); a.Fail(call[len("s3."):], denied) },
			Config:      config,
			PlanOnly:    true,
			ExpectError: regexp.MustCompile(`(?s)Unable to read delivery bucket.*AWS error code: AccessDenied`),
		})
	}
	steps = append(steps, resource.TestStep{PreConfig: a.ClearFaults, Config: config, PlanOnly: true})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps:                    steps,
	})
}
