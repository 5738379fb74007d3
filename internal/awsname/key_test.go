package awsname_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/rules"
)

func TestParseKey(t *testing.T) {
	t.Parallel()
	rules.Assert(t, awsname.ParseKey, rules.Table{
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
		{"a//", "empty path segment"},
		{"a/./b", `segment "."`},
		{"./b", `segment "."`},
		{"a/..", `segment ".."`},
		{"..", `segment ".."`},
		{"a\xff", "not valid UTF-8"},
	})
}

func TestParseRegionName(t *testing.T) {
	t.Parallel()
	rules.Assert(t, awsname.ParseRegionName, rules.Table{
		{"us-east-1", ""},
		{"us-gov-west-1", ""},
		{"eusc-de-east-1", ""},
		{"local", ""},
		{"us-global-1", ""},
		{"my-s3-external-1", ""},
		{"my-fips-1", ""},
		{"", "the region is empty"},
		{"US-EAST-1", "not a region"},
		{"us east", "not a region"},
		{"us-east-1.evil.example", "not a region"},
		{"us--east-1", "not a region"},
		{"-us-east-1", "not a region"},
		{"us-east-1-", "not a region"},
		{"us-east-1\n", "not a region"},
		{"fipsland-1", ""},
		{"my-fips-region", ""},
		{"global-1", ""},
		{"my-s3-external-1", ""},
		{"aws-global", "redirect"},
		{"aws-cn-global", "redirect"},
		{"s3-external-1", "redirect"},
		{"fips-us-east-1", "endpoint"},
		{"us-east-1-fips", "endpoint"},
	})
}
