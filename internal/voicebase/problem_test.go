package voicebase_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

func TestProblemLines(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		problem voicebase.Problem
		want    string
	}{
		{voicebase.Problem{Place: "callbacks[0]", Attribute: "url", Reason: "Why.", Given: "one", Allowed: "two"}, "callbacks[0].url: Why.\n\nGiven: one\nAllowed: two"},
		{voicebase.Problem{Place: "callbacks[0]", Attribute: "url", Reason: "Why.", Given: "one"}, "callbacks[0].url: Why.\n\nGiven: one"},
		{voicebase.Problem{Place: "callbacks", Reason: "Why.", Allowed: "two"}, "callbacks: Why.\n\nAllowed: two"},
		{voicebase.Problem{Place: "callbacks", Reason: "Why."}, "callbacks: Why."},
	} {
		if got := test.problem.Text(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestParseNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		parse func(string) (string, error)
		want  string
	}{
		{plain(voicebase.ParseResultType), `invalid type "x": must be one of "analytics", "transcript", "media"`},
		{plain(voicebase.ParseFormat), `invalid format "x": must be one of "json", "text", "webvtt", "srt", "dfxp"`},
		{plain(voicebase.ParseStream), `invalid stream "x": must be one of "original", "redacted-audio"`},
		{plain(voicebase.ParseMethod), `invalid method "x": must be one of "POST", "PUT"`},
		{plain(voicebase.ParseSection), `invalid section "x": must be one of "metadata", "transcript", "knowledge", "prediction", "spotting", ` +
			`"streams", "metrics", "speakerSentiments", "conversation", "categories", "messages"`},
	} {
		if got, err := test.parse("x"); err == nil || err.Error() != test.want || got != "" {
			t.Errorf("got %q, %v, want %s", got, err, test.want)
		}
	}
}

func plain[T ~string](parse func(string) (T, error)) func(string) (string, error) {
	return func(name string) (string, error) {
		value, err := parse(name)
		return string(value), err
	}
}
