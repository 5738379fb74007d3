package callback_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const address = "data.voicebase_callback_configuration.test"

// signedAt is when the URLs of the examples were signed, for a day.
var signedAt = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func at(now time.Time) acctest.Factories {
	return acctest.ProviderFactoriesAt(func() time.Time { return now })
}

func dataSource(body string) string {
	return fmt.Sprintf("data \"voicebase_callback_configuration\" \"test\" {\n%s\n}\n", body)
}

func callbacks(list string) string { return dataSource("callbacks = [" + list + "]") }

// words matches a text however Terraform breaks its lines.
func words(text string) *regexp.Regexp {
	fields := strings.Fields(text)
	for i, field := range fields {
		fields[i] = regexp.QuoteMeta(field)
	}
	return regexp.MustCompile(strings.Join(fields, `\s+`))
}

const (
	bucketHost = "https://acme-voicebase-results.s3.us-east-1.amazonaws.com/calls/1?"
	scope      = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Fus-east-1%2Fs3%2Faws4_request" +
		"&X-Amz-Date=20260102T030405Z&X-Amz-Expires=86400"
	signature = "&X-Amz-Signature=b926f5f47f58a420b6eecf1dabd724c36697fb86a9ae1a54bf51690d351ceb1c"
	hostOnly  = bucketHost + scope + "&X-Amz-SignedHeaders=host" + signature
	signed    = bucketHost + "content-type=application%2Fjson&" + scope + "&X-Amz-SignedHeaders=content-type%3Bhost" + signature
	sigV2     = bucketHost + "content-type=application%2Fjson&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1767409445&Signature=UwcWOfLWLpvtj1LibHd0Na5Fw%2FM%3D"
	baseURL   = "https://s3.us-east-1.amazonaws.com/acme-voicebase-results"
	role      = "arn:aws:iam::111122223333:role/s3-delivery-role"
)

func TestAccConfigurationDataSource_documentedExamples(t *testing.T) {
	t.Parallel()
	for name, list := range documented {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: at(signedAt),
				Steps: []resource.TestStep{{
					Config: callbacks(list),
					Check:  resource.TestCheckResourceAttrWith(address, "json", equalsFile(name)),
				}},
			})
		})
	}
}

// documented are the examples of VoiceBase's pages, as they are written in HCL, by their files.
var documented = map[string]string{
	"five_callbacks": `
		{ url = "https://example.org/callback" },
		{
			url     = "https://example.org/callback"
			method  = "POST"
			include = ["knowledge", "metadata", "prediction", "spotting", "streams", "transcript", "metrics", "speakerSentiments", "conversation", "categories", "messages"]
		},
		{ url = "https://example.org/callback/vtt", method = "PUT", type = "transcript", format = "webvtt" },
		{ url = "https://example.org/callback/srt", method = "PUT", type = "transcript", format = "srt" },
		{ url = "https://example.org/callback/media", method = "PUT", type = "media", stream = "original" },`,
	"presigned": `{
		url     = "` + presignedExample + `"
		method  = "PUT"
		type    = "analytics"
		include = ["transcript", "knowledge", "metadata", "prediction", "streams"]
	}`,
	"presigned_with_role": `{
		url            = "` + presignedExample + `"
		method         = "PUT"
		type           = "analytics"
		role           = "` + role + `"
		prepend_folder = "my_files"
		include        = ["transcript", "knowledge", "metadata", "prediction", "streams"]
	}`,
	"role": `{
		url            = "https://s3-us-east-1.amazonaws.com/your-bucket-name"
		s3_delivery    = true
		role           = "` + role + `"
		prepend_folder = "voicebase-output"
	}`,
}

const presignedExample = "https://acme-voicebase-results.s3.us-east-1.amazonaws.com/calls/2026/analytics.json" +
	"?content-type=application%2Fjson&X-Amz-Algorithm=AWS4-HMAC-SHA256" +
	"&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=86400" +
	"&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=b926f5f47f58a420b6eecf1dabd724c36697fb86a9ae1a54bf51690d351ceb1c"

