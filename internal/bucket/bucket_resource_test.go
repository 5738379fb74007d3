package bucket_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const address = "voicebase_delivery_bucket.test"

// delivery is a configuration of one bucket, with its arguments as lines of HCL.
func delivery(a *acctest.AWS, lines ...string) string {
	return a.Provider() + block(lines...)
}

func block(lines ...string) string {
	return "resource \"voicebase_delivery_bucket\" \"test\" {\n  " + strings.Join(lines, "\n  ") + "\n}\n"
}

func named(name string) string { return fmt.Sprintf("bucket = %q", name) }

// unchanged are the checks of a step after which a plan has nothing to do.
func unchanged() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}

// action expects what a step does to the bucket, and that a plan has nothing to do after it.
func action(want plancheck.ResourceActionType) resource.ConfigPlanChecks {
	checks := unchanged()
	checks.PreApply = []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, want)}
	return checks
}

func value(name string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), want)
}

func TestAccDeliveryBucket_minimal(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	all := knownvalue.Bool(true)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config: delivery(a, named(name)),
				// All that follows from the configuration is known before the apply.
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
						plancheck.ExpectKnownValue(address, tfjsonpath.New("arn"), knownvalue.StringExact("arn:aws:s3:::"+name)),
						plancheck.ExpectKnownValue(address, tfjsonpath.New("delivery_url"), knownvalue.NotNull()),
						plancheck.ExpectKnownValue(address, tfjsonpath.New("effective_policy"), knownvalue.NotNull()),
						plancheck.ExpectKnownValue(address, tfjsonpath.New("lifecycle_rules"), knownvalue.ListSizeExact(1)),
					},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					value("id", knownvalue.StringExact(name)),
					value("region", knownvalue.StringExact("us-east-1")),
					value("bucket_domain_name", knownvalue.StringExact(name+".s3.amazonaws.com")),
					value("bucket_regional_domain_name", knownvalue.StringExact(name+".s3.us-east-1.amazonaws.com")),
					value("hosted_zone_id", knownvalue.StringExact("Z3AQBSTGFYJSTF")),
					value("versioning", all),
					value("object_ownership", knownvalue.StringExact("BucketOwnerEnforced")),
					value("public_access_block", knownvalue.ObjectExact(map[string]knownvalue.Check{
						"block_public_acls": all, "block_public_policy": all, "ignore_public_acls": all, "restrict_public_buckets": all,
					})),
					value("encryption", knownvalue.ObjectExact(map[string]knownvalue.Check{
						"algorithm": knownvalue.StringExact("AES256"), "kms_key_arn": knownvalue.Null(),
						"bucket_key_enabled":       knownvalue.Bool(false),
						"blocked_encryption_types": knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("SSE-C")}),
					})),
					value("tags", knownvalue.Null()),
					value("tags_all", knownvalue.MapSizeExact(0)),
				},
			},
			imported(),
		},
	})
}

// imported imports the bucket and compares the state with the one of the apply.
func imported(ignore ...string) resource.TestStep {
	return resource.TestStep{
		ResourceName: address, ImportState: true, ImportStateVerify: true,
		ImportStateVerifyIgnore: append(ignore, "timeouts"),
	}
}
