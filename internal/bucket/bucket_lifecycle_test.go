package bucket_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// A lifecycle configuration that is no longer managed stays in AWS as it was, and one that is again becomes ours.
func TestAccDeliveryBucket_lifecycleOfOthers(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	has := func(ids ...string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			found, err := a.S3("us-east-1").GetBucketLifecycleConfiguration(t.Context(), &s3.GetBucketLifecycleConfigurationInput{Bucket: &name})
			if err != nil {
				return err
			}
			var got []string
			for _, rule := range found.Rules {
				got = append(got, *rule.ID)
			}
			if fmt.Sprint(got) != fmt.Sprint(ids) {
				return fmt.Errorf("the rules are %v, want %v", got, ids)
			}
			return nil
		}
	}
	foreign := func() {
		if err := putGlacier(t.Context(), a.S3("us-east-1"), name); err != nil {
			t.Fatal(err)
		}
	}
	none := []statecheck.StateCheck{value("lifecycle_rules", knownvalue.Null()), value("retention", knownvalue.Null())}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(name), "retention = { expire_after_days = 30 }"), Check: has("voicebase-abort-incomplete-uploads", "voicebase-expire")},
			{
				Config: delivery(a, named(name), "manage_lifecycle = false"), ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check: has("voicebase-abort-incomplete-uploads", "voicebase-expire"), ConfigStateChecks: none,
			},
			{PreConfig: foreign, Config: delivery(a, named(name), "manage_lifecycle = false"), PlanOnly: true},
			{Config: delivery(a, named(name), "manage_lifecycle = false", "versioning = false"), Check: has("archive"), ConfigStateChecks: none},
			{
				Config: delivery(a, named(name)), ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check: has("voicebase-abort-incomplete-uploads"),
			},
		},
	})
}

// The smallest size that moves is somebody's setting beside the rules, which S3 resets with each put that does not say it.
func TestAccDeliveryBucket_smallestSizeThatMoves(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	const varies = types.TransitionDefaultMinimumObjectSizeVariesByStorageClass
	config := func(days int) string {
		return delivery(a, named(name), fmt.Sprintf(`retention = { transitions = [{ after_days = %d, storage_class = "GLACIER" }] }`, days))
	}
	theirs := func() {
		client := a.S3("us-east-1")
		found, err := client.GetBucketLifecycleConfiguration(t.Context(), &s3.GetBucketLifecycleConfigurationInput{Bucket: &name})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.PutBucketLifecycleConfiguration(t.Context(), &s3.PutBucketLifecycleConfigurationInput{
			Bucket: &name, LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: found.Rules}, TransitionDefaultMinimumObjectSize: varies,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config(30)},
			{PreConfig: theirs, Config: config(30), PlanOnly: true},
			{Config: config(31), Check: func(*terraform.State) error {
				found, err := a.S3("us-east-1").GetBucketLifecycleConfiguration(t.Context(), &s3.GetBucketLifecycleConfigurationInput{Bucket: &name})
				if err == nil && found.TransitionDefaultMinimumObjectSize != varies {
					err = fmt.Errorf("it is %q", found.TransitionDefaultMinimumObjectSize)
				}
				return err
			}},
		},
	})
}

// Transitions that are known only after another resource is made; delete markers go with the noncurrent versions. The
// data source tells the same.
func TestAccDeliveryBucket_lateTransitions(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	config := a.Provider() + `
resource "terraform_data" "later" {
  input = { days = 30, class = "STANDARD_IA", managed = true }
}

data "voicebase_delivery_bucket" "test" {
  bucket = voicebase_delivery_bucket.test.id
}
` + block(named(name), "manage_lifecycle = terraform_data.later.output.managed", `retention = {
    noncurrent_expire_after_days = terraform_data.later.output.days
    transitions                  = [{ after_days = terraform_data.later.output.days, storage_class = terraform_data.later.output.class }]
  }`)
	transition := knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
		"after_days": knownvalue.Int32Exact(30), "storage_class": knownvalue.StringExact("STANDARD_IA"),
	})})
	var checks []statecheck.StateCheck
	for _, at := range []string{address, "data." + address} {
		rules := tfjsonpath.New("lifecycle_rules")
		checks = append(checks,
			statecheck.ExpectKnownValue(at, rules.AtSliceIndex(1).AtMapKey("expired_object_delete_marker"), knownvalue.Bool(true)),
			statecheck.ExpectKnownValue(at, rules.AtSliceIndex(2).AtMapKey("transitions"), transition),
			statecheck.ExpectKnownValue(at, rules.AtSliceIndex(2).AtMapKey("other_settings"), knownvalue.Bool(false)),
		)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps:                    []resource.TestStep{{Config: config, ConfigPlanChecks: action(plancheck.ResourceActionCreate), ConfigStateChecks: checks}},
	})
}

