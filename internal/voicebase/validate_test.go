package voicebase_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

const (
	host    = "https://acme.s3.us-east-1.amazonaws.com/1.json?"
	base    = "https://s3.us-east-1.amazonaws.com/acme"
	role    = "arn:aws:iam::111122223333:role/s3-delivery-role"
	govRole = "arn:aws-us-gov:iam::111122223333:role/s3-delivery-role"
	secret  = "b926f5f47f58a420b6eecf1dabd724c36697fb86a9ae1a54bf51690d351ceb1c"
	v2      = "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1767409445&Signature=UwcWOfLWLpvtj1LibHd0Na5Fw%2FM%3D"
)

// v4 is the query of a URL signed at signedAt for a day.
var v4 = v4For("us-east-1", "content-type%3Bhost")

func v4For(region, headers string) string {
	return "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2F" + region +
		"%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=" + headers + "&X-Amz-Signature=" + secret
}

// typed adds the content type of a result to the query of a URL.
func typed(contentType string) string {
	return host + "content-type=" + strings.NewReplacer("/", "%2F", "+", "%2B").Replace(contentType) + "&" + v4
}

// problem is the short form of one that the tables use: code, severity, attribute.
func short(p voicebase.Problem) string {
	severity := "error"
	if p.Severity == voicebase.Warning {
		severity = "warning"
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s %s", p.Code, severity, p.Attribute))
}

type example struct {
	name string
	// callback is JSON with VoiceBase's names, so that a table can leave attributes out.
	callback string
	// problems are all that are expected, in the short form; the missing analytics apart.
	problems []string
}

func callback(t *testing.T, text string) voicebase.Callback {
	t.Helper()
	base, err := voicebase.ParseBase(`{"publish": {"callbacks": [` + text + `]}}`)
	if err != nil {
		t.Fatal(err)
	}
	return base.Callbacks()[0]
}

// run tries examples, and compares all texts with the golden file of the test's name.
func run(t *testing.T, examples []example) {
	t.Helper()
	var texts strings.Builder
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			var got []string
			for _, problem := range voicebase.Validate(drafts(callback(t, e.callback)), signedAt) {
				if problem.Index == voicebase.WholeList {
					continue
				}
				got = append(got, short(problem))
				checkText(t, problem)
				writeText(&texts, e.name, problem)
			}
			if !slices.Equal(got, e.problems) {
				t.Errorf("got %q, want %q", got, e.problems)
			}
		})
	}
	golden.Compare(t, "problems/"+t.Name()+".txt", texts.String())
}

// writeText writes a problem as the user reads it.
func writeText(texts *strings.Builder, example string, problem voicebase.Problem) {
	fmt.Fprintf(texts, "=== %s\n%s: %s\n%s\n\n", example, []string{"Error", "Warning"}[problem.Severity], problem.Title(), problem.Text())
}

// checkText holds a problem against what the user needs to read, and must not read.
func checkText(t *testing.T, problem voicebase.Problem) {
	t.Helper()
	text := problem.Title() + "\n" + problem.Text()
	if problem.Title() == "" {
		t.Errorf("no title: %s", text)
	}
	if problem.Code != voicebase.NoCode && !strings.Contains(text, fmt.Sprint(int(problem.Code))) {
		t.Errorf("the code is not named: %s", text)
	}
	if !strings.Contains(text, "callbacks[0]."+string(problem.Attribute)) || !strings.Contains(text, "\nAllowed: ") {
		t.Errorf("the place or what is allowed is not named: %s", text)
	}
	for _, hidden := range []string{secret, "UwcWOfLWLpvtj1LibHd0Na5Fw", "1.json"} {
		if strings.Contains(text, hidden) {
			t.Errorf("the text quotes the URL: %s", text)
		}
	}
}

func presigned(url, rest string) string { return fmt.Sprintf(`{"url": %q%s}`, url, rest) }

