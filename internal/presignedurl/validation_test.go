package presignedurl_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// kinds are the three faces, as blocks of a configuration.
var kinds = []string{"data", "ephemeral", "resource"}

// badInput is one wrong argument: what its error is about, and part of what it says.
type badInput struct {
	name, bucket, key, arguments string
	attribute, want              string
	only                         string // "resource" or "others", "" for all faces
}

var badInputs = []badInput{
	{name: "bucket", bucket: "my bucket", attribute: "bucket", want: `"my bucket"`},
	{name: "directory_bucket", bucket: "b--use1-az4--x-s3", attribute: "bucket", want: "S3 Express"},
	{name: "multi_region", bucket: "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap", attribute: "bucket", want: "Multi-Region Access Point"},
	{name: "bucket_arn", bucket: "arn:aws:s3:::acme", attribute: "bucket", want: "must be the bucket name"},
	{name: "leading_slash", key: "/a", attribute: "key", want: "starts with a slash"},
	{name: "empty_segment", key: "a//b", attribute: "key", want: "empty path segment"},
	{name: "dot", key: "a/./b", attribute: "key", want: `segment "."`},
	{name: "dot_dot", key: "../b", attribute: "key", want: `segment ".."`},
	{name: "long_key", key: strings.Repeat("k", 1025), attribute: "key", want: "1025 bytes"},
	{name: "region", arguments: `region = "aws-global"`, attribute: "region", want: "is not a region"},
	{name: "region_of_access_point", bucket: "arn:aws:s3:eu-west-1:123456789012:accesspoint/results", arguments: `region = "us-east-1"`, attribute: "region", want: "The access point is in eu-west-1"},
	{name: "expires_at_once", arguments: `expires_in = 0`, attribute: "expires_in", want: "between 1 and 604800"},
	{name: "expires_late", arguments: `expires_in = 604801`, attribute: "expires_in", want: "between 1 and 604800"},
	{name: "type", arguments: `type = "video"`, attribute: "type", want: `"analytics", "transcript", "media"`},
	{name: "format", arguments: "type = \"transcript\"\nformat = \"pdf\"", attribute: "format", want: `"json", "text", "webvtt", "srt", "dfxp"`},
	{name: "format_without_transcript", arguments: "type = \"media\"\nformat = \"srt\"", attribute: "format", want: "Format is not valid with type"},
	{name: "transcript_without_format", arguments: `type = "transcript"`, attribute: "format", want: "requires a format"},
	{name: "neither_type", arguments: "type = null", attribute: "type", want: "No attribute specified"},
	{name: "both_types", arguments: "type = \"media\"\ncontent_type = \"text/plain\"", attribute: "type", want: "2 attributes specified"},
	{name: "format_and_content_type", arguments: "type = null\nformat = \"srt\"\ncontent_type = \"text/srt\"", attribute: "format", want: "cannot be specified when"},
	{name: "content_type", arguments: "type = null\ncontent_type = \"json\"", attribute: "content_type", want: "is not a content type"},
	{name: "window_as_long_as_life", arguments: "expires_in = 3600\nsigning_window = \"1h\"", attribute: "signing_window", want: "must be less than expires_in", only: "others"},
	{name: "window_of_default_life", arguments: `signing_window = "24h"`, attribute: "signing_window", want: "must be less than expires_in", only: "others"},
	{name: "negative_window", arguments: `signing_window = "-1s"`, attribute: "signing_window", want: "not negative", only: "others"},
	{name: "window", arguments: `signing_window = "1 hour"`, attribute: "signing_window", want: "such as 90s, 30m or 1h30m", only: "others"},
	{name: "signed_at", arguments: `signed_at = "yesterday"`, attribute: "signed_at", want: "such as 2026-01-02T03:04:05Z", only: "others"},
	{name: "window_in_days", arguments: `signing_window = "8d"`, attribute: "signing_window", want: `There is no unit for days: write 192h.`, only: "others"},
	{name: "renewal_in_weeks", arguments: `renew_before = "1w"`, attribute: "renew_before", want: `"1w" is not a valid duration`, only: "resource"},
	{name: "expires_in_fraction", arguments: `expires_in = 86400.5`, attribute: "expires_in", want: "The value must be a whole number, and is 86400.5."},
	{name: "expires_in_beyond_numbers", arguments: `expires_in = 1e30`, attribute: "expires_in", want: "and is 1e+30."},
	{name: "signed_at_date", arguments: `signed_at = "2026-01-01"`, attribute: "signed_at", want: `"2026-01-01" is not a valid time: must be a date and time with an offset (RFC 3339), such as 2026-01-02T03:04:05Z.`, only: "others"},
	{name: "signed_at_fraction", arguments: `signed_at = "2026-01-02T03:04:05.5Z"`, attribute: "signed_at", want: "fraction of a second", only: "others"},
	{name: "signed_at_and_window", arguments: "signed_at = \"2026-01-02T03:04:05Z\"\nsigning_window = \"1h\"", attribute: "signing_window", want: "cannot be specified when", only: "others"},
	{name: "renewal_as_long_as_life", arguments: "expires_in = 3600\nrenew_before = \"1h\"", attribute: "renew_before", want: "less than expires_in, which is", only: "resource"},
	{name: "negative_renewal", arguments: `renew_before = "-1s"`, attribute: "renew_before", want: "at least 0s", only: "resource"},
	{name: "credentials_lifetime", arguments: `credentials_lifetime = "0s"`, attribute: "credentials_lifetime", want: "less than a second", only: "resource"},
}

