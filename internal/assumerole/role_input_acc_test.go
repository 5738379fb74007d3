package assumerole_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// Bad input is an error on the argument before anything is called, and says what is allowed. Each argument is put
// into a role of its own, so that one run of the CLI reports them all.
func TestAccRoleBadInput(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t) // It counts the calls.
	expectRefused(t, aws, []refused{
		{`name`, `"a b"`, "1–64 characters: letters, digits"},
		{`name`, `"` + strings.Repeat("n", 65) + `"`, "65 characters: must be at most 64"},
		{`name_prefix`, `"` + strings.Repeat("n", 39) + `"`, "39 characters: must be at most 38"},
		{`path`, `"voicebase"`, "not a valid IAM path"},
		{`description`, `""`, "1–1000 Latin-1 characters"},
		{`permissions_boundary`, `"boundary"`, "not an ARN"},
		{`permissions_boundary`, `"arn:aws:iam::111122223333:role/x"`, "not the ARN of a managed policy"},
		{`max_session_duration`, `3599`, "between 3600 and 43200"},
		{`max_session_duration`, `43201`, "between 3600 and 43200"},
		{`voicebase_arn`, `"*"`, "every AWS account"},
		{`voicebase_arn`, `"s3.amazonaws.com"`, "AWS service"},
		{`voicebase_arn`, `"arn:aws:sts::111122223333:assumed-role/a/b"`, "a session"},
		{`external_id`, `"x"`, "2–1224 characters"},
		{`external_id`, `"organization id"`, "contains ' ', which is not allowed"},
		{`external_id`, `"` + strings.Repeat("x", 1225) + `"`, "2–1224 characters"},
		{`kms_key_arn`, `"alias/key"`, "not an ARN"},
		{`kms_key_arn`, `"arn:aws:kms:us-east-1:111122223333:alias/key"`, "is an alias"},
		{`bucket_account_id`, `"1111-2222-3333"`, "12 digits"},
		{`bucket_account_id`, `"acme"`, "12 digits"},
		{`access`, `"admin"`, `one of "write", "documented"`},
		{`key_prefixes`, `[null]`, "null"},
		{`key_prefixes`, `["*/"]`, "wildcards"},
		{`key_prefixes`, `["a?/"]`, "wildcards"},
		{`key_prefixes`, `["$${aws:username}/"]`, "start of a variable"},
		{`key_prefixes`, `["voicebase"]`, "does not end with a slash"},
		{`key_prefixes`, `["/voicebase/"]`, "starts with a slash"},
		{`key_prefixes`, `["a//b/"]`, "has an empty path segment"},
		{`key_prefixes`, `["a/../b/"]`, `the path segment ".."`},
		{`key_prefixes`, `["` + strings.Repeat("p", 1024) + `/"]`, "has 1025 bytes"},
		{`tags`, `{ "aws:x" = "y" }`, "which is reserved for AWS"},
		{`tags`, `{ for n in range(51) : "key${n}" => "value" }`, "51 tags exceed AWS's limit of 50"},
		{`bucket_arn`, `"acme-results"`, "not an ARN"},
		{`bucket_arn`, `"arn:aws:s3:::acme/key"`, `names the object "key"`},
		{`bucket_arn`, `"arn:aws:s3:::*"`, "wildcards"},
	})
	if calls := aws.Actions(); len(calls) > 0 {
		t.Errorf("calls were made: %v", calls)
	}
}