func golden(name string) (string, error) {
	text, err := os.ReadFile(filepath.Join("..", "voicebase", "testdata", "accepted", name+".json"))
	return strings.TrimSpace(string(text)), err
}

func equalsFile(name string) func(string) error {
	return func(got string) error {
		want, err := golden(name)
		if err == nil && got != want {
			err = fmt.Errorf("got\n%s\nwant\n%s", got, want)
		}
		return err
	}
}

func TestAccConfigurationDataSource_echoesDefaults(t *testing.T) {
	t.Parallel()
	first := tfjsonpath.New("callbacks").AtSliceIndex(0)
	second := tfjsonpath.New("callbacks").AtSliceIndex(1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: at(signedAt),
		Steps: []resource.TestStep{{
			Config: callbacks(`{ url = "` + signed + `" }, { url = "https://example.org/vtt", type = "transcript", format = "webvtt" }`),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, first.AtMapKey("method"), knownvalue.StringExact("PUT")),
				statecheck.ExpectKnownValue(address, first.AtMapKey("type"), knownvalue.StringExact("analytics")),
				statecheck.ExpectKnownValue(address, first.AtMapKey("include"), knownvalue.ListSizeExact(11)),
				statecheck.ExpectKnownValue(address, first.AtMapKey("s3_delivery"), knownvalue.Bool(false)),
				statecheck.ExpectKnownValue(address, first.AtMapKey("role"), knownvalue.Null()),
				statecheck.ExpectKnownValue(address, second.AtMapKey("method"), knownvalue.StringExact("POST")),
				statecheck.ExpectKnownValue(address, second.AtMapKey("include"), knownvalue.Null()),
				statecheck.ExpectSensitiveValue(address, tfjsonpath.New("json")),
				statecheck.ExpectSensitiveValue(address, first.AtMapKey("url")),
			},
		}},
	})
}

func TestAccConfigurationDataSource_baseConfiguration(t *testing.T) {
	t.Parallel()
	const base = `base_configuration = jsonencode({
		transcript = { formatting = { enableNumberFormatting = false } }
		publish    = { callbacks = [{ url = "https://example.org/first", headers = { a = 1 } }] }
	})`
	const want = `{"publish":{"callbacks":[{"headers":{"a":1},"url":"https://example.org/first"},` +
		`{"url":"https://example.org/second","type":"transcript","format":"srt"}]},"transcript":{"formatting":{"enableNumberFormatting":false}}}`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: at(signedAt),
		Steps: []resource.TestStep{{
			Config: dataSource(base + "\ncallbacks = [{ url = \"https://example.org/second\", type = \"transcript\", format = \"srt\" }]"),
			Check: resource.TestCheckResourceAttrWith(address, "json", func(got string) error {
				if compact := strings.Join(strings.Fields(got), ""); strings.ReplaceAll(compact, `":`, `":`) != want {
					return fmt.Errorf("got %s\nwant %s", compact, want)
				}
				return nil
			}),
		}},
	})
}

