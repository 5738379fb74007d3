package awsname_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

func TestParseNewBucketName(t *testing.T) {
	t.Parallel()
	assertRules(t, awsname.ParseNewBucketName, []rule{
		{"abc", ""},
		{"acme.voicebase-results.1", ""},
		{strings.Repeat("b", 63), ""},
		{"acme-111122223333-us-east-1-an", ""},
		{"", "0 characters"},
		{"ab", "2 characters"},
		{strings.Repeat("b", 64), "64 characters"},
		{"My_Bucket", "other than lower-case"},
		{"-abc", "begins with"},
		{".abc", "begins with"},
		{"abc-", "ends with"},
		{"abc.", "ends with"},
		{"a..b", "two dots"},
		{"192.168.1.1", "IP address"},
		{"xn--abc", "keeps for itself"},
		{"sthree-abc", "keeps for itself"},
		{"amzn-s3-demo-bucket", "keeps for itself"},
		{"abc-s3alias", "keeps for itself"},
		{"abc--ol-s3", "keeps for itself"},
		{"abc.mrap", "keeps for itself"},
		{"abc--x-s3", "keeps for itself"},
		{"abc--table-s3", "keeps for itself"},
		{"acme-an", "account's own namespace"},
	})
}

// A bucket that S3 would not make today can exist: the rules became stricter over time.
func TestParseBucketName(t *testing.T) {
	t.Parallel()
	assertRules(t, awsname.ParseBucketName, []rule{
		{"abc", ""},
		{"My_Bucket", ""},
		{"Made_Before_2018-", ""},
		{"amzn-s3-demo-bucket", ""},
		{strings.Repeat("b", 255), ""},
		{"", "not the name"},
		{"ab", "not the name"},
		{strings.Repeat("b", 256), "not the name"},
		{"-abc", "not the name"},
		{"abc/calls", "not the name"},
		{"s3://abc", "not the name"},
		{"a b", "not the name"},
		{"bücher", "not the name"},
	})
}

func TestParseBucketPrefix(t *testing.T) {
	t.Parallel()
	assertRules(t, awsname.ParseBucketPrefix, []rule{
		{"acme-", ""},
		{strings.Repeat("b", awsname.MaxBucketPrefix), ""},
		{strings.Repeat("b", awsname.MaxBucketPrefix+1), "leave room"},
		{"", "empty"},
		{"Acme", "other than lower-case"},
		{"sthree-", "keeps for itself"},
	})
}

func TestParseRoleARN(t *testing.T) {
	t.Parallel()
	assertRules(t, awsname.ParseRoleARN, []rule{
		{"arn:aws:iam::111122223333:role/name", ""},
		{"arn:aws-us-gov:iam::111122223333:role/team/name+=,.@-", ""},
		{"arn:aws:iam::111122223333:user/name", "not the ARN of an IAM role"},
		{"arn:aws:iam::11112222333:role/name", "not the ARN of an IAM role"},
		{"arn:aws:iam::111122223333:role/", "no role that can exist"},
		{"arn:aws:iam::111122223333:role/" + strings.Repeat("n", 65), "no role that can exist"},
		{"arn:aws:sts::111122223333:assumed-role/name/session", `an ARN of "sts"`},
		{"arn:nowhere:iam::111122223333:role/name", `partition "nowhere"`},
		{"name", "not an ARN"},
	})
}

func TestParseAccountID(t *testing.T) {
	t.Parallel()
	assertRules(t, awsname.ParseAccountID, []rule{
		{"111122223333", ""},
		{"11112222333", "12 digits"},
		{"1111222233334", "12 digits"},
		{"1111-2222-3333", "12 digits"},
		{"aws", "12 digits"},
	})
}
