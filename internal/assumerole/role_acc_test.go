package assumerole_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const (
	address   = "voicebase_delivery_role.test"
	bucketARN = "arn:aws:s3:::acme-results"
	kmsKeyARN = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// role is the resource with a bucket, and further arguments as lines of HCL.
func role(arguments ...string) string {
	return fmt.Sprintf("resource \"voicebase_delivery_role\" \"test\" {\n  bucket_arn = %q\n  %s\n}\n", bucketARN, strings.Join(arguments, "\n  "))
}

func named(name string, arguments ...string) string {
	return role(append([]string{fmt.Sprintf("name = %q", name)}, arguments...)...)
}

func attribute(name string) tfjsonpath.Path { return tfjsonpath.New(name) }

func value(name string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, attribute(name), check)
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

func TestAccRole(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name := acctest.RandomName("acc-role-")
	trust := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Sid":"VoiceBaseAssumesRole","Effect":"Allow","Principal":{"AWS":%q},`+
		`"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":%q}}}]}`, aws.VoiceBaseARN(), aws.ExternalID())
	permissions := `{"Version":"2012-10-17","Statement":[{"Sid":"WriteDeliveries","Effect":"Allow","Action":"s3:PutObject","Resource":"` + bucketARN + `/*","Condition":{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}}]}`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config: aws.Provider() + named(name),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					// What the role will be is in the plan, before anything is made.
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
						plancheck.ExpectKnownValue(address, attribute("id"), knownvalue.StringExact(name)),
						plancheck.ExpectKnownValue(address, attribute("assume_role_policy"), knownvalue.StringExact(trust)),
						plancheck.ExpectKnownValue(address, attribute("permissions_policy"), knownvalue.StringExact(permissions)),
						plancheck.ExpectUnknownValue(address, attribute("arn")),
					},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					value("id", knownvalue.StringExact(name)),
					value("name", knownvalue.StringExact(name)),
					value("name_prefix", knownvalue.StringExact("")),
					value("path", knownvalue.StringExact("/")),
					value("description", knownvalue.Null()),
					value("permissions_boundary", knownvalue.Null()),
					value("max_session_duration", knownvalue.Int64Exact(3600)),
					value("force_detach_policies", knownvalue.Bool(false)),
					value("voicebase_arn", knownvalue.StringExact(aws.VoiceBaseARN())),
					value("external_id", knownvalue.StringExact(aws.ExternalID())),
					value("bucket_arn", knownvalue.StringExact(bucketARN)),
					value("key_prefixes", knownvalue.Null()),
					value("kms_key_arn", knownvalue.Null()),
					value("access", knownvalue.StringExact("write")),
					value("arn", knownvalue.StringRegexp(regexp.MustCompile(`^arn:aws:iam::\d{12}:role/`+name+`$`))),
					value("unique_id", knownvalue.StringRegexp(regexp.MustCompile(`^AROA`))),
					value("create_date", knownvalue.StringRegexp(regexp.MustCompile(`^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))),
					value("assume_role_policy", knownvalue.StringExact(trust)),
					value("permissions_policy", knownvalue.StringExact(permissions)),
					value("tags", knownvalue.Null()),
					value("tags_all", knownvalue.MapExact(map[string]knownvalue.Check{})),
				},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"name_prefix"}},
		},
	})
}

// Every argument is set, changed and removed again; each plan does what it has to in place, and the plan after it is
// empty. What an import finds is what was applied. Each argument has a role of its own.
func TestAccRoleArguments(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	defaultARN := fmt.Sprintf("%q", aws.VoiceBaseARN())
	arguments := []struct{ name, first, second string }{
		{"description", `"for VoiceBase"`, `"for VoiceBase: Gespräche"`},
		{"permissions_boundary", fmt.Sprintf("%q", boundary(t, aws)), fmt.Sprintf("%q", boundary(t, aws))},
		{"max_session_duration", `7200`, `43200`},
		{"force_detach_policies", `true`, `false`},
		{"voicebase_arn", `"arn:aws:iam::000000000000:root"`, defaultARN},
		{"external_id", `"a+b=c"`, `"another"`},
		{"key_prefixes", `["voicebase/"]`, `["voicebase/", "with space+plus/"]`},
		{"kms_key_arn", fmt.Sprintf("%q", kmsKeyARN), `"arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd"`},
		{"access", `"documented"`, `"write"`},
		{"bucket_account_id", `"444455556666"`, `"111122223333"`},
		{"tags", `{ team = "speech" }`, `{ team = "ops", env = "test" }`},
	}
	isDefault := map[string]bool{"false": true, `"write"`: true, defaultARN: true}
	create, change, remove := resource.TestStep{}, resource.TestStep{}, resource.TestStep{}
	var imports []resource.TestStep
	for _, argument := range arguments {
		name := acctest.RandomName("acc-role-")
		appendRole(&create, argument.name, plancheck.ResourceActionCreate, name, argument.name+" = "+argument.first)
		appendRole(&change, argument.name, plancheck.ResourceActionUpdate, name, argument.name+" = "+argument.second)
		removal := plancheck.ResourceActionUpdate
		if isDefault[argument.second] {
			removal = plancheck.ResourceActionNoop
		}
		appendRole(&remove, argument.name, removal, name)
		imports = append(imports, resource.TestStep{
			ResourceName: "voicebase_delivery_role." + argument.name, ImportState: true, ImportStateVerify: true,
			// It is the provider's own, and no answer of IAM has it.
			ImportStateVerifyIgnore: []string{"force_detach_policies"},
		})
	}
	steps := slices.Concat([]resource.TestStep{create}, imports, []resource.TestStep{change, remove})
	for i := range steps {
		if !steps[i].ImportState {
			steps[i].Config = aws.Provider() + steps[i].Config
			steps[i].ConfigPlanChecks.PostApplyPostRefresh = []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps:                    steps,
	})
}

// appendRole adds a role with a label of its own to a step, and what its plan is to do with it.
func appendRole(step *resource.TestStep, label string, action plancheck.ResourceActionType, name string, arguments ...string) {
	step.Config += strings.Replace(named(name, arguments...), `"test"`, fmt.Sprintf("%q", label), 1)
	step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply,
		plancheck.ExpectResourceAction("voicebase_delivery_role."+label, action))
}

// boundary makes a managed policy that is deleted after the test.
func boundary(t *testing.T, aws *acctest.AWS) string {
	t.Helper()
	name, document := acctest.RandomName("acc-boundary-"), `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	made, err := aws.IAM().CreatePolicy(t.Context(), &iam.CreatePolicyInput{PolicyName: &name, PolicyDocument: &document})
	if err != nil {
		t.Fatal(err)
	}
	cleanUp(t, func(client *iam.Client) error {
		_, err := client.DeletePolicy(backgroundContext, &iam.DeletePolicyInput{PolicyArn: made.Policy.Arn})
		return err
	}, aws)
	return *made.Policy.Arn
}

// Name and path are the only arguments that make another role.
func TestAccRoleReplaced(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	first, second := acctest.RandomName("acc-role-"), acctest.RandomName("acc-role-")
	replaced := planned(plancheck.ResourceActionReplace)
	generated := func(prefix string) statecheck.StateCheck {
		return value("name", knownvalue.StringRegexp(regexp.MustCompile(`^`+prefix+`20\d{16}[0-9a-f]{8}$`)))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: aws.Provider() + named(first)},
			{Config: aws.Provider() + named(second), ConfigPlanChecks: replaced},
			{Config: aws.Provider() + named(second, `path = "/voicebase/"`), ConfigPlanChecks: replaced},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"name_prefix"}},
			{
				Config:            aws.Provider() + role(`name_prefix = "acc-a-"`),
				ConfigPlanChecks:  replaced,
				ConfigStateChecks: []statecheck.StateCheck{generated("acc-a-")},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"name_prefix"}},
			{Config: aws.Provider() + role(`name_prefix = "acc-b-"`), ConfigPlanChecks: replaced},
			// What was generated stays when the prefix is no longer said.
			{Config: aws.Provider() + role(), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
			{Config: aws.Provider() + role(), Destroy: true},
			{
				Config:            aws.Provider() + role(),
				ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{generated("voicebase-"), value("name_prefix", knownvalue.StringExact("voicebase-"))},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"name_prefix"}},
		},
	})
}

