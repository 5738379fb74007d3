package voicebase_test

import (
	"reflect"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

func TestContentType(t *testing.T) {
	cases := []struct {
		resultType voicebase.ResultType
		format     voicebase.Format
		want       string
	}{
		{voicebase.Analytics, "", "application/json"},
		{voicebase.Transcript, voicebase.JSON, "application/json"},
		{voicebase.Transcript, voicebase.Text, "text/plain"},
		{voicebase.Transcript, voicebase.SRT, "text/srt"},
		{voicebase.Transcript, voicebase.DFXP, "application/ttaf+xml"},
		{voicebase.Transcript, voicebase.WebVTT, "text/vtt"},
		{voicebase.Media, "", "application/octet-stream"},
	}
	for _, c := range cases {
		if got, err := voicebase.ContentType(c.resultType, c.format); err != nil || got != c.want {
			t.Errorf("%s %s: %q, %v, want %q", c.resultType, c.format, got, err, c.want)
		}
	}
	if len(voicebase.Formats()) != 5 {
		t.Error("a format is not in the table above")
	}
}

func TestContentTypeErrors(t *testing.T) {
	cases := []struct {
		resultType voicebase.ResultType
		format     voicebase.Format
		want       string
	}{
		{"speech", "", `invalid type "speech": must be one of "analytics", "transcript", "media"`},
		{voicebase.Transcript, "", `type "transcript" requires a format: one of "json", "text", "webvtt", "srt", "dfxp"`},
		{voicebase.Transcript, "pdf", `invalid format "pdf" for type "transcript": must be one of "json", "text", "webvtt", "srt", "dfxp"`},
		{voicebase.Media, voicebase.SRT, `format is not valid with type "media", only with type "transcript"`},
	}
	for _, c := range cases {
		if got, err := voicebase.ContentType(c.resultType, c.format); err == nil || err.Error() != c.want {
			t.Errorf("%s %s: %q, %v", c.resultType, c.format, got, err)
		}
	}
}

func TestParseAttribute(t *testing.T) {
	for name, want := range map[string]string{
		"s3Delivery":    `unsupported attribute "s3Delivery": did you mean "s3_delivery"?`,
		"prependFolder": `unsupported attribute "prependFolder": did you mean "prepend_folder"?`,
		"S3-DELIVERY":   `unsupported attribute "S3-DELIVERY": did you mean "s3_delivery"?`,
		"Include":       `unsupported attribute "Include": did you mean "include"?`,
		"uri": `unsupported attribute "uri": must be one of "url", "method", "type", "format", "stream", "include", "s3_delivery", ` +
			`"role", "prepend_folder"`,
	} {
		if _, err := voicebase.ParseAttribute(name); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
	for _, attribute := range voicebase.Attributes() {
		if got, err := voicebase.ParseAttribute(string(attribute)); err != nil || got != attribute {
			t.Errorf("%s: got %q, %v", attribute, got, err)
		}
	}
}

func TestParsersTakeTheirLists(t *testing.T) {
	check(t, voicebase.ResultTypes(), voicebase.ParseResultType)
	check(t, voicebase.Formats(), voicebase.ParseFormat)
	check(t, voicebase.Streams(), voicebase.ParseStream)
	check(t, voicebase.Methods(), voicebase.ParseMethod)
	check(t, voicebase.Sections(), voicebase.ParseSection)
	if got := len(voicebase.Sections()); got != 11 {
		t.Errorf("%d sections, VoiceBase has 11", got)
	}
}

func check[T ~string](t *testing.T, all []T, parse func(string) (T, error)) {
	t.Helper()
	for _, value := range all {
		if got, err := parse(string(value)); err != nil || got != value {
			t.Errorf("%q: %q, %v", value, got, err)
		}
	}
	for _, other := range []string{"", "Analytics", "post", " json", "x"} {
		if _, err := parse(other); err == nil {
			t.Errorf("%q is taken", other)
		}
	}
}

func TestResolved(t *testing.T) {
	url, presigned, transcript, yes := "https://example.org/c", acceptedURL(t), "transcript", true
	plain := voicebase.Callback{URL: &url}.Resolved()
	if *plain.Method != "POST" || *plain.Type != "analytics" || len(plain.Include) != 11 || *plain.S3Delivery {
		t.Errorf("got %+v", plain)
	}
	post := "POST"
	given := voicebase.Callback{URL: &presigned, Method: &post, Include: []string{"metadata"}}.Resolved()
	if *given.Method != "POST" || len(given.Include) != 1 {
		t.Errorf("what is given does not stay: %+v", given)
	}
	if got := (voicebase.Callback{}).Resolved(); got.URL != nil || *got.Method != "POST" {
		t.Errorf("without a URL: %+v", got)
	}
	if got := (voicebase.Callback{URL: &presigned}).Resolved(); *got.Method != "PUT" {
		t.Errorf("a pre-signed URL gets %s", *got.Method)
	}
	if got := (voicebase.Callback{URL: &presigned, S3Delivery: &yes}).Resolved(); *got.Method != "POST" || !*got.S3Delivery {
		t.Errorf("got %+v", got)
	}
	if got := (voicebase.Callback{URL: &url, Type: &transcript}).Resolved(); got.Include != nil || *got.Type != "transcript" {
		t.Errorf("got %+v", got)
	}
}

func TestLastRetry(t *testing.T) {
	if voicebase.LastRetry.Seconds() != 56_700 {
		t.Errorf("the last retry is after %v", voicebase.LastRetry)
	}
}

// The addresses are those on VoiceBase's page: a firewall that has others refuses deliveries.
func TestEgressAddresses(t *testing.T) {
	want := [][]string{{"52.6.244.43", "52.6.208.178", "52.2.171.140"}, {"34.248.80.158", "52.210.18.246", "54.72.141.175"}}
	if got := voicebase.EgressAddresses(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}
