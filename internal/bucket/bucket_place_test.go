package bucket_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// Names that the provider makes up, and how they are left.
func TestAccDeliveryBucket_generatedNames(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	generated := func(prefix string) *regexp.Regexp { return regexp.MustCompile("^" + prefix + `[0-9]{18}[0-9a-f]{8}$`) }
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config:            delivery(a),
				ConfigPlanChecks:  action(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{value("bucket", knownvalue.StringRegexp(generated("voicebase-")))},
			},
			imported("bucket_prefix"), // Left open, so that name or prefix can be configured.
			{
				Config:            delivery(a, `bucket_prefix = "acc-prefix-"`),
				ConfigPlanChecks:  action(plancheck.ResourceActionDestroyBeforeCreate),
				ConfigStateChecks: []statecheck.StateCheck{value("bucket", knownvalue.StringRegexp(generated("acc-prefix-")))},
			},
			imported("bucket_prefix"), // Left open, so that name or prefix can be configured.
			// A generated name stays when the prefix goes.
			{Config: delivery(a), PlanOnly: true},
			{Config: delivery(a, named(acctest.RandomName("acc-bucket-"))), ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate)},
		},
	})
}

// A bucket in a region of its own: replaced when it moves, imported with its region in the ID.
func TestAccDeliveryBucket_region(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	there := imported()
	there.ImportStateId = name + "@eu-west-1"
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config:           delivery(a, named(name), `region = "eu-west-1"`),
				ConfigPlanChecks: action(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					value("hosted_zone_id", knownvalue.StringExact("Z1BKCTXD74EZPE")),
					value("bucket_regional_domain_name", knownvalue.StringExact(name+".s3.eu-west-1.amazonaws.com")),
				},
			},
			there,
			{Config: delivery(a, named(name)), ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate)},
			// The region that a bucket has by default is the provider's, also when that changes.
			{
				Config:           a.ProviderWithout("region", `region = "eu-west-1"`) + block(named(name)),
				ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate),
			},
		},
	})
}

func TestAccDeliveryBucket_importErrors(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	config := delivery(a, named(acctest.RandomName("acc-bucket-")))
	elsewhere := a.Bucket(t, "eu-west-1")
	var steps []resource.TestStep
	for id, message := range map[string]string{
		"@us-east-1":                    `neither a bucket's name nor <bucket>@<region>`,
		"bucket@":                       `neither a bucket's name nor <bucket>@<region>`,
		"bucket@a@b":                    `neither a bucket's name nor <bucket>@<region>`,
		acctest.RandomName("acc-none-"): `Cannot import non-existent remote object`,
		elsewhere:                       fmt.Sprintf(`(?s)bucket\s+"%s"\s+is\s+in\s+region\s+eu-west-1`, elsewhere),
	} {
		steps = append(steps, resource.TestStep{
			Config: config, ResourceName: address, ImportState: true, ImportStateId: id, ExpectError: regexp.MustCompile("(?i)" + message),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.ProviderFactories(), Steps: steps})
}

// A bucket that was made otherwise is imported as it is, and the plan shows what it lacks.
func TestAccDeliveryBucket_importForeign(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := a.Bucket(t, "us-east-1")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{
			{
				Config: delivery(a, named(name)), ResourceName: address, ImportState: true, ImportStateId: name, ImportStatePersist: true,
			},
			{Config: delivery(a, named(name)), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
		},
	})
}

// After an import of a bucket that has every argument, and whose policy S3 writes in its own way, a plan has
// nothing to do.
func TestAccDeliveryBucket_importedPlan(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name, target := acctest.RandomName("acc-bucket-"), a.Bucket(t, "us-east-1")
	all := arguments(name, target)
	lines := []string{named(name), all["retention.abort_incomplete_uploads_after_days"].value}
	for _, argument := range []string{
		"kms_key_arn", "versioning", "access_logging", "eventbridge_notifications", "presigned_url_max_age", "presigned_url_source_ips", "policy", "tags",
	} {
		lines = append(lines, all[argument].value)
	}
	cli := acctest.NewCLI(t, delivery(a, lines...))
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	reorderPolicy(t, a, name)
	cli.Run(t, "state", "rm", address)
	cli.Run(t, "import", "-no-color", address, name)
	cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

func TestAccDeliveryBucketDataSource_basic(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	config := delivery(a, named(name), `region = "eu-west-1"`, `tags = { Team = "speech" }`) + `
data "voicebase_delivery_bucket" "test" {
  bucket = voicebase_delivery_bucket.test.bucket
  region = voicebase_delivery_bucket.test.region
}
`
	var same []resource.TestCheckFunc
	for _, attribute := range []string{
		"id", "arn", "region", "bucket_domain_name", "bucket_regional_domain_name", "hosted_zone_id", "delivery_url", "versioning",
		"effective_policy", "object_ownership", "public_access_block.restrict_public_buckets", "encryption.algorithm",
		"encryption.blocked_encryption_types.0", "lifecycle_rules.#", "lifecycle_rules.0.abort_incomplete_uploads_after_days", "tags_all.Team",
	} {
		same = append(same, resource.TestCheckResourceAttrPair("data."+address, attribute, address, attribute))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config, Check: resource.ComposeAggregateTestCheckFunc(same...)},
			{
				Config:      a.Provider() + fmt.Sprintf("data \"voicebase_delivery_bucket\" \"test\" {\n  bucket = %q\n}\n", acctest.RandomName("acc-none-")),
				ExpectError: regexp.MustCompile(`(?s)Unable to find delivery bucket.*no\s+such\s+bucket\s+in\s+region\s+us-east-1`),
			},
		},
	})
}
