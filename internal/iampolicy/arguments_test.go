package iampolicy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

func roleArguments() iampolicy.RoleArguments {
	return iampolicy.RoleArguments{
		VoiceBaseARN: "111122223333", ExternalID: "0e2a8f5c-organization-id", BucketARN: bucketARN,
		KeyPrefixes: []string{"voicebase/"}, KMSKeyARN: keyARN, Access: "write",
	}
}

func TestRoleArgumentsBuildTheDocuments(t *testing.T) {
	t.Parallel()
	a := roleArguments()
	partition, errs := a.Partition("")
	if partition != "aws" || errs != nil {
		t.Errorf("got partition %q, %v", partition, errs)
	}
	trust, errs := a.TrustPolicy(partition)
	if !strings.Contains(trust, `"arn:aws:iam::111122223333:root"`) || errs != nil {
		t.Errorf("got %s, %v", trust, errs)
	}
	if trust, errs := a.TrustPolicy(""); trust != "" || errs != nil {
		t.Errorf("an account of no known partition: got %s, %v", trust, errs)
	}
	permissions, errs := a.PermissionsPolicy()
	if !strings.Contains(permissions, `"arn:aws:s3:::acme-results/voicebase/*"`) || errs != nil {
		t.Errorf("got %s, %v", permissions, errs)
	}
}

func TestRoleArgumentsSayWhichIsWrong(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change         func(*iampolicy.RoleArguments)
		argument, want string
	}{
		"principal":      {func(a *iampolicy.RoleArguments) { a.VoiceBaseARN = "*" }, "voicebase_arn", "every AWS account"},
		"external ID":    {func(a *iampolicy.RoleArguments) { a.ExternalID = "x" }, "external_id", "2–1224"},
		"bucket":         {func(a *iampolicy.RoleArguments) { a.BucketARN = "acme" }, "bucket_arn", "not an ARN"},
		"key":            {func(a *iampolicy.RoleArguments) { a.KMSKeyARN = "alias/mine" }, "kms_key_arn", "not an ARN"},
		"access":         {func(a *iampolicy.RoleArguments) { a.Access = "read" }, "access", `"read"`},
		"prefix":         {func(a *iampolicy.RoleArguments) { a.KeyPrefixes = []string{"a"} }, "key_prefixes", "end with a slash"},
		"no prefix":      {func(a *iampolicy.RoleArguments) { a.KeyPrefixes = []string{} }, "key_prefixes", "the set is empty"},
		"partition":      {func(a *iampolicy.RoleArguments) { a.KMSKeyARN = "arn:aws-cn:kms:cn-north-1:111122223333:key/1" }, "kms_key_arn", "aws-cn"},
		"boundary":       {func(a *iampolicy.RoleArguments) { a.PermissionsBoundary = "boundary" }, "permissions_boundary", "not an ARN"},
		"too many by 1":  {func(a *iampolicy.RoleArguments) { a.KeyPrefixes = prefixesOf(iampolicy.MaxInlinePolicy + 1) }, "key_prefixes", "have 10241 characters, which exceeds IAM's limit of 10240"},
		"exactly enough": {func(a *iampolicy.RoleArguments) { a.KeyPrefixes = prefixesOf(iampolicy.MaxInlinePolicy) }, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := roleArguments()
			test.change(&a)
			_, errs := a.Partition("")
			if len(errs) == 0 {
				_, trustErrs := a.TrustPolicy("aws")
				_, permissionErrs := a.PermissionsPolicy()
				errs = append(trustErrs, permissionErrs...)
			}
			if test.argument == "" && len(errs) == 0 {
				return
			}
			if len(errs) != 1 || errs[0].Argument != test.argument || errs[0].Summary == "" || !strings.Contains(errs[0].Err.Error(), test.want) {
				t.Errorf("got %+v, want %s: %s", errs, test.argument, test.want)
			}
		})
	}
}

// prefixesOf returns prefixes that make a permissions policy of so many characters. Spaces and the second byte of a
// letter are none, by IAM's count.
func prefixesOf(size int) []string {
	a := roleArguments()
	a.KeyPrefixes = []string{"ü b/"}
	for i := range 282 {
		a.KeyPrefixes = append(a.KeyPrefixes, fmt.Sprintf("%03d/", i))
	}
	document, _ := a.PermissionsPolicy()
	a.KeyPrefixes[0] = strings.Repeat("ü ", size-len([]rune(strings.ReplaceAll(document, " ", "")))+1) + "b/"
	return a.KeyPrefixes
}

// The longest principal and external ID make a trust policy that IAM takes.
func TestTrustPolicyFits(t *testing.T) {
	t.Parallel()
	a := iampolicy.RoleArguments{
		VoiceBaseARN: "arn:aws-us-gov:iam::111122223333:role/" + strings.Repeat("p", 510) + "/" + strings.Repeat("n", 64),
		ExternalID:   strings.Repeat("x", 1224),
	}
	trust, errs := a.TrustPolicy("aws-us-gov")
	if len(errs) > 0 || len(trust) > 2048 {
		t.Errorf("%d characters, %v", len(trust), errs)
	}
}

func TestBucketArgumentsSayWhichIsWrong(t *testing.T) {
	t.Parallel()
	var sources []string
	for i := range 1500 {
		sources = append(sources, fmt.Sprintf("10.%d.%d.0/24", i/256, i%256))
	}
	for name, test := range map[string]struct {
		a              iampolicy.BucketArguments
		argument, want string
	}{
		"all":         {iampolicy.BucketArguments{PresignedURLMaxAge: "24h", PresignedURLSourceIPs: sources[:2], Policy: ownPolicy}, "", ""},
		"age":         {iampolicy.BucketArguments{PresignedURLMaxAge: "8d"}, "presigned_url_max_age", `"8d"`},
		"source":      {iampolicy.BucketArguments{PresignedURLSourceIPs: []string{"10.0.0.0/33"}}, "presigned_url_source_ips", "CIDR"},
		"policy":      {iampolicy.BucketArguments{Policy: "{"}, "policy", "JSON"},
		"too many":    {iampolicy.BucketArguments{PresignedURLSourceIPs: sources}, "presigned_url_source_ips", "20480"},
		"both, large": {iampolicy.BucketArguments{PresignedURLSourceIPs: sources, Policy: ownPolicy}, "policy", "20480"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.a.BucketARN = resultsARN
			policy, errs := test.a.BucketPolicy()
			if test.argument == "" {
				if len(errs) > 0 || policy == "" {
					t.Errorf("got %s, %v", policy, errs)
				}
				return
			}
			if len(errs) != 1 || errs[0].Argument != test.argument || !strings.Contains(errs[0].Err.Error(), test.want) {
				t.Errorf("got %+v, want %s: %s", errs, test.argument, test.want)
			}
		})
	}
}
