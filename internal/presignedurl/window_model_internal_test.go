package presignedurl

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// clientsAt signs with made-up keys, in no environment but the settings', at a fixed time.
func clientsAt(t *testing.T, settings awsclient.Settings, now time.Time) *awsclient.Clients {
	t.Helper()
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_CONFIG_FILE", t.TempDir()+"/none")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/none")
	settings.AccessKey, settings.SecretKey = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	return awsclient.NewClients(settings, func() time.Time { return now })
}

// asked is a configuration of the data source, as the framework decodes it.
func asked(change func(*windowModel)) windowModel {
	model := windowModel{urlModel: urlModel{
		Bucket: types.StringValue("acme-voicebase-results"), Key: types.StringValue("calls/1.json"), Type: types.StringValue("analytics"),
	}}
	change(&model)
	return model
}

func TestReadWindow(t *testing.T) {
	hour := time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		change    func(*windowModel)
		first     time.Time     // the first second of a window
		window    time.Duration // how long the URL stays the same
		expiresIn time.Duration
	}{
		"default":               {func(*windowModel) {}, hour, time.Hour, 24 * time.Hour},
		"quarter of expires_in": {func(m *windowModel) { m.ExpiresIn = types.Int64Value(1200) }, hour, 5 * time.Minute, 20 * time.Minute},
		"given":                 {func(m *windowModel) { m.SigningWindow = framework.DurationValue(30 * time.Minute) }, hour, 30 * time.Minute, 24 * time.Hour},
		"none":                  {func(m *windowModel) { m.SigningWindow = framework.DurationValue(0) }, hour, time.Second, 24 * time.Hour},
		"one second": {func(m *windowModel) {
			m.ExpiresIn, m.SigningWindow = types.Int64Value(2), framework.DurationValue(time.Second)
		}, hour, time.Second, 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			read := func(at time.Time) windowModel {
				model := asked(test.change)
				if diags := model.read(t.Context(), clientsAt(t, awsclient.Settings{Region: "us-east-1"}, at)); diags.HasError() {
					t.Fatal(diags)
				}
				return model
			}
			first, last := read(test.first), read(test.first.Add(test.window-time.Nanosecond))
			if first.URL != last.URL {
				t.Error("the URL changed within the window")
			}
			for _, other := range []time.Time{test.first.Add(-time.Nanosecond), test.first.Add(test.window)} {
				if read(other).URL == first.URL {
					t.Errorf("the URL is still the same at %s", other)
				}
			}
			if want := written(test.first); first.SignedAt.ValueString() != want {
				t.Errorf("signed at %s, want %s", first.SignedAt, want)
			}
			if want := written(test.first.Add(test.expiresIn)); first.ExpiresAt.ValueString() != want || first.EffectiveExpiresAt.ValueString() != want {
				t.Errorf("ends at %s, effectively at %s, want %s", first.ExpiresAt, first.EffectiveExpiresAt, want)
			}
		})
	}
}

func TestReadSignedAt(t *testing.T) {
	const own = "2026-01-02T05:04:05+02:00"
	model := asked(func(m *windowModel) { m.SignedAt = framework.Time{RFC3339: timetypes.NewRFC3339ValueMust(own)} })
	diags := model.read(t.Context(), clientsAt(t, awsclient.Settings{Region: "us-east-1"}, testNow.AddDate(0, 0, 2)))
	if model.SignedAt.ValueString() != own || !strings.Contains(model.URL.ValueString(), "X-Amz-Date=20260102T030405Z") {
		t.Errorf("signed at %s", model.SignedAt)
	}
	if got := summaries(diags); len(got) != 1 || got[0] != expired {
		t.Errorf("got %q", got)
	}
}

func TestReadContentTypes(t *testing.T) {
	clients := clientsAt(t, awsclient.Settings{Region: "us-east-1"}, testNow)
	assert := func(t *testing.T, model windowModel, want string) {
		t.Helper()
		if diags := model.read(t.Context(), clients); diags.HasError() {
			t.Fatal(diags)
		}
		header, ok := model.Headers.Elements()["Content-Type"].(types.String)
		if model.ContentType.ValueString() != want || !ok || header.ValueString() != want || model.Method.ValueString() != "PUT" {
			t.Errorf("got %s, headers %s, method %s; want %s", model.ContentType, model.Headers, model.Method, want)
		}
	}
	for _, resultType := range []voicebase.ResultType{voicebase.Analytics, voicebase.Media} {
		want, _ := voicebase.ContentType(resultType, "")
		assert(t, asked(func(m *windowModel) { m.Type = types.StringValue(string(resultType)) }), want)
	}
	for _, format := range voicebase.Formats() {
		want, _ := voicebase.ContentType(voicebase.Transcript, format)
		assert(t, asked(func(m *windowModel) {
			m.Type, m.Format = types.StringValue("transcript"), types.StringValue(string(format))
		}), want)
	}
	assert(t, asked(func(m *windowModel) { m.Type, m.ContentType = types.StringNull(), types.StringValue("text/csv") }), "text/csv")
}

