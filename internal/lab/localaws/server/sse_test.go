package server_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

const (
	keyID      = "11111111-2222-3333-4444-555555555555"
	keyARN     = "arn:aws:kms:us-east-1:" + identity.CustomerAccount + ":key/" + keyID
	grantedKey = "arn:aws:kms:us-east-1:" + identity.CustomerAccount + ":key/99999999-2222-3333-4444-555555555555"
)

// encryptedBucket is a bucket with a default encryption.
func encryptedBucket(t *testing.T, algorithm types.ServerSideEncryption, key string, bucketKey bool) string {
	t.Helper()
	bucket := newBucket(t)
	rule := types.ServerSideEncryptionRule{ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: algorithm}, BucketKeyEnabled: &bucketKey}
	if key != "" {
		rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID = &key
	}
	must(t, putEncryption(t.Context(), s3For(t, customer(), "us-east-1"), bucket, rule))
	return bucket
}

func TestAnswersTellTheEncryption(t *testing.T) {
	ctx, c := t.Context(), s3For(t, customer(), "us-east-1")
	for name, test := range map[string]struct {
		bucket    string
		edit      func(*s3.PutObjectInput)
		algorithm types.ServerSideEncryption
		key       string
		bucketKey bool
	}{
		"new bucket":         {newBucket(t), nil, "AES256", "", false},
		"key":                {encryptedBucket(t, "aws:kms", keyARN, false), nil, "aws:kms", keyARN, false},
		"key by its ID":      {encryptedBucket(t, "aws:kms", keyID, false), nil, "aws:kms", keyARN, false},
		"bucket key":         {encryptedBucket(t, "aws:kms", keyARN, true), nil, "aws:kms", keyARN, true},
		"two layers":         {encryptedBucket(t, "aws:kms:dsse", keyARN, false), nil, "aws:kms:dsse", keyARN, false},
		"AES256, by header":  {encryptedBucket(t, "aws:kms", keyARN, true), func(in *s3.PutObjectInput) { in.ServerSideEncryption = "AES256" }, "AES256", "", false},
		"a key by header":    {newBucket(t), func(in *s3.PutObjectInput) { in.ServerSideEncryption, in.SSEKMSKeyId = "aws:kms", aws.String(keyARN) }, "aws:kms", keyARN, false},
		"AES256, bucket key": {encryptedBucket(t, "AES256", "", true), nil, "AES256", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			in := &s3.PutObjectInput{Bucket: &test.bucket, Key: aws.String("k"), Body: strings.NewReader("{}")}
			if test.edit != nil {
				test.edit(in)
			}
			put, err := c.PutObject(ctx, in)
			must(t, err)
			head, err := c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &test.bucket, Key: aws.String("k")})
			must(t, err)
			get, err := c.GetObject(ctx, &s3.GetObjectInput{Bucket: &test.bucket, Key: aws.String("k")})
			must(t, err)
			must(t, get.Body.Close())
			for _, got := range []struct {
				algorithm types.ServerSideEncryption
				key       *string
				bucketKey *bool
			}{{put.ServerSideEncryption, put.SSEKMSKeyId, put.BucketKeyEnabled}, {head.ServerSideEncryption, head.SSEKMSKeyId, head.BucketKeyEnabled}, {get.ServerSideEncryption, get.SSEKMSKeyId, get.BucketKeyEnabled}} {
				if got.algorithm != test.algorithm || aws.ToString(got.key) != test.key || aws.ToBool(got.bucketKey) != test.bucketKey {
					t.Errorf("got %s %s %v", got.algorithm, aws.ToString(got.key), aws.ToBool(got.bucketKey))
				}
			}
		})
	}
}

// TestObjectsKeepTheirEncryption changes the bucket's, and adds versions.
func TestObjectsKeepTheirEncryption(t *testing.T) {
	ctx, c := t.Context(), s3For(t, customer(), "us-east-1")
	bucket := encryptedBucket(t, "aws:kms", "", false)
	must(t, enableVersioning(ctx, c, bucket))
	first, err := c.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), Body: strings.NewReader("1")})
	must(t, err)
	if !strings.HasPrefix(aws.ToString(first.SSEKMSKeyId), "arn:aws:kms:us-east-1:"+identity.CustomerAccount+":key/") {
		t.Errorf("AWS's own key is %s", aws.ToString(first.SSEKMSKeyId))
	}
	must(t, second(c.DeleteBucketEncryption(ctx, &s3.DeleteBucketEncryptionInput{Bucket: &bucket})))
	head := func(version *string) types.ServerSideEncryption {
		out, err := c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("k"), VersionId: version})
		must(t, err)
		return out.ServerSideEncryption
	}
	equal(t, head(nil), types.ServerSideEncryptionAwsKms)
	must(t, putObject(ctx, c, bucket, "k"))
	equal(t, head(nil), types.ServerSideEncryptionAes256)
	equal(t, head(first.VersionId), types.ServerSideEncryptionAwsKms)
}

