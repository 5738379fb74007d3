package iampolicy_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// The lists of AWS's that the checks have are written out here once more, so that no entry is lost or misspelled.

// TestOwnPolicy_operators takes each operator that AWS has, with each modifier, in any case, and none that it has not.
func TestOwnPolicy_operators(t *testing.T) {
	t.Parallel()
	with := func(operator string) string {
		return policy(own(`"Condition":{"` + operator + `":{"aws:PrincipalTag/a":"true"}}`))
	}
	operators := []string{
		"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
		"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
		"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
		"Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
	}
	for _, operator := range operators {
		for _, spelled := range []string{operator, strings.ToUpper(operator), operator + "IfExists", "ForAllValues:" + operator, "ForAnyValue:" + operator + "IfExists"} {
			if err := iampolicy.CheckBucketPolicy(with(spelled)); err != nil {
				t.Errorf("%s: %v", spelled, err)
			}
		}
	}
	for _, none := range []string{
		"", "Not", "String", "StringEqual", "StringEqualsCase", "NumericLike", "DateLike", "NotBool", "BoolNot", "BinaryNotEquals", "ArnLess", "IpAddresses", "NotNull",
		"StringEqualsIfExist", "IfExistsBool", "ForSomeValues:Bool", "Bool:ForAnyValue",
	} {
		if err := iampolicy.CheckBucketPolicy(with(none)); err == nil || !strings.Contains(err.Error(), `the operator "`+none+`", which doesn't exist`) {
			t.Errorf("%s: %v", none, err)
		}
	}
}

// TestOwnPolicy_limitingKeys lets everyone in who is limited by one of AWS's keys for that, and nobody by another.
func TestOwnPolicy_limitingKeys(t *testing.T) {
	t.Parallel()
	limited := func(key string) error {
		return iampolicy.CheckBucketPolicy(policy(own(allow, `"Condition":{"StringEquals":{"`+key+`":"10.0.0.1"}}`)))
	}
	for _, key := range []string{
		"aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceAccount", "aws:SourceArn", "aws:SourceIp",
		"aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceOwner", "aws:SourceVpc", "aws:SourceVpce", "aws:userid", "aws:VpcSourceIp",
		"s3:DataAccessPointAccount", "s3:DataAccessPointArn", "s3:x-amz-server-side-encryption-aws-kms-key-id",
	} {
		if err := limited(key); err != nil {
			t.Errorf("%s: %v", key, err)
		}
		for _, other := range []string{key + "x", key[:len(key)-2], "x" + key} {
			if limited(other) == nil {
				t.Errorf("%s limits nobody", other)
			}
		}
	}
	for _, key := range []string{
		"aws:PrincipalType", "aws:PrincipalIsAWSService", "aws:PrincipalServiceName", "aws:SecureTransport", "aws:RequestedRegion", "aws:ResourceAccount", "aws:ResourceOrgID",
		"aws:UserAgent", "aws:Referer", "aws:username", "aws:CalledVia", "aws:ViaAWSService", "s3:authType", "s3:prefix", "s3:x-amz-acl", "s3:ResourceAccount",
	} {
		if limited(key) == nil {
			t.Errorf("%s limits nobody", key)
		}
	}
}

// TestUnderstandTrust_onlyPrincipal reads who is let through by each operator that compares with one value, and by no other.
func TestUnderstandTrust_onlyPrincipal(t *testing.T) {
	t.Parallel()
	for operator, reads := range map[string]bool{
		"StringEquals": true, "StringLike": true, "ArnEquals": true, "ArnLike": true, "ForAnyValue:ArnEquals": true,
		"StringNotEquals": false, "StringNotLike": false, "StringEqualsIgnoreCase": false, "ArnNotEquals": false, "ArnNotLike": false, "Null": false,
		"ForAllValues:StringEquals": false, "ArnLikeIfExists": false,
	} {
		got, err := iampolicy.UnderstandTrust(policy(assume(`{"AWS":"123456789012"}`, `{"`+operator+`":{"aws:PrincipalArn":"`+voiceBase+`"}}`)), iampolicy.TrustHint{})
		want := "123456789012"
		if reads {
			want = voiceBase
		}
		if err != nil || got.Principal.String() != want || (len(got.Lost) == 0) != reads {
			t.Errorf("%s: %+v, %v", operator, got, err)
		}
	}
}

// TestUnderstandTrust_externalID reads the external ID of each operator that asks for it, and of no other.
func TestUnderstandTrust_externalID(t *testing.T) {
	t.Parallel()
	for operator, want := range map[string]string{
		"StringEquals": "org-a", "StringLike": "org-a", "StringEqualsIgnoreCase": "org-a", "ForAnyValue:StringLike": "org-a", "stringequalsifexists": "org-a",
		"StringNotEquals": "", "StringNotLike": "", "StringNotEqualsIgnoreCase": "", "ArnEquals": "", "ArnLike": "", "BinaryEquals": "", "NumericEquals": "", "Null": "",
	} {
		got, err := iampolicy.UnderstandTrust(policy(assume(`{"AWS":"123456789012"}`, `{"`+operator+`":{"sts:ExternalId":"org-a"}}`)), iampolicy.TrustHint{})
		if err != nil || string(got.ExternalID) != want || (len(got.Lost) == 0) != (want != "") {
			t.Errorf("%s: %+v, %v", operator, got, err)
		}
	}
}

