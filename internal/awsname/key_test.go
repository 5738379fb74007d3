package awsname_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// rule is one row of a parser's table: want is part of the error, "" stands for a value that is taken.
type rule struct{ value, want string }

func assertRules[T any](t *testing.T, parse func(string) (T, error), rules []rule) {
	t.Helper()
	for _, r := range rules {
		_, err := parse(r.value)
		switch {
		case r.want == "" && err != nil:
			t.Errorf("%.40q: %v", r.value, err)
		case r.want != "" && (err == nil || !strings.Contains(err.Error(), r.want)):
			t.Errorf("%.40q: got %v, want %q", r.value, err, r.want)
		}
	}
}

func TestParseKey(t *testing.T) {
	t.Parallel()
	assertRules(t, awsname.ParseKey, []rule{
		{"calls/1.json", ""},
		{"..a/.b/c..", ""},
		{"anrufe/müller/通話.json", ""},
		{"folder/", ""},
		{strings.Repeat("k", 1024), ""},
		{strings.Repeat("k", 1025), "1025 bytes"},
		{strings.Repeat("é", 512), ""},
		{strings.Repeat("é", 513), "1026 bytes"},
		{"", "empty"},
		{"/a", "starts with a slash"},
		{"a//b", "empty path segment"},
		{"a/./b", `segment "."`},
		{"./b", `segment "."`},
		{"a/..", `segment ".."`},
		{"..", `segment ".."`},
		{"a\xff", "not valid UTF-8"},
	})
}

func TestParseRegionName(t *testing.T) {
	t.Parallel()
	assertRules(t, awsname.ParseRegionName, []rule{
		{"us-east-1", ""},
		{"us-gov-west-1", ""},
		{"eusc-de-east-1", ""},
		{"local", ""},
		{"", "the region is empty"},
		{"US-EAST-1", "not a region"},
		{"us east", "not a region"},
		{"us-east-1.evil.example", "not a region"},
		{"aws-global", "redirect"},
		{"aws-cn-global", "redirect"},
		{"s3-external-1", "redirect"},
		{"fips-us-east-1", "endpoint"},
		{"us-east-1-fips", "endpoint"},
	})
}
