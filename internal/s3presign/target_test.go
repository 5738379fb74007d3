package s3presign_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/rules"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

func TestParseBucket(t *testing.T) {
	t.Parallel()
	rules.Assert(t, s3presign.ParseBucket, rules.Table{
		{"abc", ""},
		{strings.Repeat("b", 63), ""},
		{"results.acme.example", ""},
		{"Made_Before_2018-", ""},
		{strings.Repeat("b", 255), ""},
		{strings.Repeat("b", 256), "not a valid bucket name"},
		{"results-abcdefghijk-s3alias", ""},
		{"b--x-s3.b--xa-s3.b--ol-s3.b--op-s3.b--table-s3.b.mrap.results", ""},
		{"arn:aws:s3:us-east-1:123456789012:accesspoint/results", ""},
		{"arn:aws-us-gov:s3:us-gov-west-1:123456789012:accesspoint:results", ""},
		{"", "not a valid bucket name"},
		{"ab", "not a valid bucket name"},
		{"-abc", "not a valid bucket name"},
		{"s3://abc", "not a valid bucket name"},
		{"abc/calls", "not a valid bucket name"},
		{"b--use1-az4--x-s3", "S3 Express"},
		{"b--use1-az4--xa-s3", "S3 Express"},
		{"mfzwi23gnjvgw.mrap", "Multi-Region"},
		{"my--x-s3--xa-s3.mrap--ol-s3--op-s3--table-s3-results", ""},
		{"p-abc--ol-s3", "Object Lambda"},
		{"p-abc--op-s3", "Outposts"},
		{"abc--table-s3", "table bucket"},
		{"arn:aws:s3:::acme", "must be the bucket name"},
		{"arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap", "Multi-Region"},
		{"arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-1/accesspoint/a", "s3-outposts"},
		{"arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/a", "s3-object-lambda"},
		{"arn:aws:s3:us-east-1:123456789012:accesspoint/a/object/b", "not a valid access point ARN"},
		{"arn:aws:s3:us-east-1:1234:accesspoint/results", "not a valid access point ARN"},
		{"arn:aws:s3:aws-global:123456789012:accesspoint/results", "not a region"},
		{"arn:aws:s3", "not a valid bucket name"},
	})
	bucket, err := s3presign.ParseBucket("arn:aws:s3:eu-west-1:123456789012:accesspoint/results")
	if err != nil || bucket.Region != "eu-west-1" {
		t.Errorf("got region %q, error %v", bucket.Region, err)
	}
}

func TestParseContentType(t *testing.T) {
	t.Parallel()
	rules.Assert(t, s3presign.ParseContentType, rules.Table{
		{"application/json", ""},
		{"application/ttaf+xml", ""},
		{"text/plain; charset=utf-8", ""},
		{"", "not a content type"},
		{"json", "not a content type"},
		{"json; a=\"b/c\"", "not a content type"},
		{"application/", "not a content type"},
		{"text/plain;  charset=utf-8", "surplus spaces"},
		{" text/plain", "surplus spaces"},
		{"text/plain ", "surplus spaces"},
		{"text/plain; a=\"ü\"", "printable ASCII"},
		{"text/plain;\tcharset=utf-8", "printable ASCII"},
		{"text/plain; a=\"\x1f\"", "printable ASCII"},
		{"text/plain; a=\"\x7f\"", "printable ASCII"},
	})
}