// An account ID and the ARN of its root are the same principal: neither form is ever a difference to the other.
func TestAccRoleTrustForms(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	account := strings.Split(aws.VoiceBaseARN(), ":")[4]
	root := "arn:aws:iam::" + account + ":root"
	trusts := func(arn string) statecheck.StateCheck {
		return value("assume_role_policy", knownvalue.StringRegexp(regexp.MustCompile(`"Principal":\{"AWS":"`+arn+`"\}`)))
	}
	name := acctest.RandomName("acc-role-")
	with := func(arn string) string { return aws.Provider() + named(name, fmt.Sprintf("voicebase_arn = %q", arn)) }
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: with(account), ConfigPlanChecks: planned(plancheck.ResourceActionCreate), ConfigStateChecks: []statecheck.StateCheck{trusts(root)}},
			{Config: with(root), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
			{Config: with(aws.VoiceBaseARN()), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{trusts(aws.VoiceBaseARN())}},
			{Config: with(root), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{trusts(root)}},
			{Config: with(account), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"name_prefix"}},
			{
				// By the provider's default as well.
				Config:           aws.ProviderWithout("voicebase_arn", fmt.Sprintf("voicebase_arn = %q", account)) + named(name),
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			},
		},
	})
}

func TestAccRoleTags(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name := acctest.RandomName("acc-role-")
	defaults := aws.Provider(`default_tags {`, `  tags = { team = "speech", env = "test" }`, `}`, `ignore_tags {`, `  key_prefixes = ["auto:"]`, `}`)
	all := func(tags map[string]string) statecheck.StateCheck {
		checks := map[string]knownvalue.Check{}
		for key, text := range tags {
			checks[key] = knownvalue.StringExact(text)
		}
		return value("tags_all", knownvalue.MapExact(checks))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config:            defaults + named(name, `tags = { env = "live" }`),
				ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{all(map[string]string{"team": "speech", "env": "live"})},
			},
			{
				PreConfig:        func() { tagOutside(t, aws, name, "auto:owner", "someone") },
				Config:           defaults + named(name, `tags = { env = "live" }`),
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			},
			{
				Config:            defaults + named(name),
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{all(map[string]string{"team": "speech", "env": "test"})},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"name_prefix"}},
			{
				Config:            defaults + named(name, `tags = { env = null, cost = null, Stage = "test" }`),
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{all(map[string]string{"team": "speech", "env": "test", "Stage": "test"})},
			},
			{
				Config:            aws.Provider(`ignore_tags {`, `  keys = ["auto:owner"]`, `}`) + named(name),
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{all(nil)},
			},
		},
	})
}
