package callback_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// withFunctions are the clients that know provider functions.
var withFunctions = []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_8_0)}

func output(expression string) string {
	return "output \"test\" {\n  value = " + expression + "\n}\n"
}

func expectOutput(t *testing.T, config string, want knownvalue.Check) {
	t.Helper()
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   withFunctions,
		ProtoV6ProviderFactories: at(signedAt),
		Steps: []resource.TestStep{{
			Config:            config,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("test", want)},
		}},
	})
}

func TestAccContentTypeFunction(t *testing.T) {
	t.Parallel()
	expectOutput(t, output(`[
		provider::voicebase::content_type("analytics", null),
		provider::voicebase::content_type("media", null),
		[for format in ["json", "text", "srt", "dfxp", "webvtt"] : provider::voicebase::content_type("transcript", format)],
	]`), knownvalue.TupleExact([]knownvalue.Check{
		knownvalue.StringExact("application/json"),
		knownvalue.StringExact("application/octet-stream"),
		knownvalue.TupleExact([]knownvalue.Check{
			knownvalue.StringExact("application/json"), knownvalue.StringExact("text/plain"), knownvalue.StringExact("text/srt"),
			knownvalue.StringExact("application/ttaf+xml"), knownvalue.StringExact("text/vtt"),
		}),
	}))
}

// TestAccFunctions_errors expects Terraform to name the argument that is at fault.
func TestAccFunctions_errors(t *testing.T) {
	contentType := func(arguments string) string { return inOutput("provider::voicebase::content_type(" + arguments + ")") }
	parse := func(url string) string { return inOutput("provider::voicebase::parse_presigned_url(\"" + url + "\")") }
	configuration := func(list string) string { return inOutput(configurationOf(list)) }
	expectRefused(t, []refusal{
		{"unknown type", contentType(`"speech", null`), `Invalid value for "type" parameter: invalid type "speech": must be one of "analytics", "transcript", "media".`},
		{"unknown format", contentType(`"transcript", "pdf"`), `Invalid value for "format" parameter: invalid format "pdf": must be one of`},
		{"no format", contentType(`"transcript", null`), `Invalid value for "format" parameter: type "transcript" requires a format`},
		{"a format too many", contentType(`"media", "srt"`), `Invalid value for "format" parameter: format is not valid with type "media"`},
		{"no type", contentType(`null, null`), `Invalid value for "type" parameter: argument must not be null`},
		{"no signature", parse("https://acme.s3.us-east-1.amazonaws.com/1"), `Invalid value for "url" parameter: the URL is not pre-signed`},
		{"a wrong part", parse(strings.Replace(signed, "86400", "604801", 1)), `Invalid value for "url" parameter: X-Amz-Expires must be a number of seconds from 0 to 604800.`},
		{"a string", configuration(`"x"`), `Invalid value for "callbacks" parameter: callbacks must be a list of objects`},
		{"an object", configuration(`{ url = "https://example.org" }`), `callbacks must be a list of objects`},
		{"a list of strings", configuration(`["x"]`), `callbacks[0] must be an object`},
		{"a null", configuration(`[{ url = "https://example.org" }, null]`), `callbacks[1] must be an object`},
		{"another attribute", configuration(`[{ uri = "x" }]`), `callbacks[0]: unsupported attribute "uri": must be one of "url", "method", "type"`},
		{"VoiceBase's spelling", configuration(`[{ url = "https://example.org", s3Delivery = true }]`), `callbacks[0]: unsupported attribute "s3Delivery": did you mean "s3_delivery"?`},
		{"VoiceBase's other spelling", configuration(`[{ url = "https://example.org" }, { url = "https://example.org", prependFolder = "a" }]`), `callbacks[1]: unsupported attribute "prependFolder": did you mean "prepend_folder"?`},
		{"a number", configuration(`[{ url = 1 }]`), `callbacks[0].url must be a string`},
		{"a string for a list", configuration(`[{ url = "https://example.org", include = "metadata" }]`), `callbacks[0].include must be a list of strings`},
		{"a list of null", configuration(`[{ url = "https://example.org", include = [null] }]`), `callbacks[0].include must be a list of strings`},
		{"a word for a boolean", configuration(`[{ url = "https://example.org", s3_delivery = "yes" }]`), `callbacks[0].s3_delivery must be true or false`},
		{
			"all that is wrong", configuration(`[{ type = "speech" }]`),
			`Invalid value for "callbacks" parameter: VoiceBase rejects this callback (error 60001) callbacks[0].url: A callback needs a URL to ` +
				`deliver to. Given: no url Allowed: a URL that starts with https:// VoiceBase rejects this callback (error 60007)`,
		},
	})
}