func TestMultipartUploadsAreEncrypted(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), encryptedBucket(t, "aws:kms", keyARN, false)
	upload, err := c.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: &bucket, Key: aws.String("big")})
	must(t, err)
	equal(t, upload.ServerSideEncryption, types.ServerSideEncryptionAwsKms)
	must(t, second(c.DeleteBucketEncryption(ctx, &s3.DeleteBucketEncryptionInput{Bucket: &bucket})))
	part, err := c.UploadPart(ctx, &s3.UploadPartInput{Bucket: &bucket, Key: aws.String("big"), UploadId: upload.UploadId, PartNumber: aws.Int32(1), Body: strings.NewReader("part")})
	must(t, err)
	equal(t, aws.ToString(part.SSEKMSKeyId), keyARN)
	must(t, second(c.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: &bucket, Key: aws.String("big"), UploadId: upload.UploadId,
		MultipartUpload: &types.CompletedMultipartUpload{Parts: []types.CompletedPart{{ETag: part.ETag, PartNumber: aws.Int32(1), ChecksumCRC32: part.ChecksumCRC32}}},
	})))
	head, err := c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("big")})
	must(t, err)
	equal(t, aws.ToString(head.SSEKMSKeyId), keyARN)
}

// TestKeysTakePermissions lets roles write to and read from encrypted buckets.
func TestKeysTakePermissions(t *testing.T) {
	ctx := t.Context()
	all := func(more ...string) string {
		return `{"Version":"2012-10-17","Statement":[` + strings.Join(append([]string{`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`}, more...), ",") + `]}`
	}
	generate := `{"Effect":"Allow","Action":"kms:GenerateDataKey","Resource":"` + keyARN + `"}`
	viaS3 := strings.Replace(generate, `}`, `,"Condition":{"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}}`, 1)
	viaOther := strings.Replace(viaS3, "us-east-1.amazonaws", "eu-west-1.amazonaws", 1)
	forKey := strings.Replace(generate, `}`, `,"Condition":{"StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::*/k"}}}`, 1)
	for name, test := range map[string]struct {
		policy, key string
		bucketKey   bool
		want        string
	}{
		"allowed":                   {all(generate), keyARN, false, "ok"},
		"by the key's ID":           {all(generate), keyID, false, "ok"},
		"no permission":             {all(), keyARN, false, "403 AccessDenied"},
		"to read only":              {all(strings.Replace(generate, "GenerateDataKey", "Decrypt", 1)), keyARN, false, "403 AccessDenied"},
		"another key's":             {all(generate), grantedKey, false, "403 AccessDenied"},
		"AWS's own key":             {all(), "", false, "ok"},
		"through S3":                {all(viaS3), keyARN, false, "ok"},
		"through S3 elsewhere":      {all(viaOther), keyARN, false, "403 AccessDenied"},
		"for the object":            {all(forKey), keyARN, false, "ok"},
		"for the object, by bucket": {all(forKey), keyARN, true, "403 AccessDenied"},
		"denied":                    {all(generate, strings.Replace(generate, "Allow", "Deny", 1)), keyARN, false, "403 AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			bucket := encryptedBucket(t, "aws:kms", test.key, test.bucketKey)
			session := newSession(t, test.policy)
			expect(t, putObject(ctx, s3For(t, session, "us-east-1"), bucket, "k"), test.want)
			want := map[string]string{"ok": "200"}[test.want]
			if want == "" {
				want = "403 AccessDenied"
			}
			if got := send(t, http.MethodPut, presignPut(t, session, bucket, "k", time.Hour, 0), jsonHeader(), "{}"); got != want {
				t.Errorf("pre-signed: %s", got)
			}
			expect(t, putObject(ctx, s3For(t, customer(), "us-east-1"), bucket, "k"), "ok")
		})
	}
	bucket := encryptedBucket(t, "aws:kms", keyARN, false)
	must(t, putObject(ctx, s3For(t, customer(), "us-east-1"), bucket, "k"))
	get := func(policy string) error {
		return second(s3For(t, newSession(t, policy), "us-east-1").GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: aws.String("k")}))
	}
	expect(t, get(all(generate)), "403 AccessDenied")
	expect(t, get(all(strings.Replace(generate, "GenerateDataKey", "Decrypt", 1))), "ok")
}

