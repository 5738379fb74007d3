package awsname_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// TestParsersReturnWhatTheyTake holds that what a parser takes is what its caller goes on with, unchanged.
func TestParsersReturnWhatTheyTake(t *testing.T) {
	t.Parallel()
	for text, parse := range map[string]func(string) (string, error){
		"111122223333":   awsname.ParseAccountID,
		"acme-results":   awsname.ParseBucketName,
		"acme-results-2": awsname.ParseNewBucketName,
		"acme-results-":  awsname.ParseBucketPrefix,
		"calls/1.json":   awsname.ParseKey,
		"eu-central-1":   awsname.ParseRegion,
		"region-one":     awsname.ParseRegionName,
		"delivery-role":  plain(awsname.ParseRoleName),
		"delivery-":      plain(awsname.ParseRoleNamePrefix),
		"/voicebase/":    plain(awsname.ParsePath),
		"For VoiceBase.": plain(awsname.ParseRoleDescription),
		"voicebase/":     plain(awsname.ParseKeyPrefix),
		"org-a":          plain(awsname.ParseExternalID),

		"arn:aws:s3:::acme-results":                                    written(awsname.ParseBucketARN),
		"arn:aws:kms:us-east-1:111122223333:key/1234abcd":              written(awsname.ParseKMSKeyARN),
		"arn:aws:iam::aws:policy/ReadOnlyAccess":                       written(awsname.ParsePolicyARN),
		"arn:aws:iam::111122223333:role/delivery":                      written(awsname.ParseRoleARN),
		"arn:aws-cn:s3:cn-north-1:111122223333:accesspoint/deliveries": written(awsname.ParseAccessPointARN),
		"arn:aws:s3:us-east-1:111122223333:accesspoint:deliveries":     written(awsname.ParseAccessPointARN),
		"arn:aws:iam::123456789012:user/a/b":                           written(awsname.ParsePrincipal),
	} {
		if got, err := parse(text); got != text || err != nil {
			t.Errorf("%s: got %q, %v", text, got, err)
		}
	}
}

func plain[T ~string](parse func(string) (T, error)) func(string) (string, error) {
	return func(text string) (string, error) {
		got, err := parse(text)
		return string(got), err
	}
}

func written[T interface{ String() string }](parse func(string) (T, error)) func(string) (string, error) {
	return func(text string) (string, error) {
		got, err := parse(text)
		return got.String(), err
	}
}

// TestARNParsersSayWhy compares whole errors, one for each rule of each parser.
func TestARNParsersSayWhy(t *testing.T) {
	t.Parallel()
	const unknown = `has the unknown partition "aws-eu": must be one of aws, aws-cn, `
	for _, test := range []struct {
		parse      func(string) (string, error)
		text, want string
	}{
		{written(awsname.ParseBucketARN), "acme", `"acme" is not an ARN: expected the form arn:partition:service:region:account:resource`},
		{written(awsname.ParseBucketARN), "arn:aws:s3:::", `"arn:aws:s3:::" is not an ARN`},
		{written(awsname.ParseBucketARN), "arn:aws-eu:s3:::acme", unknown},
		{written(awsname.ParseBucketARN), "arn:aws:s3::111122223333:acme", "is not a bucket ARN, which has no region and no account"},
		{written(awsname.ParseBucketARN), "arn:aws:s3:us-east-1::acme", "is not a bucket ARN, which has no region and no account"},
		{written(awsname.ParseBucketARN), "arn:aws:s3:::acme/a/b", `names the object "a/b" in bucket "acme"`},
		{written(awsname.ParseKMSKeyARN), "key", `"key" is not an ARN`},
		{written(awsname.ParseKMSKeyARN), "arn:aws:kms:us-east-1:111122223333:alias/a", "is an alias: must be the ARN of the key"},
		{written(awsname.ParseKMSKeyARN), "arn:aws:kms:us-east-1:111122223333:aliases", "is not a valid KMS key ARN: must have a region"},
		{written(awsname.ParseKMSKeyARN), "arn:aws:kms:us-east-1:111122223333:key/alias/a", "is not a valid KMS key ARN: must have a region"},
		{written(awsname.ParsePolicyARN), "policy", `"policy" is not an ARN`},
		{written(awsname.ParseRoleARN), "arn:aws:iam:us-east-1:111122223333:role/a", "is not the ARN of an IAM role"},
		{written(awsname.ParseRoleARN), "arn:aws:iam::111122223333:role/a b", `"arn:aws:iam::111122223333:role/a b" is not a valid role: names must be`},
		{written(awsname.ParsePrincipal), "arn:aws:iam::111122223333:group/a", `"arn:aws:iam::111122223333:group/a" is a group, which IAM does not accept as a principal`},
		{written(awsname.ParsePrincipal), "arn", `"arn" is not`},
		{written(awsname.ParsePrincipal), "a:b:sts:c", `"a:b:sts:c" is not`},
		{written(awsname.ParseAccessPointARN), "deliveries", `"deliveries" is not an ARN`},
		{written(awsname.ParseAccessPointARN), "arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap", "is a Multi-Region Access Point, which accepts only SigV4A signatures"},
		{written(awsname.ParseAccessPointARN), "arn:aws:s3:::acme", "is a bucket ARN: must be the bucket name"},
		{written(awsname.ParseAccessPointARN), "arn:aws:s3:::my-accesspoint", "is a bucket ARN: must be the bucket name"},
		{written(awsname.ParseAccessPointARN), "arn:aws:s3:us-east-1::accesspoint/deliveries", "is not a valid access point ARN"},
		{written(awsname.ParseAccessPointARN), "arn:aws:s3:us-east-1:111122223333:bucket/deliveries", "is not a valid access point ARN"},
		{written(awsname.ParseAccessPointARN), "arn:aws:s3:fips-us-east-1:111122223333:accesspoint/deliveries", `"fips-us-east-1" is an endpoint, not a region`},
		{awsname.ParseKey, "", "the key is empty"},
		{awsname.ParseRegionName, strings.Repeat("a", 64), "is not a region"},
		{plain(awsname.ParseExternalID), "", "external"},
		{plain(awsname.ParseRoleName), strings.Repeat("a", 65), `the name "` + strings.Repeat("a", 65) + `" has 65 characters: must be at most 64`},
		{plain(awsname.ParseRoleNamePrefix), strings.Repeat("a", 39), `the name prefix "` + strings.Repeat("a", 39) + `" has 39 characters: must be at most 38`},
	} {
		if got, err := test.parse(test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %q, %v, want an error with %q", test.text, got, err, test.want)
		}
	}
	if _, err := awsname.ParseRegionName(strings.Repeat("a", 63)); err != nil {
		t.Errorf("a name of 63 characters: %v", err)
	}
}

func TestBucketARN(t *testing.T) {
	t.Parallel()
	if got := awsname.BucketARN("aws-cn", "acme"); got != "arn:aws-cn:s3:::acme" {
		t.Errorf("got %s", got)
	}
	if !awsname.IsARN("arn:aws:s3:::acme") || awsname.IsARN("acme") {
		t.Error("IsARN tells no ARN from a name")
	}
}

// TestPolicyTextEdges tries the characters at the edges of what IAM takes in a policy.
func TestPolicyTextEdges(t *testing.T) {
	t.Parallel()
	for character, want := range map[string]bool{" ": true, "~": true, "\x1f": false, "\x7f": false, "\u009f": false, "\u00a0": true, "\u00ff": true, "\u0100": false} {
		if _, err := awsname.ParseKeyPrefix("a" + character + "b/"); (err == nil) != want {
			t.Errorf("%q: %v", character, err)
		}
	}
}
