package provider_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// testCheck has the check read a bucket of moto's as it comes and as it should be, for pre-signed URLs: moto has no policy
// simulator, without which neither a role nor a bucket's policy can be judged.
func (m moto) testCheck(t *testing.T) {
	ctx, client := t.Context(), m.s3()
	bucket := aws.String("acme-check")
	server := acctest.NewServer(t, map[string]any{
		"access_key": "testing", "secret_key": "testing", "s3_use_path_style": true, "max_retries": int64(1),
		"voicebase_arn": "arn:aws:iam::111122223333:role/voicebase-delivery", "external_id": "organization+1",
		"endpoints": []any{map[string]any{"s3": m.url, "iam": m.url, "sts": m.url}},
	})
	arguments := map[string]any{"bucket": *bucket, "key_prefix": "voicebase/"}

	expectFindings(t, checked(t, server, arguments), map[string]bool{"bucket_exists": false})

	must(t)(client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: bucket}))
	t.Cleanup(func() { _, _ = client.DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: bucket}) })
	must(t)(client.PutBucketEncryption(ctx, &s3.PutBucketEncryptionInput{Bucket: bucket, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{
		Rules: []types.ServerSideEncryptionRule{{ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: aws.String("alias/results")}}},
	}}))
	bare := map[string]bool{
		"bucket_exists": true, "bucket_region": true, "bucket_owner": true, "public_access_blocked": false, "acls_disabled": false, "versioning": false,
		"bucket_policy_allows": true, "object_lock": true, "encryption_key": false,
	}
	expectFindings(t, checked(t, server, arguments), bare)

	for _, change := range []func() (any, error){
		func() (any, error) {
			return client.PutPublicAccessBlock(ctx, &s3.PutPublicAccessBlockInput{Bucket: bucket, PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
				BlockPublicAcls: aws.Bool(true), BlockPublicPolicy: aws.Bool(true), IgnorePublicAcls: aws.Bool(true), RestrictPublicBuckets: aws.Bool(true),
			}})
		},
		func() (any, error) {
			return client.PutBucketOwnershipControls(ctx, &s3.PutBucketOwnershipControlsInput{Bucket: bucket, OwnershipControls: &types.OwnershipControls{
				Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnershipBucketOwnerEnforced}},
			}})
		},
		func() (any, error) {
			return client.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}})
		},
		func() (any, error) {
			return client.DeleteBucketEncryption(ctx, &s3.DeleteBucketEncryptionInput{Bucket: bucket})
		},
	} {
		must(t)(change())
	}
	for name := range bare {
		bare[name] = true
	}
	expectFindings(t, checked(t, server, arguments), bare)
	must(t)(client.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: bucket}))
}

// checked are the findings of a check, by their names.
func checked(t *testing.T, server acctest.Server, arguments map[string]any) map[string]bool {
	t.Helper()
	attributes, problems := server.Read(t, "voicebase_delivery_check", arguments)
	if problems != "" {
		t.Fatal(problems)
	}
	var list []tftypes.Value
	must(t)(nil, attributes["findings"].As(&list))
	findings := map[string]bool{}
	for _, value := range list {
		fields := map[string]tftypes.Value{}
		must(t)(nil, value.As(&fields))
		var name string
		var passed bool
		must(t)(nil, fields["name"].As(&name))
		must(t)(nil, fields["passed"].As(&passed))
		findings[name] = passed
	}
	return findings
}

func expectFindings(t *testing.T, got, want map[string]bool) {
	t.Helper()
	for name, passed := range want {
		if found, there := got[name]; !there || found != passed {
			t.Errorf("%s: %v, want %v, of %v", name, found, passed, got)
		}
	}
}

func must(t *testing.T) func(_ any, err error) {
	t.Helper()
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}
