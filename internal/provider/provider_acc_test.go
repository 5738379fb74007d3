package provider_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// contentType needs the provider and no AWS.
const contentType = `output "content_type" { value = provider::voicebase::content_type("transcript", "webvtt") }` + "\n"

func requireTerraform(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance test: runs when TF_ACC is set, as make test does")
	}
}

// TestAccProvider_noCredentials plans and applies what needs no AWS, where there is none.
func TestAccProvider_noCredentials(t *testing.T) {
	t.Parallel()
	requireTerraform(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: contentType + `
data "voicebase_callback_configuration" "this" {
  callbacks = [{ url = "https://example.com/voicebase", type = "analytics" }]
}`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("content_type", knownvalue.NotNull()),
			},
		}},
	})
}

// TestAccProvider_copiedBlock has every argument in the shape that it has in a provider "aws" block: lists,
// sets and blocks, repeated where they may be.
func TestAccProvider_copiedBlock(t *testing.T) {
	t.Parallel()
	requireTerraform(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: contentType + `
provider "voicebase" {
  region                      = "eu-central-1"
  access_key                  = "AKIAEXAMPLE"
  secret_key                  = "secret"
  token                       = "token"
  profile                     = "delivery"
  shared_config_files         = ["~/.aws/config"]
  shared_credentials_files    = ["~/.aws/credentials"]
  allowed_account_ids         = ["111122223333"]
  custom_ca_bundle            = "~/ca.pem"
  insecure                    = false
  http_proxy                  = "http://proxy.example.com:3128"
  https_proxy                 = "http://proxy.example.com:3128"
  no_proxy                    = "localhost,.internal"
  max_retries                 = 10
  retry_mode                  = "adaptive"
  s3_use_path_style           = true
  sts_region                  = "us-east-1"
  use_fips_endpoint           = false
  use_dualstack_endpoint      = false
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = false

  assume_role {
    role_arn            = "arn:aws:iam::111122223333:role/first"
    duration            = "1h"
    external_id         = "external-id"
    policy              = jsonencode({ Version = "2012-10-17", Statement = [] })
    policy_arns         = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
    session_name        = "terraform"
    source_identity     = "alice"
    tags                = { Team = "calls" }
    transitive_tag_keys = ["Team"]
  }
  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/second"
  }
  assume_role_with_web_identity {
    role_arn                = "arn:aws:iam::111122223333:role/web"
    session_name            = "ci"
    web_identity_token_file = "/var/run/token"
  }
  default_tags {
    tags = { Team = "calls" }
  }
  ignore_tags {
    keys         = ["CreatedBy"]
    key_prefixes = ["cost:"]
  }
  endpoints {
    s3  = "https://s3.example.com"
    iam = "https://iam.example.com"
  }
  endpoints {
    sts = "https://sts.example.com"
  }
}`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("content_type", knownvalue.NotNull()),
			},
		}},
	})
}

// TestAccProvider_unknown configures the provider by what another resource makes in the same apply.
func TestAccProvider_unknown(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	late := []string{"region", "voicebase_arn", "external_id"}
	config := fmt.Sprintf(`
resource "terraform_data" "late" {
  input = { region = "us-east-1", voicebase_arn = %[1]q, external_id = %[2]q, team = "calls" }
}

resource "voicebase_delivery_bucket" "results" {
  bucket = %[3]q
}

resource "voicebase_delivery_role" "voicebase" {
  name       = %[3]q
  bucket_arn = voicebase_delivery_bucket.results.arn
}
`, a.VoiceBaseARN(), a.ExternalID(), acctest.RandomName("acc-unknown-"))
	tagged := "default_tags {\ntags = { Team = terraform_data.late.output.team }\n}"
	block := a.Provider(tagged)
	for _, argument := range late {
		block = lateArgument(block, argument)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config + block},
			{Config: config + block, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
			// Nothing can be read before the provider is known again, so the destroy must have it known.
			{Config: config + a.Provider(`default_tags {
    tags = { Team = "calls" }
  }`)},
		},
	})
}

// lateArgument replaces an argument's value by one that is known only after apply.
func lateArgument(block, argument string) string {
	lines := strings.Split(block, "\n")
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), argument+" ") {
			lines[i] = fmt.Sprintf("  %[1]s = terraform_data.late.output.%[1]s", argument)
		}
	}
	return strings.Join(lines, "\n")
}

// TestAccProvider_accounts looks for calls of STS: none as a rule, one at each start where accounts are restricted.
func TestAccProvider_accounts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		argument func(account string) string
		asks     bool
	}{
		"unrestricted": {argument: func(string) string { return "" }},
		"restricted":   {argument: func(account string) string { return fmt.Sprintf("allowed_account_ids = [%q]", account) }, asks: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			config := fmt.Sprintf("%s\ndata \"voicebase_delivery_bucket\" \"this\" { bucket = %q }", a.Provider(test.argument(account(t, a))), a.Bucket(t, "us-east-1"))
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				Steps: []resource.TestStep{{
					PreConfig:        a.ResetCalls,
					Config:           config,
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				}},
			})
			asked := slices.DeleteFunc(a.Actions(), func(action string) bool { return !strings.HasPrefix(action, "sts.") })
			if (len(asked) > 0) != test.asks {
				t.Errorf("STS was called %q", asked)
			}
		})
	}
}

// TestAccProvider_assumeRole works with a role that its own credentials may only assume.
func TestAccProvider_assumeRole(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-admin-")
	role, err := a.IAM().CreateRole(t.Context(), &iam.CreateRoleInput{
		RoleName: aws.String(name),
		AssumeRolePolicyDocument: aws.String(fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",`+
			`"Principal":{"AWS":"arn:aws:iam::%s:root"},"Condition":{"StringEquals":{"sts:ExternalId":"their-id"}}}]}`, account(t, a))),
	})
	if err != nil {
		t.Fatal(err)
	}
	policy := &iam.PutRolePolicyInput{
		RoleName: aws.String(name), PolicyName: aws.String("read"),
		PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`),
	}
	if _, err := a.IAM().PutRolePolicy(t.Context(), policy); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		if _, err := a.IAM().DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: policy.RoleName, PolicyName: policy.PolicyName}); err != nil {
			t.Error(err)
		}
		if _, err := a.IAM().DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: policy.RoleName}); err != nil {
			t.Error(err)
		}
	})
	config := fmt.Sprintf("%s\ndata \"voicebase_delivery_bucket\" \"this\" { bucket = %q }",
		a.Provider(fmt.Sprintf("assume_role {\nrole_arn = %q\nexternal_id = \"their-id\"\n}", *role.Role.Arn)), a.Bucket(t, "us-east-1"))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps:                    []resource.TestStep{{Config: config}},
	})
	if !slices.Contains(a.Actions(), "sts.AssumeRole") {
		t.Errorf("no role was assumed: %q", a.Actions())
	}
}

// account is the ID of the customer's account.
func account(t *testing.T, a *acctest.AWS) string {
	t.Helper()
	me, err := a.STS().GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil {
		t.Fatal(err)
	}
	return aws.ToString(me.Account)
}
