package bucket_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// drift is a change that somebody makes outside of Terraform, and the one call that puts it right.
type drift struct {
	make func(context.Context, *s3.Client, *string) error
	fix  []string
}

func drifts() map[string]drift {
	put := func(action string) []string { return []string{"s3.Put" + action} }
	return map[string]drift{
		"public access block": {fix: put("PublicAccessBlock"), make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.PutPublicAccessBlock(ctx, &s3.PutPublicAccessBlockInput{
				Bucket: name, PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{BlockPublicAcls: aws.Bool(true)},
			})
			return err
		}},
		"no public access block": {fix: put("PublicAccessBlock"), make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.DeletePublicAccessBlock(ctx, &s3.DeletePublicAccessBlockInput{Bucket: name})
			return err
		}},
		"ownership": {fix: put("BucketOwnershipControls"), make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.PutBucketOwnershipControls(ctx, &s3.PutBucketOwnershipControlsInput{
				Bucket:            name,
				OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnershipObjectWriter}}},
			})
			return err
		}},
		"encryption": {fix: put("BucketEncryption"), make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.PutBucketEncryption(ctx, &s3.PutBucketEncryptionInput{
				Bucket: name,
				ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{{
					ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms},
				}}},
			})
			return err
		}},
		"versioning": {fix: put("BucketVersioning"), make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
				Bucket: name, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusSuspended},
			})
			return err
		}},
		"no lifecycle": {fix: []string{"s3.GetBucketLifecycleConfiguration", "s3.PutBucketLifecycleConfiguration"}, make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.DeleteBucketLifecycle(ctx, &s3.DeleteBucketLifecycleInput{Bucket: name})
			return err
		}},
		"a foreign lifecycle rule": {fix: []string{"s3.GetBucketLifecycleConfiguration", "s3.PutBucketLifecycleConfiguration"}, make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.PutBucketLifecycleConfiguration(ctx, &s3.PutBucketLifecycleConfigurationInput{
				Bucket: name,
				LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: []types.LifecycleRule{{
					ID: aws.String("archive"), Status: types.ExpirationStatusEnabled, Filter: &types.LifecycleRuleFilter{Prefix: aws.String("")},
					Transitions: []types.Transition{{Days: aws.Int32(30), StorageClass: types.TransitionStorageClassGlacier}},
				}}},
			})
			return err
		}},
		"a transition": {fix: []string{"s3.GetBucketLifecycleConfiguration", "s3.PutBucketLifecycleConfiguration"}, make: editRules(func(rule *types.LifecycleRule) {
			for i := range rule.Transitions {
				rule.Transitions[i].Days = aws.Int32(300)
			}
		})},
		"delete markers": {fix: []string{"s3.GetBucketLifecycleConfiguration", "s3.PutBucketLifecycleConfiguration"}, make: editRules(func(rule *types.LifecycleRule) {
			if rule.NoncurrentVersionExpiration != nil { // Without it, nothing would be left of the rule.
				rule.Expiration = nil
			}
		})},
		"no policy": {fix: put("BucketPolicy"), make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.DeleteBucketPolicy(ctx, &s3.DeleteBucketPolicyInput{Bucket: name})
			return err
		}},
		"another policy": {fix: put("BucketPolicy"), make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: name, Policy: aws.String(
				`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::` + *name + `/*"}]}`)})
			return err
		}},
		"a tag": {
			fix: []string{"s3.GetBucketTagging", "s3.PutBucketTagging"},
			make: func(ctx context.Context, client *s3.Client, name *string) error {
				_, err := client.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{
					Bucket: name, Tagging: &types.Tagging{TagSet: []types.Tag{{Key: aws.String("Team"), Value: aws.String("sales")}}},
				})
				return err
			},
		},
		"no EventBridge": {
			fix: []string{"s3.GetBucketNotificationConfiguration", "s3.PutBucketNotificationConfiguration"},
			make: func(ctx context.Context, client *s3.Client, name *string) error {
				_, err := client.PutBucketNotificationConfiguration(ctx, &s3.PutBucketNotificationConfigurationInput{
					Bucket: name, NotificationConfiguration: &types.NotificationConfiguration{},
				})
				return err
			},
		},
		"no access logging": {fix: put("BucketLogging"), make: func(ctx context.Context, client *s3.Client, name *string) error {
			_, err := client.PutBucketLogging(ctx, &s3.PutBucketLoggingInput{Bucket: name, BucketLoggingStatus: &types.BucketLoggingStatus{}})
			return err
		}},
	}
}