// TestUnderstandDelivery_harmless leaves out of account what Delivery and the guards say too, and nothing else.
func TestUnderstandDelivery_harmless(t *testing.T) {
	t.Parallel()
	for condition, lost := range map[string]bool{
		`{"StringEquals":{"aws:ResourceAccount":"111122223333"}}`:        false,
		`{"StringEquals":{"s3:ResourceAccount":"111122223333"}}`:         false,
		`{"Bool":{"aws:SecureTransport":"true"}}`:                        false,
		`{"StringNotEquals":{"s3:ResourceAccount":"111122223333"}}`:      true,
		`{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}`:       true,
		`{"StringEquals":{"aws:ResourceOrgID":"o-1"}}`:                   true,
		`{"NumericGreaterThanEquals":{"s3:TlsVersion":"1.2"}}`:           true,
		`{"StringEquals":{"s3:authType":"REST-HEADER"}}`:                 true,
		`{"StringEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}`: true,
	} {
		write := `{"Effect":"Allow","Action":"s3:PutObject","Resource":"` + bucketARN + `/*","Condition":` + condition + `}`
		if got, err := iampolicy.UnderstandDelivery(policy(write)); err != nil || (len(got.Lost) > 0) != lost {
			t.Errorf("%s: %+v, %v", condition, got, err)
		}
	}
	for condition, lost := range map[string]bool{
		`{"StringLike":{"kms:ViaService":"s3.*"}}`:                false,
		`{"StringEquals":{"kms:ViaService":"s3.us-east-1.aws"}}`:  false,
		`{"StringNotLike":{"kms:ViaService":"s3.*"}}`:             true,
		`{"StringEquals":{"kms:CallerAccount":"111122223333"}}`:   true,
		`{"StringEquals":{"kms:EncryptionContextKeys":"aws:s3"}}`: true,
	} {
		encrypt := `{"Effect":"Allow","Action":"kms:GenerateDataKey","Resource":"` + keyARN + `","Condition":` + condition + `}`
		if got, err := iampolicy.UnderstandDelivery(policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/*"`), encrypt)); err != nil || (len(got.Lost) > 0) != lost {
			t.Errorf("%s: %+v, %v", condition, got, err)
		}
	}
}

// TestPartition_blames has the error of each argument on it, whichever is wrong.
func TestPartition_blames(t *testing.T) {
	t.Parallel()
	for argument, want := range map[string]struct {
		arguments iampolicy.RoleArguments
		summary   string
	}{
		"bucket_arn":           {iampolicy.RoleArguments{BucketARN: "x"}, "Invalid bucket ARN"},
		"voicebase_arn":        {iampolicy.RoleArguments{VoiceBaseARN: "x"}, "Invalid VoiceBase ARN"},
		"kms_key_arn":          {iampolicy.RoleArguments{KMSKeyARN: "x"}, "Invalid KMS key ARN"},
		"permissions_boundary": {iampolicy.RoleArguments{PermissionsBoundary: "x"}, "Invalid permissions boundary"},
	} {
		if _, errs := want.arguments.Partition(""); len(errs) != 1 || errs[0].Argument != argument || errs[0].Summary != want.summary {
			t.Errorf("%s: %+v", argument, errs)
		}
	}
	_, errs := iampolicy.RoleArguments{BucketARN: "arn:aws:s3:::acme"}.Partition("aws-cn")
	if len(errs) != 1 || !strings.HasPrefix(errs[0].Err.Error(), `"arn:aws:s3:::acme" cannot be used: `) {
		t.Errorf("of another partition: %+v", errs)
	}
}

// TestLimits has AWS's limits in figures.
func TestLimits(t *testing.T) {
	t.Parallel()
	for what, pair := range map[string][2]int{
		"an inline policy": {iampolicy.MaxInlinePolicy, 10240}, "a bucket policy": {iampolicy.MaxBucketPolicySize, 20480}, "hours of a URL": {int(awsname.MaxPresignedLife.Hours()), 168},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %d, want %d", what, pair[0], pair[1])
		}
	}
	if len(iampolicy.Accesses) != 2 || iampolicy.Accesses[0] != "write" || iampolicy.Accesses[1] != "documented" {
		t.Errorf("accesses: %v; the first is the default", iampolicy.Accesses)
	}
	for i, sid := range []string{"VoiceBaseDenyInsecureTransport", "VoiceBaseDenyOldTLS", "VoiceBaseDenyOldPresignedURLs", "VoiceBaseDenyPresignedURLsFromElsewhere"} {
		if iampolicy.GuardSids[i] != sid || len(iampolicy.GuardSids) != 4 {
			t.Errorf("guards: %v, want %s", iampolicy.GuardSids, sid)
		}
	}
}
