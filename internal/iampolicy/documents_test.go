package iampolicy_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// TestDocumentsHaveEachArgument compares whole documents with those of the values that the arguments stand for.
func TestDocumentsHaveEachArgument(t *testing.T) {
	t.Parallel()
	a := roleArguments()
	a.Access, a.BucketAccountID, a.VoiceBaseARN = "documented", "444455556666", voiceBase
	bucket, key := must(t, awsname.ParseBucketARN, bucketARN), must(t, awsname.ParseKMSKeyARN, keyARN)
	trust, errs := a.TrustPolicy("")
	if want := iampolicy.Trust(must(t, awsname.ParsePrincipal, voiceBase), "0e2a8f5c-organization-id").JSON(); trust != want || errs != nil {
		t.Errorf("got %s, %v\nwant %s", trust, errs, want)
	}
	permissions, errs := a.PermissionsPolicy()
	grant := iampolicy.Grant{Bucket: bucket, KeyPrefixes: []awsname.KeyPrefix{"voicebase/"}, KMSKey: key, Access: iampolicy.AccessDocumented, BucketAccount: "444455556666"}
	if want := iampolicy.Delivery(grant).JSON(); permissions != want || errs != nil || !strings.Contains(permissions, "444455556666") {
		t.Errorf("got %s, %v\nwant %s", permissions, errs, want)
	}
	whole, errs := iampolicy.RoleArguments{BucketARN: bucketARN, Access: "write"}.PermissionsPolicy()
	if want := iampolicy.Delivery(iampolicy.Grant{Bucket: bucket, Access: iampolicy.AccessWrite}).JSON(); whole != want || errs != nil {
		t.Errorf("the whole bucket: got %s, %v\nwant %s", whole, errs, want)
	}
	guarded, errs := iampolicy.BucketArguments{BucketARN: resultsARN, PresignedURLMaxAge: "24h", PresignedURLSourceIPs: []string{"10.0.0.0/8"}, Policy: policy(own())}.BucketPolicy()
	want, err := iampolicy.BucketPolicy(iampolicy.BucketGuards{BucketARN: resultsARN, PresignedMaxAge: 24 * time.Hour, PresignedSources: []string{"10.0.0.0/8"}}, policy(own()))
	if guarded != want || errs != nil || err != nil {
		t.Errorf("got %s, %v\nwant %s, %v", guarded, errs, want, err)
	}
}

func TestPartitionOfThePrincipal(t *testing.T) {
	t.Parallel()
	for arn, want := range map[string]string{"arn:aws-cn:iam::111122223333:role/a": "aws-cn", "111122223333": "", "": ""} {
		if got, errs := (iampolicy.RoleArguments{VoiceBaseARN: arn}).Partition(""); got != want || errs != nil {
			t.Errorf("%s: got %q, %v", arn, got, errs)
		}
	}
	_, errs := iampolicy.RoleArguments{VoiceBaseARN: "*"}.Partition("aws")
	if len(errs) != 1 || errs[0].Argument != "voicebase_arn" || errs[0].Summary != "Invalid VoiceBase ARN" {
		t.Errorf("got %v", errs)
	}
}