// These need the provider's region, or the whole policy, and so are found by the plan rather than by validate.
func TestAccRoleBadPlan(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	expectRefused(t, aws, []refused{
		{`bucket_arn`, `"arn:aws-cn:s3:::acme"`, `partition "aws-cn"`},
		{`bucket_arn`, `"arn:aws-us-gov:s3:::acme"`, `partition "aws-us-gov"`},
		{`voicebase_arn`, `"arn:aws-us-gov:iam::111122223333:root"`, `partition "aws-us-gov"`},
		{`kms_key_arn`, `"arn:aws-cn:kms:cn-north-1:111122223333:key/1234"`, `partition "aws-cn"`},
		{`permissions_boundary`, `"arn:aws-cn:iam::aws:policy/X"`, `partition "aws-cn"`},
		{`key_prefixes`, `[]`, "The set is empty"},
		{`key_prefixes`, `[for n in range(500) : "a-long-prefix-number-${n}/"]`, "exceeds IAM's limit of 10240"},
		{`tags`, `{ for n in range(50) : "key${n}" => "value" }`, "exceed AWS's limit of 50"},
		{`tags`, `{ Env = "test", env = "prod" }`, `"Env" and "env" differ only in case`},
		{`tags`, `{ TEAM = "ops" }`, `"TEAM" differs only in case from "team"`},
	}, `default_tags {`, `  tags = { team = "speech" }`, `}`)
}

func TestAccRoleBothNames(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config:   aws.Provider() + role(`name = "a"`, `name_prefix = "b"`),
			PlanOnly: true, ExpectError: loosely(`"name" cannot be specified when "name_prefix" is`),
		}},
	})
}

// refused is an argument that is given a bad value, and what the error says.
type refused struct{ argument, value, want string }

// diagnostic is the part of the CLI's machine-readable output that is looked at.
type diagnostic struct {
	Diagnostic struct {
		Detail  string `json:"detail"`
		Snippet struct {
			Context string `json:"context"`
			Code    string `json:"code"`
		} `json:"snippet"`
	} `json:"diagnostic"`
}

// expectRefused plans one role for each case, and wants exactly one error for each, on the argument's own line.
func expectRefused(t *testing.T, aws *acctest.AWS, cases []refused, providerLines ...string) {
	t.Helper()
	config := aws.Provider(providerLines...)
	for i, refuse := range cases {
		body := role(refuse.argument + " = " + refuse.value)
		if refuse.argument == "bucket_arn" {
			body = strings.Replace(role(), fmt.Sprintf("%q", bucketARN), refuse.value, 1)
		}
		config += strings.Replace(body, `"test"`, fmt.Sprintf(`"case_%d"`, i), 1)
	}
	out, err := acctest.NewCLI(t, config).Command(t, "plan", "-json").Output()
	if err == nil {
		t.Fatalf("nothing was refused:\n%s", out)
	}
	found := map[string][]diagnostic{}
	for line := range bytes.Lines(out) {
		var d diagnostic
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if d.Diagnostic.Detail != "" {
			found[d.Diagnostic.Snippet.Context] = append(found[d.Diagnostic.Snippet.Context], d)
		}
	}
	for i, refuse := range cases {
		diagnostics := found[fmt.Sprintf(`resource "voicebase_delivery_role" "case_%d"`, i)]
		if len(diagnostics) != 1 {
			t.Errorf("%s = %.60s: %d errors, want one: %v", refuse.argument, refuse.value, len(diagnostics), diagnostics)
			continue
		}
		got := diagnostics[0].Diagnostic
		if !strings.Contains(got.Detail, refuse.want) || !strings.HasPrefix(strings.TrimSpace(got.Snippet.Code), refuse.argument+" ") {
			t.Errorf("%s = %.60s: on %q: %s\nwant %q", refuse.argument, refuse.value, got.Snippet.Code, got.Detail, refuse.want)
		}
	}
}

// loosely matches across the line breaks and bars that the CLI puts into messages.
func loosely(want string) *regexp.Regexp {
	return regexp.MustCompile(`(?s)` + strings.ReplaceAll(want, " ", `[\s│]+`))
}