// TestValidateTime tries the rules about time at their edges, to the second.
func TestValidateTime(t *testing.T) {
	end := signedAt.Add(24 * time.Hour)
	cases := []struct {
		name string
		now  time.Time
		want string
	}{
		{"just signed", signedAt, ""},
		{"signed by a clock that is five minutes fast", signedAt.Add(-5 * time.Minute), ""},
		{"to be used in five minutes and a second", signedAt.Add(-5*time.Minute - time.Second), "0 warning url"},
		{"to be used tomorrow", signedAt.AddDate(0, 0, -1), "0 warning url"},
		{"56,700 s before the end", end.Add(-56_700 * time.Second), ""},
		{"56,699 s before the end", end.Add(-56_699 * time.Second), "0 warning url"},
		{"a second before the end", end.Add(-time.Second), "0 warning url"},
		{"at the end", end, "0 error url"},
		{"a second after the end", end.Add(time.Second), "0 error url"},
		{"without a clock", time.Time{}, ""},
		{"a second before the end, elsewhere on Earth", end.Add(-time.Second).In(time.FixedZone("", 5*3600)), "0 warning url"},
	}
	var texts strings.Builder
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, problem := range voicebase.Validate(drafts(callback(t, presigned(typed("application/json"), ""))), c.now) {
				got = append(got, short(problem))
				checkText(t, problem)
				writeText(&texts, c.name, problem)
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	golden.Compare(t, "problems/"+t.Name()+".txt", texts.String())
}

// FuzzValidate checks that no callback makes Validate panic, and that no text quotes a signature.
func FuzzValidate(f *testing.F) {
	f.Add(typed("application/json"), "POST", "transcript", "srt", "original", "metadata", role, true)
	f.Add(host+v2, "", "", "", "", "", "", false)
	f.Add("http://s3-us-east-1.amazonaws.com/your-bucket-name/", "PUT", "media", "x", "x", "x", govRole, true)
	f.Fuzz(func(t *testing.T, url, method, resultType, format, stream, section, role string, delivery bool) {
		c := voicebase.Callback{
			URL: &url, Method: &method, Type: &resultType, Format: &format, Stream: &stream,
			Include: []string{section}, Role: &role, S3Delivery: &delivery,
		}
		for _, problem := range voicebase.Validate(drafts(c, c), signedAt) {
			if problem.Attribute == voicebase.AttributeURL && strings.Contains(problem.Title()+problem.Text(), secret) {
				t.Errorf("the text quotes a signature: %s", problem.Text())
			}
		}
	})
}

// TestContentTypeText holds what the user reads against what the URL has: shortened, it would be what is allowed.
func TestContentTypeText(t *testing.T) {
	for given, want := range map[string]string{
		"application%2Fjson%3B+charset%3Dutf-8": `Given: "application/json; charset=utf-8"`,
		"application%2Fjson%3Bv%3D1%3Bq%3D2":    `Given: "application/json;v=1;q=2"`,
		"application/ttaf+xml":                  `Given: a content type with a space (in a query, + means a space: write %2B)`,
		secret:                                  `Given: something that is not a content type`,
		"application/json;a=" + secret:          `Given: something that is not a content type`,
	} {
		problems := voicebase.Validate(drafts(callback(t, presigned(host+"content-type="+given+"&"+v4, ""))), signedAt)
		if len(problems) != 1 || !strings.Contains(problems[0].Text(), want+"\nAllowed: \"application/json\", without parameters") {
			t.Errorf("%s: got %+v, want %s", given, problems, want)
		}
	}
}

// TestHeadings tells the warnings about a whole list apart: Terraform shows one of each heading.
func TestHeadings(t *testing.T) {
	if got := voicebase.Validate(nil, signedAt); len(got) != 1 || got[0].Title() != "No callbacks" {
		t.Errorf("an empty list: got %+v", got)
	}
	media := callback(t, `{"url": "https://h", "type": "media", "stream": "original"}`)
	if got := voicebase.Validate(drafts(media), signedAt); len(got) != 1 || got[0].Title() != "No analytics callback" {
		t.Errorf("media alone: got %+v", got)
	}
}

func TestProblemText(t *testing.T) {
	problems := voicebase.Validate([]voicebase.Draft{{Callback: callback(t, `{"url": "https://h", "type": "speech"}`), Place: "publish.callbacks[7]"}}, signedAt)
	want := "publish.callbacks[7].type: VoiceBase does not support this type.\n\n" +
		"Given: \"speech\"\nAllowed: \"analytics\", \"transcript\", \"media\""
	if got := problems[0].Text(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got := problems[0].Title(); got != "VoiceBase rejects this callback (error 60007)" {
		t.Errorf("got %s", got)
	}
}