// TestArgumentErrorsHaveTitles asks each parser for its error.
func TestArgumentErrorsHaveTitles(t *testing.T) {
	t.Parallel()
	role := iampolicy.RoleArguments{VoiceBaseARN: "*", ExternalID: "x", BucketARN: "x", KeyPrefixes: []string{"x"}, KMSKeyARN: "x", Access: "x", BucketAccountID: "x"}
	_, trust := role.TrustPolicy("aws")
	_, permissions := role.PermissionsPolicy()
	_, bucket := iampolicy.BucketArguments{BucketARN: resultsARN, PresignedURLMaxAge: "x", PresignedURLSourceIPs: []string{"x"}}.BucketPolicy()
	got := map[string]string{}
	for _, list := range [][]iampolicy.ArgumentError{trust, permissions, bucket} {
		for _, one := range list {
			got[one.Argument] = one.Summary
		}
	}
	want := map[string]string{
		"voicebase_arn": "Invalid VoiceBase ARN", "external_id": "Invalid external ID", "bucket_arn": "Invalid bucket ARN", "key_prefixes": "Invalid key prefix",
		"kms_key_arn": "Invalid KMS key ARN", "access": "Invalid access", "bucket_account_id": "Invalid bucket account ID",
		"presigned_url_max_age": "Invalid pre-signed URL max age", "presigned_url_source_ips": "Invalid pre-signed URL source IP",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

// TestJudgeTrust_callers has callers and statements that TestJudgeTrust does not.
func TestJudgeTrust_callers(t *testing.T) {
	t.Parallel()
	const user = "arn:aws:iam::111122223333:user/a/voicebase"
	allow := func(rest string) string { return `{"Effect":"Allow","Action":"sts:AssumeRole",` + rest + `}` }
	deny := func(rest string) string { return `{"Effect":"Deny","Action":"sts:AssumeRole",` + rest + `}` }
	all := allow(`"Principal":{"AWS":"111122223333"}`)
	when := func(condition string) string { return `"Principal":{"AWS":"111122223333"},"Condition":` + condition }
	for name, test := range map[string]struct {
		statements []string
		caller     iampolicy.Caller
		want       iampolicy.TrustVerdict
	}{
		"a user, by its ARN": {
			[]string{allow(when(`{"ArnEquals":{"aws:PrincipalArn":"` + user + `"}}`))},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"a user, by its type": {
			[]string{allow(when(`{"StringEquals":{"aws:PrincipalType":"User"}}`))},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"a role, by its type": {
			[]string{allow(when(`{"StringEquals":{"aws:PrincipalType":"AssumedRole"}}`))},
			iampolicy.Caller{Principal: principal(t, "arn:aws:iam::111122223333:role/a")},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"what else is known": {
			[]string{allow(when(`{"IpAddress":{"aws:SourceIp":"52.6.244.43"}}`))},
			iampolicy.Caller{Principal: principal(t, user), Request: iampolicy.Request{"aws:sourceip": {"52.6.244.43"}}},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"no external ID sent": {
			[]string{allow(when(`{"StringEquals":{"sts:ExternalId":["b","a","b"]},"Null":{"sts:ExternalId":"false"}}`))},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.False, Named: iampolicy.True, Trusted: []string{"111122223333"}, ExternalIDs: []string{"a", "b"}},
		},
		"an external ID that must not be sent": {
			[]string{allow(when(`{"Null":{"sts:ExternalId":"true"}}`))},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"an account, in a partition": {
			[]string{allow(`"Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"}`)},
			iampolicy.Caller{Principal: principal(t, "111122223333")},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"arn:aws-cn:iam::111122223333:root"}},
		},
		"nobody that is known": {
			[]string{allow(`"Principal":{"AWS":"AROADBQP57FF2AEXAMPLE"}`)},
			iampolicy.Caller{},
			iampolicy.TrustVerdict{Allowed: iampolicy.False, Named: iampolicy.False, Trusted: []string{"AROADBQP57FF2AEXAMPLE"}},
		},
		"a denial": {
			[]string{all, deny(`"Principal":"*"`)},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.False, Denied: true, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"a denial, and one that does not apply": {
			[]string{all, deny(`"Principal":"*"`), deny(when(`{"Bool":{"aws:SecureTransport":"false"}}`))},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.False, Denied: true, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"denials of what VoiceBase's call is not": {
			[]string{
				all, deny(when(`{"Bool":{"aws:SecureTransport":"false"}}`)), deny(when(`{"Bool":{"aws:ViaAWSService":"true"}}`)),
				deny(when(`{"Bool":{"aws:PrincipalIsAWSService":"true"}}`)), deny(when(`{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}`)),
			},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"a denial of somebody else, of what nobody knows": {
			[]string{all, deny(`"Principal":{"AWS":"444455556666"},"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`)},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
		"everyone else": {
			[]string{allow(`"NotPrincipal":{"AWS":"444455556666"}`), allow(`"Principal":{"AWS":"111122223333"}`)},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Everyone: true, Trusted: []string{"111122223333"}},
		},
		"everyone but the caller": {
			[]string{allow(`"NotPrincipal":{"AWS":"` + user + `"}`)},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.False, Named: iampolicy.False},
		},
		"one of its principals, and all": {
			[]string{allow(`"Principal":{"AWS":"` + user + `"}`), all},
			iampolicy.Caller{Principal: principal(t, "111122223333")},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333", user}},
		},
		"all, and one of its principals": {
			[]string{all, allow(`"Principal":{"AWS":"` + user + `"}`)},
			iampolicy.Caller{Principal: principal(t, "111122223333")},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333", user}},
		},
		"another condition's values are no external IDs": {
			[]string{allow(when(`{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}`))},
			iampolicy.Caller{Principal: principal(t, user)},
			iampolicy.TrustVerdict{Allowed: iampolicy.True, Named: iampolicy.True, Trusted: []string{"111122223333"}},
		},
	} {
		got, err := iampolicy.JudgeTrust(policy(test.statements...), test.caller)
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", name, got, err, test.want)
		}
	}
}
