package awsclient_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// TestParse gives each setting that has a form its edges.
func TestParse(t *testing.T) {
	t.Parallel()
	text := func(parse func(string) (string, error)) func(string) (any, error) {
		return func(given string) (any, error) { return parse(given) }
	}
	parsers := map[string]func(string) (any, error){
		"retry mode": text(awsclient.ParseRetryMode), "session name": text(awsclient.ParseSessionName), "session policy": text(awsclient.ParseSessionPolicy),
		"endpoint": text(awsclient.ParseEndpoint), "proxy": text(awsclient.ParseProxy), "key": text(awsclient.ParseKeyPart),
		"duration": func(given string) (any, error) { return awsclient.ParseSessionDuration(given) },
		"skip": func(given string) (any, error) {
			skip, err := awsclient.ParseSkipMetadataAPICheck(given)
			if skip == nil {
				return nil, err
			}
			return *skip, err
		},
	}
	for _, test := range []struct {
		parser, given string
		want          any    // What is parsed; the given text itself if it is nil and there is no error.
		err           string // Part of the error.
	}{
		{parser: "retry mode", given: "standard"},
		{parser: "retry mode", given: "adaptive"},
		{parser: "retry mode", given: "legacy", want: "", err: `invalid retry mode "legacy"`},
		{parser: "duration", given: "15m", want: 15 * time.Minute},
		{parser: "duration", given: "12h", want: 12 * time.Hour},
		{parser: "duration", given: "14m59s", want: time.Duration(0), err: "between 15 minutes and 12 hours"},
		{parser: "duration", given: "12h0m1s", want: time.Duration(0), err: "between 15 minutes and 12 hours"},
		{parser: "duration", given: "3600", want: time.Duration(0), err: `"3600" is not a valid duration`},
		{parser: "session name", given: "a@" + strings.Repeat("b", 62)},
		{parser: "session name", given: "a", want: "", err: "2 to 64 characters"},
		{parser: "session name", given: strings.Repeat("b", 65), want: "", err: "2 to 64 characters"},
		{parser: "session name", given: "a b", want: "", err: `invalid name "a b"`},
		{parser: "session policy", given: `{"Version":"2012-10-17"}`},
		{parser: "session policy", given: `{"Version":`, want: "", err: "not valid JSON"},
		{parser: "endpoint", given: "https://s3.example.com"},
		{parser: "endpoint", given: "http://localhost:9000/path"},
		{parser: "endpoint", given: "https://", want: "", err: `"https://" is not a valid URL`},
		{parser: "endpoint", given: "ftp://s3.example.com", want: "", err: "is not a valid URL"},
		{parser: "endpoint", given: "s3.example.com", want: "", err: "is not a valid URL"},
		{parser: "endpoint", given: "https://s3.example.com:port", want: "", err: "is not a valid URL"},
		{parser: "proxy", given: "http://user:password@proxy.example.com:3128"},
		{parser: "proxy", given: "", want: ""},
		{parser: "proxy", given: "http://user:pass word@%zz", want: "", err: "the value is not a valid proxy URL"},
		{parser: "key", given: "AKIABASE"},
		{parser: "key", given: "secret\n", want: "", err: "starts or ends with white space"},
		{parser: "skip", given: "", want: nil},
		{parser: "skip", given: "true", want: true},
		{parser: "skip", given: "false", want: false},
		{parser: "skip", given: "yes", want: nil, err: `invalid value "yes"`},
	} {
		got, err := parsers[test.parser](test.given)
		want := test.want
		if want == nil && test.err == "" && test.parser != "skip" {
			want = test.given
		}
		if got != want || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%s %q: got %v, %v; want %v, %q", test.parser, test.given, got, err, want, test.err)
		}
		if err != nil && test.parser == "proxy" && strings.Contains(fmt.Sprint(err), "pass") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
	if modes := awsclient.RetryModes(); !slices.Equal(modes, []string{"standard", "adaptive"}) {
		t.Errorf("the modes are %q", modes)
	}
	if one := awsclient.Optional("one"); aws.ToString(one) != "one" || awsclient.Optional("") != nil {
		t.Errorf("optional: %v", one)
	}
}