// TestAccConfigurationDataSource_unknown has values that come only with the apply: the plan waits for them,
// and says what is wrong with the rest.
func TestAccConfigurationDataSource_unknown(t *testing.T) {
	t.Parallel()
	const later = "resource \"terraform_data\" \"later\" {\n  input = \"https://example.org/callback\"\n}\n"
	const unknownList = "resource \"terraform_data\" \"later\" {\n  input = [{ url = \"https://example.org/callback\" }]\n}\n"
	deferred := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectUnknownValue(address, tfjsonpath.New("json")),
	}}
	cases := map[string]string{
		"url":                later + callbacks(`{ url = terraform_data.later.output }`),
		"url and type":       later + callbacks(`{ url = terraform_data.later.output, type = terraform_data.later.id == "" ? "media" : "analytics" }`),
		"include":            later + callbacks(`{ url = "https://example.org/a", include = [terraform_data.later.id == "" ? "streams" : "metadata"] }`),
		"role and delivery":  later + callbacks(`{ url = "`+baseURL+`", s3_delivery = terraform_data.later.id != "", role = terraform_data.later.id == "" ? "x" : "`+role+`" }`),
		"base configuration": later + dataSource(`callbacks = [{ url = "https://example.org/a" }]`+"\n"+`base_configuration = jsonencode({ a = terraform_data.later.id })`),
		"the whole list":     unknownList + dataSource(`callbacks = terraform_data.later.output`),
	}
	for name, config := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: at(signedAt),
				Steps: []resource.TestStep{{
					Config:           config,
					ConfigPlanChecks: deferred,
					Check:            resource.TestMatchResourceAttr(address, "json", regexp.MustCompile(`"publish"`)),
				}},
			})
		})
	}
	t.Run("a known fault beside it", func(t *testing.T) {
		t.Parallel()
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: at(signedAt),
			Steps: []resource.TestStep{{
				Config:      later + callbacks(`{ url = terraform_data.later.output, type = "speech" }`),
				PlanOnly:    true,
				ExpectError: words("VoiceBase rejects this callback (error 60007)"),
			}},
		})
	})
	t.Run("a fault once it is known", func(t *testing.T) {
		t.Parallel()
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: at(signedAt),
			Steps: []resource.TestStep{{
				Config:      later + callbacks(`{ url = "https://example.org/a", type = terraform_data.later.output }`),
				ExpectError: words("VoiceBase rejects this callback (error 60007)"),
			}},
		})
	})
}

// TestAccConfigurationDataSource_time tries the clock of the provider at the end of a URL.
func TestAccConfigurationDataSource_time(t *testing.T) {
	t.Parallel()
	end := signedAt.Add(24 * time.Hour)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: at(end.Add(-time.Second)),
		Steps: []resource.TestStep{{
			Config: callbacks(`{ url = "` + signed + `" }`),
			Check:  resource.TestCheckResourceAttrSet(address, "json"),
		}},
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: at(end),
		Steps: []resource.TestStep{{
			Config:      callbacks(`{ url = "` + signed + `" }`),
			ExpectError: words("callbacks[0].url: The pre-signed URL has expired. Given: expired at 2026-01-03T03:04:05Z Allowed: an expiry after 2026-01-03T03:04:05Z"),
		}},
	})
}

// TestAccConfigurationDataSource_stable plans the same again.
func TestAccConfigurationDataSource_stable(t *testing.T) {
	t.Parallel()
	config := callbacks(`{ url = "https://example.org/a" }`) + "resource \"terraform_data\" \"json\" {\n  input = " + address + ".json\n}\n"
	var first string
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: at(signedAt),
		Steps: []resource.TestStep{
			{Config: config, Check: func(s *terraform.State) error {
				first = s.RootModule().Resources[address].Primary.Attributes["json"]
				return nil
			}},
			{Config: config, PlanOnly: true},
			{Config: config, Check: resource.TestCheckResourceAttrWith(address, "json", func(again string) error {
				if again != first {
					return fmt.Errorf("first\n%s\nthen\n%s", first, again)
				}
				return nil
			})},
		},
	})
}

// TestAccConfigurationDataSource_unsupported shows what the page on troubleshooting says: the CLI drops an attribute that
// the data source doesn't have, before the provider could report it.
func TestAccConfigurationDataSource_unsupported(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: at(signedAt),
		Steps: []resource.TestStep{{
			Config: callbacks(`{ url = "https://example.org/callback", includes = ["metadata"], s3Delivery = true }`),
			Check: resource.TestCheckResourceAttrWith(address, "json", func(json string) error {
				if strings.Contains(json, "include") || strings.Contains(json, "s3Delivery") {
					return fmt.Errorf("the provider received an unsupported attribute: report it, and change the page: %s", json)
				}
				return nil
			}),
		}},
	})
}
