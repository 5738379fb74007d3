package bucket_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// Tags that others own stay when ours change, though S3 only replaces the whole set.
func TestAccDeliveryBucket_tagsOfOthers(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	config := func(own string) string {
		return a.Provider(`default_tags { tags = { Stage = "test" } }`, `ignore_tags { key_prefixes = ["corp:"] }`) + block(named(name), own)
	}
	foreign := func() {
		_, err := a.S3("us-east-1").PutBucketTagging(t.Context(), &s3.PutBucketTaggingInput{Bucket: &name, Tagging: &types.Tagging{TagSet: []types.Tag{
			{Key: aws.String("corp:cost"), Value: aws.String("42")},
			{Key: aws.String("Stage"), Value: aws.String("test")},
			{Key: aws.String("Team"), Value: aws.String("speech")},
		}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config: config(`tags = { Team = "speech" }`),
				ConfigStateChecks: []statecheck.StateCheck{
					value("tags", knownvalue.MapExact(map[string]knownvalue.Check{"Team": knownvalue.StringExact("speech")})),
					value("tags_all", knownvalue.MapSizeExact(2)),
				},
			},
			{PreConfig: foreign, Config: config(`tags = { Team = "speech" }`), PlanOnly: true},
			{
				Config:           config(`tags = { Team = "sales" }`),
				ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check:            hasTags(t, a, name, map[string]string{"corp:cost": "42", "Stage": "test", "Team": "sales"}),
			},
			{
				Config: a.Provider(`ignore_tags { key_prefixes = ["corp:"] }`) + block(named(name)),
				Check:  hasTags(t, a, name, map[string]string{"corp:cost": "42"}),
			},
		},
	})
}

func hasTags(t *testing.T, a *acctest.AWS, name string, want map[string]string) resource.TestCheckFunc {
	t.Helper()
	return func(*terraform.State) error {
		found, err := a.S3("us-east-1").GetBucketTagging(t.Context(), &s3.GetBucketTaggingInput{Bucket: &name})
		if err != nil {
			return err
		}
		got := map[string]string{}
		for _, tag := range found.TagSet {
			got[*tag.Key] = *tag.Value
		}
		if !maps.Equal(got, want) {
			return fmt.Errorf("the bucket has the tags %v, want %v", got, want)
		}
		return nil
	}
}

// EventBridge is one switch in a configuration that others use too.
func TestAccDeliveryBucket_notificationsOfOthers(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	const queue = "arn:aws:sqs:us-east-1:111122223333:results"
	foreign := func() {
		_, err := a.S3("us-east-1").PutBucketNotificationConfiguration(t.Context(), &s3.PutBucketNotificationConfigurationInput{
			Bucket: &name, SkipDestinationValidation: aws.Bool(true),
			NotificationConfiguration: &types.NotificationConfiguration{QueueConfigurations: []types.QueueConfiguration{
				{Id: aws.String("theirs"), QueueArn: aws.String(queue), Events: []types.Event{types.EventS3ObjectCreated}},
			}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	has := func(bridge bool) resource.TestCheckFunc {
		return func(*terraform.State) error {
			found, err := a.S3("us-east-1").GetBucketNotificationConfiguration(t.Context(), &s3.GetBucketNotificationConfigurationInput{Bucket: &name})
			if err != nil {
				return err
			}
			if (found.EventBridgeConfiguration != nil) != bridge || len(found.QueueConfigurations) != 1 || *found.QueueConfigurations[0].QueueArn != queue {
				return fmt.Errorf("unexpected notification configuration: %+v", found)
			}
			return nil
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(name))},
			{PreConfig: foreign, Config: delivery(a, named(name), "eventbridge_notifications = true"), Check: has(true)},
			{Config: delivery(a, named(name)), Check: has(false)},
		},
	})
}

// A policy that is no longer managed stays in AWS as it was, and one that is again becomes ours.
func TestAccDeliveryBucket_policyOfOthers(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	theirs := `{"Version":"2012-10-17","Statement":[{"Sid":"Theirs","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::` + name + `/*"}]}`
	var before string
	policy := func(check func(string) error) resource.TestCheckFunc {
		return func(*terraform.State) error {
			found, err := a.S3("us-east-1").GetBucketPolicy(t.Context(), &s3.GetBucketPolicyInput{Bucket: &name})
			if err != nil {
				return err
			}
			return check(*found.Policy)
		}
	}
	stays := func(got string) error {
		if got != before {
			return fmt.Errorf("the policy is %s, it was %s", got, before)
		}
		return nil
	}
	foreign := func() {
		before = theirs
		if _, err := a.S3("us-east-1").PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &name, Policy: &theirs}); err != nil {
			t.Fatal(err)
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(name)), Check: policy(func(got string) error { before = got; return nil })},
			{Config: delivery(a, named(name), "manage_policy = false"), ConfigPlanChecks: action(plancheck.ResourceActionUpdate), Check: policy(stays)},
			{PreConfig: foreign, Config: delivery(a, named(name), "manage_policy = false"), PlanOnly: true},
			{Config: delivery(a, named(name), "manage_policy = false", "versioning = false"), Check: policy(stays)},
			{
				Config: delivery(a, named(name)), ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check: policy(func(got string) error {
					if got == theirs {
						return fmt.Errorf("the policy is still theirs")
					}
					return nil
				}),
			},
		},
	})
}

// Values that are known only after another resource is made.
func TestAccDeliveryBucket_unknown(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	config := a.Provider() + fmt.Sprintf(`
resource "terraform_data" "later" {
  input = { bucket = %q, age = "24h", days = 30, cidr = "10.0.0.0/8", region = "eu-west-1", team = "speech" }
}
`, name) + block(
		"bucket = terraform_data.later.output.bucket", "region = terraform_data.later.output.region",
		"retention = { expire_after_days = terraform_data.later.output.days }",
		"presigned_url_max_age = terraform_data.later.output.age", "presigned_url_source_ips = [terraform_data.later.output.cidr]",
		"tags = { Team = terraform_data.later.output.team }",
		"policy = jsonencode({ Version = \"2012-10-17\", Statement = [{ Effect = \"Deny\", Principal = \"*\", Action = \"s3:DeleteObject\", "+
			"Resource = \"arn:aws:s3:::${terraform_data.later.output.bucket}/*\" }] })",
	)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{{
			Config:           config,
			ConfigPlanChecks: action(plancheck.ResourceActionCreate),
			ConfigStateChecks: []statecheck.StateCheck{
				value("arn", knownvalue.StringExact("arn:aws:s3:::"+name)),
				value("lifecycle_rules", knownvalue.ListSizeExact(2)),
			},
		}},
	})
}

// A default tag that is known only at the apply: the plan leaves tags_all open, and the next one is empty.
func TestAccDeliveryBucket_unknownDefaultTags(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	config := func(owner string) string {
		return a.Provider(`default_tags { tags = { Owner = terraform_data.owner.output } }`) + block(named(name), `tags = { Team = "speech" }`) +
			fmt.Sprintf("resource \"terraform_data\" \"owner\" {\n  input = %q\n}\n", owner)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config: config("one"), ConfigPlanChecks: action(plancheck.ResourceActionCreate),
				Check: hasTags(t, a, name, map[string]string{"Owner": "one", "Team": "speech"}),
			},
			{
				Config: config("two"), ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check: hasTags(t, a, name, map[string]string{"Owner": "two", "Team": "speech"}),
			},
		},
	})
}