// TestAccParsePresignedURLFunction_errors has each error of a URL once, as Terraform shows it.
func TestAccParsePresignedURLFunction_errors(t *testing.T) {
	const v2 = bucketHost + "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&"
	change := func(old, replacement string) string {
		if !strings.Contains(signed, old) {
			t.Fatalf("the URL has no %q to change", old)
		}
		return strings.Replace(signed, old, replacement, 1)
	}
	var refusals []refusal
	for _, c := range []struct{ url, want string }{
		{"s3://acme/1.json", "the URL does not start with https:// or http://."},
		{"https://a b/c", "the URL is malformed."},
		{"https:///acme", "the URL has no host."},
		{"https://acme.s3.amazonaws.com/%2", "a % in the URL is not followed by two hexadecimal digits."},
		{"https://me:secret@acme.s3.amazonaws.com/k", "the URL has a user name before its host, which S3 does not support."},
		{"https://acme.s3.amazonaws.com/a#b", "the URL has a fragment: write a # in a key as %23."},
		{"https://s3.eu-west-1.amazonaws.com/", "the URL has no bucket, neither in its host nor in its path."},
		{"https://s3.eu-west-1.amazonaws.com/a%2Fb/k", "the bucket in the URL is not a valid bucket name."},
		{"https://acme.s3.amazonaws.com/%E9", "the key in the URL is not valid UTF-8."},
		{"https://acme.s3-website-us-east-1.amazonaws.com/k", "the host belongs to AWS, but is not a public S3 endpoint."},
		{bucketHost + "content-type=%zz", "a % in the query is not followed by two hexadecimal digits."},
		{signed + "&Content-Type=text%2Fplain", "the query has content-type more than once."},
		{signed + "&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE", "the query has both X-Amz-… (SigV4) and AWSAccessKeyId (SigV2) parameters."},
		{change("X-Amz-Date=", "X="), "the query has no X-Amz-Date."},
		{change("X-Amz-Expires=86400", "X-Amz-Expires="), "X-Amz-Expires is empty."},
		{change("X-Amz-Expires=86400", "X-Amz-Expires=604801"), "X-Amz-Expires must be a number of seconds from 0 to 604800."},
		{change("AWS4-HMAC-SHA256", "AWS3"), "X-Amz-Algorithm must be AWS4-HMAC-SHA256 or AWS4-ECDSA-P256-SHA256."},
		{change("X-Amz-Signature=", "X-Amz-Signature=x"), "X-Amz-Signature is not hexadecimal."},
		{change("X-Amz-Date=20260102T030405Z", "X-Amz-Date=2026"), "X-Amz-Date is not a time of the form 20260102T030405Z."},
		{change("content-type%3Bhost", "content-type"), "X-Amz-SignedHeaders must include host."},
		{change("content-type%3Bhost", "Host"), "X-Amz-SignedHeaders must be lower-case header names separated by semicolons."},
		{change("%2Faws4_request", ""), "X-Amz-Credential must have the form <access key ID>/<date>/<region>/s3/aws4_request."},
		{change("AKIAIOSFODNN7EXAMPLE", ""), "X-Amz-Credential does not start with an access key ID."},
		{change("%2F20260102", "%2F20260103"), "X-Amz-Credential and X-Amz-Date have different dates."},
		{change("%2Fus-east-1", "%2FEU"), "the region in X-Amz-Credential is not a valid region name."},
		{change("%2Fus-east-1", "%2Feu-west-1"), "the host is in region us-east-1, but X-Amz-Credential is for eu-west-1."},
		{change("%2Fs3%2F", "%2Fsqs%2F"), "X-Amz-Credential is for a service other than S3."},
		{bucketHost + "AWSAccessKeyId=a-b&Signature=x&Expires=1", "AWSAccessKeyId is not a valid access key ID."},
		{v2 + "Signature=x&Expires=soon", "the parameter Expires must be a time in seconds since 1970."},
		{bucketHost, "the URL is not pre-signed: its query has neither X-Amz-Signature nor AWSAccessKeyId."},
	} {
		refusals = append(refusals, refusal{
			c.url, inOutput("provider::voicebase::parse_presigned_url(\"" + c.url + "\")"), `Invalid value for "url" parameter: ` + c.want,
		})
	}
	expectRefused(t, refusals)
}