// block writes the bad input as one face, all other arguments valid.
func (b badInput) block(kind string) string {
	bucket, key, arguments := b.bucket, b.key, b.arguments
	if bucket == "" {
		bucket = "acme-voicebase-results"
	}
	if key == "" {
		key = "calls/1.json"
	}
	if !regexp.MustCompile(`(?m)^type\b`).MatchString(arguments) {
		arguments += "\ntype = \"analytics\""
	}
	return fmt.Sprintf("%s \"voicebase_presigned_callback_url\" %q {\n  bucket = %q\n  key = %q\n%s\n}\n", kind, b.name, bucket, key, arguments)
}

func (b badInput) applies(kind string) bool {
	return b.only == "" || (b.only == "resource") == (kind == "resource")
}

// TestAccURL_badInput validates all bad inputs at once: each must have exactly one error, on its attribute.
func TestAccURL_badInput(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t)
	for _, kind := range kinds {
		var configuration strings.Builder
		for _, input := range badInputs {
			if input.applies(kind) {
				configuration.WriteString(input.block(kind))
			}
		}
		found := validate(t, configuration.String())
		for _, input := range badInputs {
			if input.applies(kind) {
				assertOneError(t, kind, input, found[input.name])
			}
		}
	}
}

func assertOneError(t *testing.T, kind string, input badInput, errors []diagnostic) {
	t.Helper()
	if len(errors) != 1 {
		t.Errorf("%s %s: %d errors, want one: %v", kind, input.name, len(errors), errors)
		return
	}
	text := strings.Join(strings.Fields(errors[0].Summary+" "+errors[0].Detail), " ")
	if !strings.Contains(text, input.want) {
		t.Errorf("%s %s: got %q, want %q", kind, input.name, text, input.want)
	}
	// A missing argument has no line of its own; the CLI then shows the block.
	code := strings.TrimSpace(errors[0].Snippet.Code)
	if !strings.HasPrefix(code, input.attribute+" ") && !strings.Contains(code, "voicebase_presigned_callback_url") {
		t.Errorf("%s %s: the error is on %q, want %s", kind, input.name, code, input.attribute)
	}
}

type diagnostic struct {
	Severity string `json:"severity"`
	Summary  string `json:"summary"`
	Detail   string `json:"detail"`
	Snippet  struct {
		Context string `json:"context"`
		Code    string `json:"code"`
	} `json:"snippet"`
}

var blockName = regexp.MustCompile(`"([a-z_]+)"$`)

// validate returns the errors of terraform validate by the name of their block.
func validate(t *testing.T, configuration string) map[string][]diagnostic {
	t.Helper()
	out, _ := acctest.NewCLI(t, configuration).Command(t, "validate", "-json").Output()
	var report struct {
		Diagnostics []diagnostic `json:"diagnostics"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found := map[string][]diagnostic{}
	for _, d := range report.Diagnostics {
		if d.Severity != "error" {
			continue
		}
		name := blockName.FindStringSubmatch(d.Snippet.Context)
		if name == nil {
			t.Errorf("an error outside of any block: %s: %s", d.Summary, d.Detail)
			continue
		}
		found[name[1]] = append(found[name[1]], d)
	}
	return found
}

// TestAccURL_badInputAtPlan shows that the same errors stop a plan.
func TestAccURL_badInputAtPlan(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	for _, kind := range kinds {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.ProviderFactories(),
			Steps: []resource.TestStep{{
				Config:      a.Provider() + badInput{name: "test", arguments: `type = "transcript"`}.block(kind),
				PlanOnly:    true,
				ExpectError: regexp.MustCompile(`requires a format`),
			}},
		})
	}
}

// TestAccURL_unknown gives each argument a value that only the apply knows.
func TestAccURL_unknown(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	unknown := func(values string) string {
		return "resource \"terraform_data\" \"later\" {\n  input = {\n" + values + "\n  }\n}\n"
	}
	arguments := func(names ...string) string {
		var lines []string
		for _, name := range append([]string{"bucket", "key"}, names...) {
			lines = append(lines, fmt.Sprintf("  %[1]s = terraform_data.later.output.%[1]s", name))
		}
		return strings.Join(lines, "\n")
	}
	target := "bucket = \"acme-voicebase-results\"\nkey = \"calls/1.vtt\"\nregion = \"eu-west-1\"\nexpires_in = 3600\ncontent_type_query = false\n"
	shared := []string{"region", "expires_in", "content_type_query"}
	for name, test := range map[string]struct{ values, others, resource string }{
		"type and format": {
			"type = \"transcript\"\nformat = \"webvtt\"\nsigning_window = \"5m\"\nrenew_before = \"10m\"\ncredentials_lifetime = \"2h\"",
			arguments(append(shared, "type", "format", "signing_window")...), arguments(append(shared, "type", "format", "renew_before", "credentials_lifetime")...),
		},
		"content type": {
			"content_type = \"text/csv\"\nsigned_at = \"2026-01-02T03:04:05Z\"",
			arguments(append(shared, "content_type", "signed_at")...), arguments(append(shared, "content_type")...),
		},
	} {
		t.Run(name, func(t *testing.T) {
			later := unknown(target + test.values)
			for _, kind := range kinds {
				body := test.others
				if kind == "resource" {
					body = test.resource
				}
				configuration := a.Provider() + later + kind + " \"voicebase_presigned_callback_url\" \"test\" {\n" + body + "\n}\n"
				resource.Test(t, resource.TestCase{
					ProtoV6ProviderFactories: acctest.ProviderFactories(),
					Steps: []resource.TestStep{
						{Config: configuration, PlanOnly: true, ExpectNonEmptyPlan: true},
						{Config: configuration},
					},
				})
			}
		})
	}
}