func TestAccRoleWithoutVoiceBase(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t) // On real AWS the ARN may come from the environment.
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config:      aws.ProviderWithout("voicebase_arn") + role(),
				PlanOnly:    true,
				ExpectError: loosely(`Missing VoiceBase ARN.*VOICEBASE_ARN`),
			},
			{
				Config:            aws.ProviderWithout("external_id") + role(),
				ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{value("external_id", knownvalue.Null())},
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"name_prefix"}},
			// The default that the provider block gains, and loses again, changes the role in place.
			{Config: aws.Provider() + role(), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
			{Config: aws.ProviderWithout("external_id") + role(), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
		},
	})
}

func TestAccRoleWarnsWithoutExternalID(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	for provider, want := range map[string]bool{aws.Provider(): false, aws.ProviderWithout("external_id"): true} {
		cli := acctest.NewCLI(t, provider+role())
		if out := cli.Run(t, "plan", "-no-color"); strings.Contains(out, "Warning: No external ID") != want {
			t.Errorf("a warning is wanted: %t\n%s", want, out)
		}
	}
}

// Whatever is known only after something else is made is no error in the plan, and is right in the end.
func TestAccRoleUnknownValues(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	step := resource.TestStep{Config: aws.Provider()}
	for i, argument := range []struct{ name, expression, text string }{
		{"name_prefix", "%s", "acc-later-"},
		{"path", "%s", "/voicebase/"},
		{"description", "%s", "later"},
		{"max_session_duration", "%s", "7200"},
		{"voicebase_arn", "%s", aws.VoiceBaseARN()},
		{"external_id", "%s", "later-id"},
		{"kms_key_arn", "%s", kmsKeyARN},
		{"key_prefixes", "[%s]", "voicebase/"},
		{"key_prefixes", `split(",", %s)`, "a/,b/"},
		{"tags", "{ later = %s }", "value"},
		{"access", "%s", "documented"},
		{"name", "%s", acctest.RandomName("acc-role-")},
	} {
		label := fmt.Sprintf("later_%d", i)
		body := role(argument.name + " = " + fmt.Sprintf(argument.expression, "terraform_data."+label+".output"))
		step.Config += fmt.Sprintf("resource \"terraform_data\" %q {\n  input = %q\n}\n", label, argument.text) +
			strings.Replace(body, `"test"`, fmt.Sprintf("%q", label), 1)
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply,
			plancheck.ExpectResourceAction("voicebase_delivery_role."+label, plancheck.ResourceActionCreate))
	}
	step.ConfigPlanChecks.PostApplyPostRefresh = []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps:                    []resource.TestStep{step},
	})
}

// The bucket's ARN is unknown whenever the bucket is made in the same apply. The trust policy is known all the same.
func TestAccRoleUnknownBucket(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	unknown := strings.Replace(role(`key_prefixes = ["voicebase/"]`), fmt.Sprintf("%q", bucketARN), "terraform_data.bucket.output", 1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{{
			Config: aws.Provider() + fmt.Sprintf("resource \"terraform_data\" \"bucket\" {\n  input = %q\n}\n", bucketARN) + unknown,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectKnownValue(address, attribute("assume_role_policy"), knownvalue.StringExact(trustOf(aws))),
					plancheck.ExpectUnknownValue(address, attribute("permissions_policy")),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				value("permissions_policy", knownvalue.StringRegexp(regexp.MustCompile(`"arn:aws:s3:::acme-results/voicebase/\*"`))),
			},
		}},
	})
}

// What turns out in the apply to be wrong is an error there, not a wider permission.
func TestAccRoleUnknownTurnsOutEmpty(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	for expression, want := range map[string]string{
		`[for p in split(",", terraform_data.later.output) : p if p == "none"]`: `The set is empty`,
		`[terraform_data.later.output]`:                                         `wildcards`,
	} {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.ProviderFactories(),
			CheckDestroy:             aws.CheckDestroyed,
			Steps: []resource.TestStep{{
				Config:      aws.Provider() + "resource \"terraform_data\" \"later\" {\n  input = \"*/\"\n}\n" + role("key_prefixes = "+expression),
				ExpectError: loosely(want),
			}},
		})
	}
}
