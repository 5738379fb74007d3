package server_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// TestKeyOfUploads encrypts a bucket by default, with each way to name a key.
func TestKeyOfUploads(t *testing.T) {
	const (
		id  = "11111111-2222-3333-4444-555555555555"
		key = "arn:aws:kms:us-east-1:000000000000:key/" + id
	)
	bucket := newBucket(t)
	admin := s3For(t, customer(), "us-east-1")
	without := s3For(t, newSession(t, policyOf("Allow", "s3:PutObject", "*")), "us-east-1")
	with := s3For(t, newSession(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"},
		{"Effect":"Allow","Action":"kms:GenerateDataKey","Resource":"`+key+`","Condition":{"StringLike":{"kms:ViaService":"s3.us-east-1.*"}}}]}`), "us-east-1")
	for name, test := range map[string]struct {
		algorithm types.ServerSideEncryption
		key       *string
		without   string
	}{
		"S3's own":     {types.ServerSideEncryptionAes256, nil, "ok"},
		"AWS's own":    {types.ServerSideEncryptionAwsKms, nil, "ok"},
		"its alias":    {types.ServerSideEncryptionAwsKms, aws.String("alias/aws/s3"), "ok"},
		"an ARN":       {types.ServerSideEncryptionAwsKms, aws.String(key), "403 AccessDenied"},
		"an ID":        {types.ServerSideEncryptionAwsKms, aws.String(id), "403 AccessDenied"},
		"double layer": {types.ServerSideEncryptionAwsKmsDsse, aws.String(key), "403 AccessDenied"},
	} {
		_, err := admin.PutBucketEncryption(t.Context(), &s3.PutBucketEncryptionInput{
			Bucket: &bucket, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{{
				ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: test.algorithm, KMSMasterKeyID: test.key},
			}}},
		})
		must(t, err)
		if got := outcome(putObject(t.Context(), without, bucket, "key")); got != test.without {
			t.Errorf("%s, without the key: %s", name, got)
		}
		if got := outcome(putObject(t.Context(), with, bucket, "key")); got != "ok" {
			t.Errorf("%s, with the key: %s", name, got)
		}
		if got := outcome(putObject(t.Context(), admin, bucket, "key")); got != "ok" {
			t.Errorf("%s, as root: %s", name, got)
		}
	}
	_, err := without.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("key"), ServerSideEncryption: types.ServerSideEncryptionAes256})
	expect(t, err, "ok")
}