// S3 takes what the plan takes, and refuses what the plan refuses.
func TestAccDeliveryBucket_transitionsOfS3(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := a.Bucket(t, "us-east-1")
	type list = []s3bucket.Transition
	for _, transitions := range []list{
		{{AfterDays: 29, StorageClass: "STANDARD_IA"}},
		{{AfterDays: 30, StorageClass: "STANDARD_IA"}},
		{{AfterDays: 29, StorageClass: "ONEZONE_IA"}},
		{{AfterDays: 0, StorageClass: "GLACIER"}},
		{{AfterDays: 0, StorageClass: "GLACIER"}, {AfterDays: 89, StorageClass: "DEEP_ARCHIVE"}},
		{{AfterDays: 0, StorageClass: "GLACIER"}, {AfterDays: 90, StorageClass: "DEEP_ARCHIVE"}},
		{{AfterDays: 0, StorageClass: "GLACIER_IR"}, {AfterDays: 89, StorageClass: "DEEP_ARCHIVE"}},
		{{AfterDays: 30, StorageClass: "STANDARD_IA"}, {AfterDays: 59, StorageClass: "GLACIER"}},
		{{AfterDays: 30, StorageClass: "STANDARD_IA"}, {AfterDays: 60, StorageClass: "GLACIER"}},
		{{AfterDays: 0, StorageClass: "INTELLIGENT_TIERING"}, {AfterDays: 1, StorageClass: "GLACIER"}},
		{{AfterDays: 0, StorageClass: "INTELLIGENT_TIERING"}, {AfterDays: 300, StorageClass: "STANDARD_IA"}},
		{{AfterDays: 30, StorageClass: "ONEZONE_IA"}, {AfterDays: 300, StorageClass: "GLACIER_IR"}},
		{{AfterDays: 0, StorageClass: "DEEP_ARCHIVE"}, {AfterDays: 300, StorageClass: "GLACIER"}},
		{{AfterDays: 5, StorageClass: "GLACIER"}, {AfterDays: 100, StorageClass: "GLACIER"}},
	} {
		rule := types.LifecycleRule{ID: aws.String("moves")}
		for _, transition := range transitions {
			rule.Transitions = append(rule.Transitions, types.Transition{
				Days: aws.Int32(transition.AfterDays), StorageClass: types.TransitionStorageClass(transition.StorageClass),
			})
		}
		taken, planned := putRule(rule)(t.Context(), a.S3("us-east-1"), name), s3bucket.CheckTransitions(transitions, 0)
		if (taken == nil) != (planned == nil) {
			t.Errorf("%+v: S3 says %v, the plan %v", transitions, taken, planned)
		}
	}
}

// Rules that were there at the import are kept through later applies and changes of others, until the configuration asks
// for its own; then the default is the usual one. That holds for those that a retention can say, and for those that
// none can.
func TestAccDeliveryBucket_foreignRulesUntilAsked(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	for id, put := range map[string]func(context.Context, *s3.Client, string) error{"temporary": putTemporary, "archive": putGlacier} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			name, client := a.Bucket(t, "us-east-1"), a.S3("us-east-1")
			if err := put(t.Context(), client, name); err != nil {
				t.Fatal(err)
			}
			cli := acctest.NewCLI(t, a.Provider())
			apply := func(what, config, left string) {
				t.Helper()
				if err := os.WriteFile(filepath.Join(cli.Dir, "bucket.tf"), []byte(config), 0o600); err != nil {
					t.Fatal(err)
				}
				cli.Run(t, "apply", "-auto-approve", "-no-color")
				cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
				if err := hasRule(left)(t.Context(), client, name); (err == nil) != (left != "") {
					t.Errorf("%s: want the rule %q: %v", what, left, err)
				}
			}
			apply("nothing said", importBlock("test", name, name), id)
			apply("something else", block(named(name), "versioning = false"), id)
			cli.Settle(t)
			if err := putMonths(t.Context(), client, name); err != nil {
				t.Fatal(err)
			}
			apply("changed by others", block(named(name), "versioning = true"), "months")
			apply("a retention", block(named(name), "retention = { expire_after_days = 30 }"), "")
			cli.Settle(t)
			if err := put(t.Context(), client, name); err != nil {
				t.Fatal(err)
			}
			apply("nothing said again", block(named(name)), "voicebase-abort-incomplete-uploads")
		})
	}
}
