package voicebase_test

import (
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
		{"speech", "", `"speech" is not a type: it must be one of "analytics", "transcript", "media"`},
		{voicebase.Transcript, "", `type "transcript" needs a format, one of "json", "text", "webvtt", "srt", "dfxp"`},
		{voicebase.Transcript, "pdf", `type "transcript" has no format "pdf": it must be one of "json", "text", "webvtt", "srt", "dfxp"`},
		{voicebase.Media, voicebase.SRT, `type "media" takes no format, only "transcript" does`},
	}
	for _, c := range cases {
		if got, err := voicebase.ContentType(c.resultType, c.format); err == nil || err.Error() != c.want {
			t.Errorf("%s %s: %q, %v", c.resultType, c.format, got, err)
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
