package assumerole_test

import (
	"context"
	"regexp"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const lookup = `
data "voicebase_delivery_role" "test" {
  name = voicebase_delivery_role.test.name
}
`

func found(name string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data."+address, attribute(name), check)
}

// What the data source finds is what the resource is, attribute by attribute.
func TestAccRoleDataSource(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	config := aws.Provider() + named(acctest.RandomName("acc-role-"), `key_prefixes = ["a b/", "c/"]`, `access = "documented"`,
		`description = "for VoiceBase"`, `path = "/voicebase/"`, `max_session_duration = 7200`, `tags = { team = "speech" }`,
		`kms_key_arn = "`+kmsKeyARN+`"`)
	var checks []statecheck.StateCheck
	for _, name := range []string{
		"id", "name", "arn", "unique_id", "create_date", "path", "description", "permissions_boundary", "max_session_duration", "voicebase_arn",
		"external_id", "bucket_arn", "key_prefixes", "kms_key_arn", "access", "assume_role_policy", "permissions_policy", "tags_all",
	} {
		checks = append(checks, statecheck.CompareValuePairs(address, attribute(name), "data."+address, attribute(name), compare.ValuesSame()))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps:                    []resource.TestStep{{Config: config + lookup, ConfigStateChecks: checks}},
	})
}

// A policy of someone else's is shown as it is; no argument is made up for what it does not say.
func TestAccRoleDataSourceForeignPolicy(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name, document := acctest.RandomName("acc-role-"), `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + aws.VoiceBaseARN() + `"},"Action":"sts:AssumeRole"}]}`
	outside(t, aws, func(ctx context.Context, client *iam.Client) error {
		if _, err := client.CreateRole(ctx, &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust}); err != nil {
			return err
		}
		_, err := client.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: policyName(), PolicyDocument: &document})
		return err
	})
	cleanUp(t, func(client *iam.Client) error {
		if _, err := client.DeleteRolePolicy(backgroundContext, &iam.DeleteRolePolicyInput{RoleName: &name, PolicyName: policyName()}); err != nil {
			return err
		}
		_, err := client.DeleteRole(backgroundContext, &iam.DeleteRoleInput{RoleName: &name})
		return err
	}, aws)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: aws.Provider() + `data "voicebase_delivery_role" "test" { name = "` + name + `" }`,
			ConfigStateChecks: []statecheck.StateCheck{
				found("permissions_policy", knownvalue.StringExact(document)),
				found("assume_role_policy", knownvalue.StringExact(trust)),
				found("voicebase_arn", knownvalue.StringExact(aws.VoiceBaseARN())),
				found("bucket_arn", knownvalue.Null()),
				found("key_prefixes", knownvalue.Null()),
				found("access", knownvalue.Null()),
			},
		}},
	})
}

func TestAccRoleDataSourceMissing(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config:      aws.Provider() + `data "voicebase_delivery_role" "test" { name = "acc-no-such-role" }`,
			ExpectError: regexp.MustCompile(`(?s)No such delivery role.*There is no role "acc-no-such-role" in this account\.`),
		}},
	})
}