func TestReadContentTypeQuery(t *testing.T) {
	clients := clientsAt(t, awsclient.Settings{Region: "us-east-1"}, testNow)
	for value, want := range map[types.Bool]bool{types.BoolNull(): true, types.BoolValue(true): true, types.BoolValue(false): false} {
		model := asked(func(m *windowModel) { m.ContentTypeQuery = value })
		if diags := model.read(t.Context(), clients); diags.HasError() {
			t.Fatal(diags)
		}
		if got := strings.Contains(model.URL.ValueString(), "content-type=application%2Fjson"); got != want {
			t.Errorf("content_type_query %s: parameter there: %t", value, got)
		}
	}
}

func TestReadRegion(t *testing.T) {
	arn := types.StringValue("arn:aws:s3:us-west-2:123456789012:accesspoint/results")
	for name, test := range map[string]struct {
		provider, want string
		change         func(*windowModel)
	}{
		"own":                 {"us-east-1", "eu-west-1", func(m *windowModel) { m.Region = types.StringValue("eu-west-1") }},
		"the access point's":  {"us-east-1", "us-west-2", func(m *windowModel) { m.Bucket = arn }},
		"the provider's":      {"us-east-1", "us-east-1", func(*windowModel) {}},
		"none of them":        {"", "", func(*windowModel) {}},
		"own without another": {"", "eu-west-1", func(m *windowModel) { m.Region = types.StringValue("eu-west-1") }},
	} {
		t.Run(name, func(t *testing.T) {
			model := asked(test.change)
			diags := model.read(t.Context(), clientsAt(t, awsclient.Settings{Region: test.provider}, testNow))
			if diags.HasError() != (test.want == "") {
				t.Fatal(diags)
			}
			if test.want != "" && (model.Region.ValueString() != test.want || !strings.Contains(model.URL.ValueString(), "."+test.want+".amazonaws.com/")) {
				t.Errorf("signed for %s, want %s", model.Region, test.want)
			}
		})
	}
}

func TestReadUnknownEnd(t *testing.T) {
	model := asked(func(*windowModel) {})
	diags := model.read(t.Context(), clientsAt(t, awsclient.Settings{Region: "us-east-1", Token: "session-token"}, testNow))
	if got := summaries(diags); len(got) != 1 || got[0] != unknownEnd || diags.HasError() {
		t.Errorf("got %q", got)
	}
	if !model.CredentialsExpireAt.IsNull() || !model.EffectiveExpiresAt.Equal(model.ExpiresAt) {
		t.Errorf("credentials' end %s, effective end %s", model.CredentialsExpireAt, model.EffectiveExpiresAt)
	}
}

// TestReadRefuses compares errors whole.
func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		change  func(*windowModel)
		summary string
		detail  string
	}{
		"no format": {
			func(m *windowModel) { m.Type = types.StringValue("transcript") }, "Unable to sign callback URL",
			"Type \"transcript\" requires a format: one of \"json\", \"text\", \"webvtt\", \"srt\", \"dfxp\".\n\nName: s3://acme-voicebase-results/calls/1.json",
		},
		"key": {
			func(m *windowModel) { m.Key = types.StringValue("/a") }, "Unable to sign callback URL",
			"The key \"/a\" starts with a slash.\n\nName: s3://acme-voicebase-results//a",
		},
		"region": {
			func(m *windowModel) { m.Region = types.StringValue("eu-west-99") }, "region: Invalid region",
			"\"eu-west-99\" is not an AWS region. A region newer than this provider, or of another implementation of the AWS APIs, " +
				"needs skip_region_validation = true in the provider block.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			model := asked(test.change)
			diags := model.read(t.Context(), clientsAt(t, awsclient.Settings{Region: "us-east-1"}, testNow))
			if got := summaries(diags); len(got) != 1 || got[0] != test.summary || !diags.HasError() || diags[0].Detail() != test.detail {
				t.Errorf("got %v", diags)
			}
			if !model.URL.IsNull() {
				t.Error("a URL beside an error")
			}
		})
	}
}
