package bucket_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// The data source has the key's ARN, or null and a warning that says what S3 has.
func TestAccDeliveryBucketDataSource_key(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for key, isARN := range map[string]bool{
		foreignARN: true, foreignKey: false, foreignAlias: false, "alias/results": false, "mrk-1234abcd12ab34cd56ef1234567890ab": false,
	} {
		name := a.Bucket(t, "us-east-1")
		if err := putEncryption(types.ServerSideEncryptionAwsKms, key, true)(t.Context(), a.S3("us-east-1"), name); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		found, warning, problem := a.Server(t, nil).ReadWarned(t, "voicebase_delivery_bucket", map[string]any{"bucket": name})
		if warned := strings.Contains(warning, "--key-id "+key+" "); warned == isARN {
			t.Errorf("%s: %q", key, warning)
		}
		var encryption map[string]tftypes.Value
		if err := found["encryption"].As(&encryption); err != nil {
			t.Fatalf("%s: %v: %s", key, err, problem)
		}
		if encryption["kms_key_arn"].IsNull() == isARN {
			t.Errorf("%s: kms_key_arn is %v", key, encryption["kms_key_arn"])
		}
	}
}

// encrypt sets the default encryption as somebody else does.
func encrypt(t *testing.T, a *acctest.AWS, name string, rule types.ServerSideEncryptionRule) func() {
	t.Helper()
	return func() {
		_, err := a.S3("us-east-1").PutBucketEncryption(t.Context(), &s3.PutBucketEncryptionInput{
			Bucket: &name, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{rule}},
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// A bucket key means nothing to S3's own encryption, and so is no drift there. With a key of the account it is.
func TestAccDeliveryBucket_bucketKey(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	with, without := delivery(a, named(name), `kms_key_arn = "`+foreignARN+`"`), delivery(a, named(name))
	blocked := &types.BlockedEncryptionTypes{EncryptionType: []types.EncryptionType{types.EncryptionTypeSseC}}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: without},
			{
				PreConfig: encrypt(t, a, name, types.ServerSideEncryptionRule{
					ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAes256},
					BucketKeyEnabled:                   aws.Bool(true), BlockedEncryptionTypes: blocked,
				}),
				Config: without, PlanOnly: true,
			},
			{Config: with, ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
			{
				PreConfig: encrypt(t, a, name, types.ServerSideEncryptionRule{
					ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: aws.String(foreignARN)},
					BucketKeyEnabled:                   aws.Bool(false), BlockedEncryptionTypes: blocked,
				}),
				Config: with, ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
			},
			{Config: without, ConfigPlanChecks: action(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{
				value("encryption", knownvalue.ObjectPartial(map[string]knownvalue.Check{"bucket_key_enabled": knownvalue.Bool(false)})),
			}},
		},
	})
}

// What somebody sets instead of the key's ARN, be it the same key, is put right.
func TestAccDeliveryBucket_keyByAlias(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	config := delivery(a, named(name), `kms_key_arn = "`+foreignARN+`"`)
	steps := []resource.TestStep{{Config: config}}
	for _, key := range []string{foreignKey, "alias/results", foreignAlias} {
		steps = append(steps, resource.TestStep{
			PreConfig: encrypt(t, a, name, types.ServerSideEncryptionRule{
				ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: aws.String(key)},
				BucketKeyEnabled:                   aws.Bool(true),
			}),
			Config: config, ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{value("kms_key_arn", knownvalue.StringExact(foreignARN))},
		})
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(), CheckDestroy: a.CheckDestroyed, Steps: steps,
	})
}
