package voicebase_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// TestEdges has callbacks just on one side of a rule, with what is given, or nothing where the rule is silent.
func TestEdges(t *testing.T) {
	good := "content-type=application%2Fjson&" + v4
	ireland := "content-type=application%2Fjson&" + v4For("eu-west-1", "content-type%3Bhost")
	unsigned := v4For("us-east-1", "host")
	const none, another = "something that is not a content type", "another operation"
	for url, want := range map[string]string{
		"https://acme-s3-accelerate.s3.amazonaws.com/1.json?" + ireland:                                                     "the global host, for a bucket in eu-west-1",
		"https://ap-123456789012.op-01ac5d28a6a232904.s3-outposts.us-east-1.amazonaws.com/1.json?" + good:                   "",
		"https://storage.example.com/calls.acme/1.json?" + good:                                                             "",
		host + good + "&x-amz-checksummed=1":                                                                                "",
		host + good + "&x-id=0123456789abcdef":                                                                              "x-id=" + another,
		host + good + "&x-id=" + strings.Repeat("x", 48):                                                                    `x-id="` + strings.Repeat("x", 48) + `"`,
		host + good + "&x-id=" + strings.Repeat("x", 49):                                                                    "x-id=" + another,
		host + good + "&x-id=a%20" + secret:                                                                                 "x-id=" + another,
		host + good + "&x-id=" + secret[:20] + "%20a":                                                                       "x-id=" + another,
		host + unsigned + "&content-type=" + secret + "/json":                                                               none,
		host + unsigned + "&content-type=application/" + secret:                                                             none,
		host + unsigned + "&content-type=application/json;" + secret + "=1":                                                 none,
		host + unsigned + "&content-type=application/json;a=" + secret:                                                      none,
		host + unsigned + "&content-type=" + secret + "%2C%20text/plain":                                                    none,
		host + unsigned + "&content-type=text/plain%2C%20" + secret:                                                         none,
		host + unsigned + "&content-type=" + strings.Repeat("a", 40) + "/" + strings.Repeat("b", 40):                        `"` + strings.Repeat("a", 40) + "/" + strings.Repeat("b", 40) + `"`,
		host + unsigned + "&content-type=a/b;" + strings.Repeat("c", 20) + "=" + strings.Repeat("d", 40) + ";e=f;g=%22h%22": `"a/b;` + strings.Repeat("c", 20) + "=" + strings.Repeat("d", 40) + `;e=f;g=\"h\""`,
		host + unsigned + "&content-type=a/b;c=d;e=f;g=h;i=j":                                                               none,
	} {
		var got []string
		for _, problem := range voicebase.Validate(drafts(voicebase.Callback{URL: &url}), signedAt) {
			got = append(got, problem.Given)
			if strings.Contains(problem.Text(), secret[:20]) {
				t.Errorf("%s: the text quotes the URL: %s", url, problem.Text())
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %q, want %q", url, got, want)
		}
	}
}

// TestTimesAreUTC reads the texts by a clock that is elsewhere on Earth.
func TestTimesAreUTC(t *testing.T) {
	url := typed("application/json")
	for after, want := range map[time.Duration][2]string{
		-time.Hour:     {"a start at 2026-01-02T03:04:05Z", "a start at 2026-01-02T02:04:05Z or earlier"},
		23 * time.Hour: {"an expiry at 2026-01-03T03:04:05Z", "an expiry at 2026-01-03T17:49:05Z or later, plus the processing time"},
		25 * time.Hour: {"expired at 2026-01-03T03:04:05Z", "an expiry after 2026-01-03T04:04:05Z"},
	} {
		problems := voicebase.Validate(drafts(voicebase.Callback{URL: &url}), signedAt.Add(after).In(time.FixedZone("", 5*3600)))
		if len(problems) != 1 || [2]string{problems[0].Given, problems[0].Allowed} != want {
			t.Errorf("%s after the signing: got %+v, want %q", after, problems, want)
		}
	}
}

func TestFormatOfAnotherType(t *testing.T) {
	for resultType, want := range map[voicebase.ResultType]string{
		voicebase.Analytics: `format is not valid with type "analytics", only with type "transcript"`,
		"speech":            `format is not valid with type "speech", only with type "transcript"`,
	} {
		if got, err := voicebase.ContentType(resultType, voicebase.JSON); got != "" || err == nil || err.Error() != want {
			t.Errorf("%s: %q, %v", resultType, got, err)
		}
	}
}

func TestUnknownDraft(t *testing.T) {
	want := map[voicebase.Attribute]bool{
		"url": true, "method": true, "type": true, "format": true, "stream": true, "include": true, "s3_delivery": true, "role": true, "prepend_folder": true,
	}
	if got := voicebase.UnknownDraft(); !maps.Equal(got.Unknown, want) || got.Place != "" {
		t.Errorf("got %+v", got)
	}
}
