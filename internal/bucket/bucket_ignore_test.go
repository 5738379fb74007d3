package bucket_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// With ignore_changes = all nothing is proposed, whatever has changed: the bucket, the provider block, the arguments.
func TestAccDeliveryBucket_ignoreChanges(t *testing.T) {
	t.Parallel()
	for name, own := range map[string]string{"named": named(acctest.RandomName("acc-bucket-")), "generated": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			const ignored = "lifecycle {\n    ignore_changes = all\n  }"
			var bucket string
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
				CheckDestroy:             a.CheckDestroyed,
				Steps: []resource.TestStep{
					{
						Config: delivery(a, own, ignored, `tags = { Team = "speech" }`, "retention = { expire_after_days = 30 }"),
						Check: resource.TestCheckResourceAttrWith(address, "bucket", func(value string) error {
							bucket = value
							return nil
						}),
					},
					{
						PreConfig: func() { changeAll(t, a, bucket) },
						Config: a.ProviderWithout("region", `region = "eu-west-1"`, `default_tags { tags = { Stage = "test" } }`) +
							block(ignored, `bucket = "another-name"`, "manage_policy = false", `timeouts { create = "1m" }`),
						PlanOnly: true,
					},
					{Config: delivery(a, own), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
				},
			})
		})
	}
}

// To ignore single arguments is not to ignore all, even where the state has what no configuration can have.
func TestAccDeliveryBucket_ignoreSome(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	config := delivery(a, named(name), "lifecycle {\n    ignore_changes = [bucket, bucket_prefix]\n  }")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config},
			{PreConfig: func() { changeAll(t, a, name) }, Config: config, ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
		},
	})
}

// changeAll changes what a bucket has outside of Terraform.
func changeAll(t *testing.T, a *acctest.AWS, bucket string) {
	t.Helper()
	drifts := drifts()
	for _, what := range slices.Sorted(maps.Keys(drifts)) { // Changes to the rules come before "no lifecycle".
		drift := drifts[what]
		if err := drift.make(t.Context(), a.S3("us-east-1"), &bucket); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}