func TestAccParsePresignedURLFunction(t *testing.T) {
	t.Parallel()
	t.Run("SigV4", func(t *testing.T) {
		t.Parallel()
		expectOutput(t, output(`provider::voicebase::parse_presigned_url("`+signed+`")`), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"bucket":            knownvalue.StringExact("acme-voicebase-results"),
			"key":               knownvalue.StringExact("calls/1"),
			"region":            knownvalue.StringExact("us-east-1"),
			"signature_version": knownvalue.StringExact("SigV4"),
			"signed_at":         knownvalue.StringExact("2026-01-02T03:04:05Z"),
			"expires_at":        knownvalue.StringExact("2026-01-03T03:04:05Z"),
			"content_type":      knownvalue.StringExact("application/json"),
			"signed_headers":    knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("content-type"), knownvalue.StringExact("host")}),
			"access_key_id":     knownvalue.StringExact("AKIAIOSFODNN7EXAMPLE"),
		}))
	})
	t.Run("SigV2 at the global host", func(t *testing.T) {
		t.Parallel()
		url := strings.Replace(sigV2, ".us-east-1", "", 1)
		expectOutput(t, output(`provider::voicebase::parse_presigned_url("`+url+`")`), knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"region":            knownvalue.Null(),
			"signature_version": knownvalue.StringExact("SigV2"),
			"signed_at":         knownvalue.Null(),
			"expires_at":        knownvalue.StringExact("2026-01-03T03:04:05Z"),
			"signed_headers":    knownvalue.Null(),
		}))
	})
}

func configurationOf(list string) string {
	return "provider::voicebase::callback_configuration(" + list + ")"
}

// tuple is an output of several values, for which one run of Terraform is enough.
func tuple(expressions []string) string {
	return output("[\n" + strings.Join(expressions, ",\n") + "\n]")
}

func TestAccConfigurationFunction_documentedExamples(t *testing.T) {
	t.Parallel()
	var expressions []string
	var wanted []knownvalue.Check
	for name, list := range documented {
		want, err := golden(name)
		if err != nil {
			t.Fatal(err)
		}
		expressions = append(expressions, configurationOf("["+list+"]"))
		wanted = append(wanted, knownvalue.StringExact(want))
	}
	expectOutput(t, tuple(expressions), knownvalue.TupleExact(wanted))
}

// TestAccConfigurationFunction_types gives callbacks in the types that Terraform's expressions come in.
func TestAccConfigurationFunction_types(t *testing.T) {
	t.Parallel()
	want, err := golden("role")
	if err != nil {
		t.Fatal(err)
	}
	callback := documented["role"]
	var expressions []string
	var wanted []knownvalue.Check
	for _, list := range []string{
		"[" + callback + "]",
		"tolist([" + callback + "])",
		"toset([" + callback + "])",
		"[tomap(" + callback + ")]",
		"[merge(" + callback + ", { method = null, include = null, type = null })]",
		"[for c in [" + callback + "] : merge(c, {})]",
		"jsondecode(jsonencode([" + callback + "]))",
	} {
		expressions = append(expressions, configurationOf(list))
		wanted = append(wanted, knownvalue.StringExact(want))
	}
	expectOutput(t, tuple(expressions), knownvalue.TupleExact(wanted))
}

func TestAccConfigurationFunction_time(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   withFunctions,
		ProtoV6ProviderFactories: at(signedAt.Add(24 * time.Hour)),
		Steps: []resource.TestStep{{
			Config:      output(configurationOf(`[{ url = "` + signed + `" }]`)),
			PlanOnly:    true,
			ExpectError: words("The pre-signed URL has expired."),
		}},
	})
}

func TestAccConfigurationFunction_unknown(t *testing.T) {
	t.Parallel()
	const later = "resource \"terraform_data\" \"later\" {\n  input = \"https://example.org/callback\"\n}\n"
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   withFunctions,
		ProtoV6ProviderFactories: at(signedAt),
		Steps: []resource.TestStep{
			{
				Config:      later + output(configurationOf(`[{ url = terraform_data.later.output, type = "speech" }]`)),
				PlanOnly:    true,
				ExpectError: words("error 60007"),
			},
			{
				Config: later + output(configurationOf(`[{ url = terraform_data.later.output }]`)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectUnknownOutputValue("test"),
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownOutputValue("test", knownvalue.StringRegexp(words(`"url": "https://example.org/callback"`))),
				},
			},
		},
	})
}

// TestAccFunctions_ephemeral passes a URL that may be in no plan and no state through both functions.
func TestAccFunctions_ephemeral(t *testing.T) {
	t.Parallel()
	want, err := golden("presigned")
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Replace(documented["presigned"], `"`+presignedExample+`"`, "var.url", 1)
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_10_0)},
		ProtoV6ProviderFactories: at(signedAt),
		Steps: []resource.TestStep{{
			Config: `
variable "url" {
  type      = string
  ephemeral = true
}

provider "echo" {
  data = {
    json   = ` + configurationOf("["+list+"]") + `
    parsed = provider::voicebase::parse_presigned_url(var.url)
  }
}

resource "echo" "test" {}
`,
			ConfigVariables: config.Variables{"url": config.StringVariable(presignedExample)},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("echo.test", tfjsonpath.New("data").AtMapKey("json"), knownvalue.StringExact(want)),
				statecheck.ExpectKnownValue("echo.test", tfjsonpath.New("data").AtMapKey("parsed").AtMapKey("key"), knownvalue.StringExact("calls/2026/analytics.json")),
			},
		}},
	})
}