// editRules puts back the rules that are there, each edited.
func editRules(edit func(*types.LifecycleRule)) func(context.Context, *s3.Client, *string) error {
	return func(ctx context.Context, client *s3.Client, name *string) error {
		found, err := client.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: name})
		if err != nil {
			return err
		}
		for i := range found.Rules {
			edit(&found.Rules[i])
		}
		_, err = client.PutBucketLifecycleConfiguration(ctx, &s3.PutBucketLifecycleConfigurationInput{
			Bucket: name, LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: found.Rules},
		})
		return err
	}
}

// Each managed setting: a change from outside shows in the plan, and the apply sends that setting alone.
func TestAccDeliveryBucket_drift(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name, target := acctest.RandomName("acc-bucket-"), a.Bucket(t, "us-east-1")
	config := delivery(a, named(name), `tags = { Team = "speech" }`,
		`retention = { noncurrent_expire_after_days = 90, transitions = [{ after_days = 30, storage_class = "GLACIER" }] }`, "eventbridge_notifications = true", "access_logging = { bucket = \""+target+"\" }")
	steps := []resource.TestStep{{Config: config}}
	for what, drift := range drifts() {
		step := change(a, config, drift.fix)
		step.PreConfig = func() {
			if err := drift.make(t.Context(), a.S3("us-east-1"), &name); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			t.Log("drift:", what)
		}
		steps = append(steps, step)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps:                    steps,
	})
}

// What a bucket blocks beyond our default is its owner's, and survives a change of the encryption.
func TestAccDeliveryBucket_keepsUnblockedSSEC(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	const key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	unblock := func() {
		_, err := a.S3("us-east-1").PutBucketEncryption(t.Context(), &s3.PutBucketEncryptionInput{
			Bucket: &name,
			ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{{
				ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAes256},
				BlockedEncryptionTypes:             &types.BlockedEncryptionTypes{EncryptionType: []types.EncryptionType{types.EncryptionTypeNone}},
			}}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(name))},
			{PreConfig: unblock, Config: delivery(a, named(name)), PlanOnly: true},
			{
				Config:           delivery(a, named(name), `kms_key_arn = "`+key+`"`),
				ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{value("encryption", knownvalue.ObjectExact(map[string]knownvalue.Check{
					"algorithm": knownvalue.StringExact("aws:kms"), "kms_key_arn": knownvalue.StringExact(key),
					"bucket_key_enabled": knownvalue.Bool(true), "blocked_encryption_types": knownvalue.ListSizeExact(0),
				}))},
			},
		},
	})
}

// A bucket that never had versioning and one whose versioning is suspended are the same.
func TestAccDeliveryBucket_neverVersioned(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	config := delivery(a, named(acctest.RandomName("acc-bucket-")), "versioning = false")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps:                    []resource.TestStep{{Config: config, ConfigPlanChecks: action(plancheck.ResourceActionCreate)}, imported()},
	})
	for _, call := range a.Actions() {
		if call == "s3.PutBucketVersioning" {
			t.Error("versioning was sent though a new bucket has none")
		}
	}
}

func TestAccDeliveryBucket_disappears(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	config := delivery(a, named(name))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() {
					if _, err := a.S3("us-east-1").DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: &name}); err != nil {
						t.Fatal(err)
					}
				},
				Config:           config,
				ConfigPlanChecks: action(plancheck.ResourceActionCreate),
			},
		},
	})
}

// change applies a change in place and compares the calls between the refreshes with what it is to send.
func change(a *acctest.AWS, config string, want []string) resource.TestStep {
	checks := action(plancheck.ResourceActionUpdate)
	checks.PreApply = append(checks.PreApply, reset{a})
	checks.PostApplyPreRefresh = append(checks.PostApplyPreRefresh, sent{a, want})
	return resource.TestStep{Config: config, ConfigPlanChecks: checks}
}
