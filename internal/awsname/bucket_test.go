package awsname_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/rules"
)

func TestParseNewBucketName(t *testing.T) {
	t.Parallel()
	rules.Assert(t, awsname.ParseNewBucketName, rules.Table{
		{"abc", ""},
		{"acme.voicebase-results.1", ""},
		{strings.Repeat("b", 63), ""},
		{"acme-111122223333-us-east-1-an", ""},
		{"milan", ""},
		{"acme-an-1", ""},
		{"my-xn--sthree-amzn-s3-demo-s3alias--ol-s3.mrap--x-s3--table-s3x", ""},
		{"acme-11112222333-us-east-1-an", "account regional namespace"},
		{"acme-1111222233334-us-east-1-an", "account regional namespace"},
		{"abc\n", "contains invalid characters"},
		{"", "0 characters"},
		{"ab", "2 characters"},
		{strings.Repeat("b", 64), "64 characters"},
		{"My_Bucket", "contains invalid characters"},
		{"-abc", "starts with"},
		{".abc", "starts with"},
		{"abc-", "ends with"},
		{"abc.", "ends with"},
		{"a..b", "two adjacent dots"},
		{"192.168.1.1", "IP address"},
		{"xn--abc", "S3 reserves"},
		{"sthree-abc", "S3 reserves"},
		{"amzn-s3-demo-bucket", "S3 reserves"},
		{"abc-s3alias", "S3 reserves"},
		{"abc--ol-s3", "S3 reserves"},
		{"abc.mrap", "S3 reserves"},
		{"abc--x-s3", "S3 reserves"},
		{"abc--table-s3", "S3 reserves"},
		{"acme-an", "account regional namespace"},
	})
}

// A bucket that S3 would not make today can exist: the rules became stricter over time.
func TestParseBucketName(t *testing.T) {
	t.Parallel()
	rules.Assert(t, awsname.ParseBucketName, rules.Table{
		{"abc", ""},
		{"My_Bucket", ""},
		{"Made_Before_2018-", ""},
		{"amzn-s3-demo-bucket", ""},
		{strings.Repeat("b", 255), ""},
		{"", "not a valid bucket name"},
		{"ab", "not a valid bucket name"},
		{strings.Repeat("b", 256), "not a valid bucket name"},
		{"-abc", "not a valid bucket name"},
		{"abc/calls", "not a valid bucket name"},
		{"abc/", "not a valid bucket name"},
		{".abc", "not a valid bucket name"},
		{"_abc", "not a valid bucket name"},
		{"s3://abc", "not a valid bucket name"},
		{"a b", "not a valid bucket name"},
		{"bücher", "not a valid bucket name"},
	})
}

func TestParseBucketPrefix(t *testing.T) {
	t.Parallel()
	rules.Assert(t, awsname.ParseBucketPrefix, rules.Table{
		{"acme-", ""},
		{strings.Repeat("b", 37), ""},
		{strings.Repeat("b", 38), "38 characters: must be at most 37, to leave room"},
		{"-acme", "starts with"},
		{"", "empty"},
		{"Acme", "contains invalid characters"},
		{"sthree-", "S3 reserves"},
	})
}

func TestParseRoleARN(t *testing.T) {
	t.Parallel()
	rules.Assert(t, awsname.ParseRoleARN, rules.Table{
		{"arn:aws:iam::111122223333:role/name", ""},
		{"arn:aws-us-gov:iam::111122223333:role/team/name+=,.@-", ""},
		{"arn:aws:iam::111122223333:user/name", "not the ARN of an IAM role"},
		{"arn:aws:iam::111122223333:user/role/name", "not the ARN of an IAM role"},
		{"arn:aws:iam::11112222333:role/name", "not the ARN of an IAM role"},
		{"arn:aws:iam::111122223333:role/", "is not a valid role: names must be"},
		{"arn:aws:iam::111122223333:role/" + strings.Repeat("n", 65), "is not a valid role: names must be"},
		{"arn:aws:sts::111122223333:assumed-role/name/session", `an ARN of the service "sts"`},
		{"arn:nowhere:iam::111122223333:role/name", `partition "nowhere"`},
		{"name", "not an ARN"},
	})
}

func TestParseAccountID(t *testing.T) {
	t.Parallel()
	rules.Assert(t, awsname.ParseAccountID, rules.Table{
		{"111122223333", ""},
		{"11112222333", "12 digits"},
		{"1111222233334", "12 digits"},
		{"1111-2222-3333", "12 digits"},
		{"a111122223333", "12 digits"},
		{"aws", "12 digits"},
	})
}

// TestAccountRegional has names of an account's own namespace, and their neighbours.
func TestAccountRegional(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"acme-111122223333-us-east-1-an":    true,
		"acme-11112222333-us-east-1-an":     false,
		"acme-1111222233334-us-east-1-an":   false,
		"acme-111122223333-us-east-1-an-2":  false,
		"acme-111122223333-us-east-1-plan":  false,
		"acme-111122223333-an":              false,
		"acme.111122223333-us-east-1-an":    false,
		"acme-an-111122223333-us-gov-an-an": true,
	} {
		if got := awsname.AccountRegional(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
