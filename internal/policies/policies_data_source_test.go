package policies_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/policies"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// TestAccPolicies_equalTheResources holds the documents against those that the two resources write.
func TestAccPolicies_equalTheResources(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name := acctest.RandomName("acc-policies-")
	object := policies.TypeName + ".all"
	same := func(attribute, resource, other string) statecheck.StateCheck {
		return statecheck.CompareValuePairs("data."+object, tfjsonpath.New(attribute), resource, tfjsonpath.New(other), compare.ValuesSame())
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{{
			Config: aws.Provider() + fmt.Sprintf(`
resource "voicebase_delivery_bucket" "test" {
  bucket                   = %[1]q
  presigned_url_max_age    = "24h"
  presigned_url_source_ips = ["52.6.244.43/32", "52.6.208.178/32"]
}
resource "voicebase_delivery_role" "test" {
  name         = %[1]q
  bucket_arn   = voicebase_delivery_bucket.test.arn
  key_prefixes = ["voicebase/"]
  access       = "documented"
}
data "voicebase_delivery_policies" "all" {
  bucket_arn               = "arn:aws:s3:::%[1]s"
  key_prefixes             = ["voicebase/"]
  access                   = "documented"
  presigned_url_max_age    = "24h"
  presigned_url_source_ips = ["52.6.208.178/32", "52.6.244.43/32"]
}`, name),
			ConfigStateChecks: []statecheck.StateCheck{
				same("trust_policy", "voicebase_delivery_role.test", "assume_role_policy"),
				same("permissions_policy", "voicebase_delivery_role.test", "permissions_policy"),
				same("bucket_policy", "voicebase_delivery_bucket.test", "effective_policy"),
			},
		}},
	})
}

// TestAccPolicies_offline needs no credentials and makes no call.
func TestAccPolicies_offline(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	contains := func(attribute, text string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data."+policies.TypeName+".cn", tfjsonpath.New(attribute),
			knownvalue.StringRegexp(regexp.MustCompile(regexp.QuoteMeta(text))))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: `
provider "voicebase" {}
data "voicebase_delivery_policies" "cn" {
  bucket_arn    = "arn:aws-cn:s3:::acme-results"
  voicebase_arn = "111122223333"
  external_id   = "organization"
}`,
			ConfigStateChecks: []statecheck.StateCheck{
				contains("trust_policy", `"AWS":"arn:aws-cn:iam::111122223333:root"`),
				contains("trust_policy", `"sts:ExternalId":"organization"`),
				contains("permissions_policy", `"Resource":"arn:aws-cn:s3:::acme-results/*"`),
				contains("bucket_policy", `"aws:SecureTransport":"false"`),
			},
		}},
	})
	if actions := aws.Actions(); len(actions) > 0 {
		t.Errorf("calls were made: %v", actions)
	}
}

func TestAccPolicies_badInput(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t)
	valid := map[string]string{"bucket_arn": `"arn:aws:s3:::acme-results"`, "voicebase_arn": `"111122223333"`, "external_id": `"organization"`}
	for argument, bad := range map[string]struct{ value, want string }{
		"bucket_arn":               {`"acme-results"`, `bucket_arn`},
		"voicebase_arn":            {`"arn:aws-cn:iam::111122223333:root"`, `Wrong partition`},
		"external_id":              {`"x"`, `2–1224\s+characters`},
		"key_prefixes":             {`["calls/*/"]`, `wildcard`},
		"access":                   {`"all"`, `documented`},
		"presigned_url_max_age":    {`"169h"`, `168h`},
		"presigned_url_source_ips": {`["52.6.244.43"]`, `52\.6\.244\.43/32`},
		"policy":                   {`"{}"`, `Version`},
	} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for name, value := range valid {
				if name != argument {
					fmt.Fprintf(&b, "  %s = %s\n", name, value)
				}
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				Steps: []resource.TestStep{{
					Config:      fmt.Sprintf("data %q \"bad\" {\n%s  %s = %s\n}\n", policies.TypeName, b.String(), argument, bad.value),
					ExpectError: regexp.MustCompile(bad.want),
					PlanOnly:    true,
				}},
			})
		})
	}
}