func TestCustomerKeys(t *testing.T) {
	ctx, c := t.Context(), s3For(t, customer(), "us-east-1")
	open, blocked := newBucket(t), newBucket(t)
	block := func(kinds ...types.EncryptionType) error {
		return putEncryption(ctx, c, blocked, types.ServerSideEncryptionRule{
			ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: "AES256"}, BlockedEncryptionTypes: &types.BlockedEncryptionTypes{EncryptionType: kinds},
		})
	}
	expect(t, block("SSE-X"), "400 MalformedXML")
	expect(t, block("SSE-C"), "ok")
	key := bytes.Repeat([]byte("k"), 32)
	put := func(bucket string, key []byte) error {
		return second(c.PutObject(ctx, &s3.PutObjectInput{
			Bucket: &bucket, Key: aws.String("k"), Body: strings.NewReader("{}"),
			SSECustomerAlgorithm: aws.String("AES256"), SSECustomerKey: encoded(key), SSECustomerKeyMD5: hashed(key),
		}))
	}
	get := func(key []byte) error {
		in := &s3.GetObjectInput{Bucket: &open, Key: aws.String("k")}
		if key != nil {
			in.SSECustomerAlgorithm, in.SSECustomerKey, in.SSECustomerKeyMD5 = aws.String("AES256"), encoded(key), hashed(key)
		}
		return second(c.GetObject(ctx, in))
	}
	expect(t, put(blocked, key), "403 AccessDenied")
	expect(t, putObject(ctx, c, blocked, "k"), "ok")
	expect(t, put(open, key), "ok")
	expect(t, put(open, key[1:]), "400 InvalidArgument")
	expect(t, get(key), "ok")
	expect(t, get(nil), "400 InvalidRequest")
	expect(t, get(bytes.Repeat([]byte("x"), 32)), "403 AccessDenied")
	must(t, putObject(ctx, c, open, "k"))
	expect(t, get(key), "400 InvalidRequest")
	expect(t, get(nil), "ok")
	expect(t, block("NONE"), "ok")
	expect(t, put(blocked, key), "ok")
}

func encoded(key []byte) *string { return aws.String(base64.StdEncoding.EncodeToString(key)) }

func hashed(key []byte) *string {
	sum := md5.Sum(key)
	return encoded(sum[:])
}

func TestBadEncryptionHeaders(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), newBucket(t)
	for name, test := range map[string]struct {
		edit func(*s3.PutObjectInput)
		want string
	}{
		"unknown":           {func(in *s3.PutObjectInput) { in.ServerSideEncryption = "ROT13" }, "400 InvalidArgument"},
		"key without kms":   {func(in *s3.PutObjectInput) { in.SSEKMSKeyId = aws.String(keyARN) }, "400 InvalidArgument"},
		"key with AES256":   {func(in *s3.PutObjectInput) { in.ServerSideEncryption, in.SSEKMSKeyId = "AES256", aws.String(keyARN) }, "400 InvalidArgument"},
		"a key that is not": {func(in *s3.PutObjectInput) { in.ServerSideEncryption, in.SSEKMSKeyId = "aws:kms", aws.String("x y") }, "400 KMS.NotFoundException"},
		"wrong hash": {func(in *s3.PutObjectInput) {
			in.SSECustomerAlgorithm, in.SSECustomerKey, in.SSECustomerKeyMD5 = aws.String("AES256"), encoded(bytes.Repeat([]byte("k"), 32)), hashed([]byte("another"))
		}, "400 InvalidArgument"},
	} {
		t.Run(name, func(t *testing.T) {
			in := &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), Body: strings.NewReader("{}")}
			test.edit(in)
			expect(t, second(c.PutObject(ctx, in)), test.want)
		})
	}
}

// TestObjectLockAsksForAChecksum uploads where everything is retained.
func TestObjectLockAsksForAChecksum(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), unique("locked")
	must(t, second(c.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &bucket, ObjectLockEnabledForBucket: aws.Bool(true)})))
	url := func(key string) string { return presignPut(t, customer(), bucket, key, time.Hour, 0) }
	if got := send(t, http.MethodPut, url("before"), jsonHeader(), "{}"); got != "200" {
		t.Errorf("without a default: %s", got)
	}
	must(t, retain(ctx, c, bucket))
	if got := send(t, http.MethodPut, url("after"), jsonHeader(), "{}"); got != "400 InvalidRequest" {
		t.Errorf("with a default: %s", got)
	}
	sum := md5.Sum([]byte("{}"))
	header := jsonHeader()
	header.Set("Content-Md5", base64.StdEncoding.EncodeToString(sum[:]))
	if got := send(t, http.MethodPut, url("after"), header, "{}"); got != "200" {
		t.Errorf("with an MD5: %s", got)
	}
	expect(t, second(c.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("by-sdk"), Body: strings.NewReader("{}"), ChecksumAlgorithm: "CRC32"})), "ok")
	lock, err := c.GetObjectLockConfiguration(ctx, &s3.GetObjectLockConfigurationInput{Bucket: &bucket})
	must(t, err)
	equal(t, *lock.ObjectLockConfiguration.Rule.DefaultRetention.Days, int32(1))
}

func retain(ctx context.Context, c *s3.Client, bucket string) error {
	return second(c.PutObjectLockConfiguration(ctx, &s3.PutObjectLockConfigurationInput{Bucket: &bucket, ObjectLockConfiguration: &types.ObjectLockConfiguration{
		ObjectLockEnabled: "Enabled", Rule: &types.ObjectLockRule{DefaultRetention: &types.DefaultRetention{Mode: "GOVERNANCE", Days: aws.Int32(1)}},
	}}))
}
