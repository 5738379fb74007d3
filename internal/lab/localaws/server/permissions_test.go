package server_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// operations are the calls about a bucket, each with the permission it takes.
// They leave the bucket as they found it, or better.
func operations() map[string]struct {
	action string
	call   caller
} {
	type operation = struct {
		action string
		call   caller
	}
	return map[string]operation{
		"HeadBucket": {"s3:ListBucket", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &b}))
		}},
		"ListObjectsV2": {"s3:ListBucket", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &b}))
		}},
		"ListObjectVersions": {"s3:ListBucketVersions", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &b}))
		}},
		"ListMultipartUploads": {"s3:ListBucketMultipartUploads", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: &b}))
		}},
		"GetBucketLocation": {"s3:GetBucketLocation", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketLocation(ctx, &s3.GetBucketLocationInput{Bucket: &b}))
		}},
		"GetBucketAcl": {"s3:GetBucketAcl", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketAcl(ctx, &s3.GetBucketAclInput{Bucket: &b}))
		}},
		"GetPublicAccessBlock": {"s3:GetBucketPublicAccessBlock", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &b}))
		}},
		"PutPublicAccessBlock": {"s3:PutBucketPublicAccessBlock", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.PutPublicAccessBlock(ctx, &s3.PutPublicAccessBlockInput{Bucket: &b, PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{}}))
		}},
		"DeletePublicAccessBlock": {"s3:PutBucketPublicAccessBlock", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.DeletePublicAccessBlock(ctx, &s3.DeletePublicAccessBlockInput{Bucket: &b}))
		}},
		"GetBucketOwnershipControls": {"s3:GetBucketOwnershipControls", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: &b}))
		}},
		"PutBucketOwnershipControls": {"s3:PutBucketOwnershipControls", func(ctx context.Context, c *s3.Client, b string) error {
			return putOwnership(ctx, c, b, types.ObjectOwnershipBucketOwnerEnforced)
		}},
		"GetBucketEncryption": {"s3:GetEncryptionConfiguration", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &b}))
		}},
		"PutBucketEncryption": {"s3:PutEncryptionConfiguration", encrypting("AES256", "")},
		"DeleteBucketEncryption": {"s3:PutEncryptionConfiguration", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.DeleteBucketEncryption(ctx, &s3.DeleteBucketEncryptionInput{Bucket: &b}))
		}},
		"GetBucketVersioning": {"s3:GetBucketVersioning", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &b}))
		}},
		"PutBucketVersioning": {"s3:PutBucketVersioning", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: &b, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}}))
		}},
		"PutBucketLifecycleConfiguration": {"s3:PutLifecycleConfiguration", func(ctx context.Context, c *s3.Client, b string) error {
			return putRules(ctx, c, b, goodRules()...)
		}},
		"GetBucketLifecycleConfiguration": {"s3:GetLifecycleConfiguration", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &b}))
		}},
		"DeleteBucketLifecycle": {"s3:PutLifecycleConfiguration", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.DeleteBucketLifecycle(ctx, &s3.DeleteBucketLifecycleInput{Bucket: &b}))
		}},
		"PutBucketPolicy": {"s3:PutBucketPolicy", func(ctx context.Context, c *s3.Client, b string) error {
			policy := bucketPolicy(b, denyHTTP)
			return second(c.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &b, Policy: &policy}))
		}},
		"GetBucketPolicy": {"s3:GetBucketPolicy", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &b}))
		}},
		"GetBucketPolicyStatus": {"s3:GetBucketPolicyStatus", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketPolicyStatus(ctx, &s3.GetBucketPolicyStatusInput{Bucket: &b}))
		}},
		"DeleteBucketPolicy": {"s3:DeleteBucketPolicy", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.DeleteBucketPolicy(ctx, &s3.DeleteBucketPolicyInput{Bucket: &b}))
		}},
		"PutBucketTagging": {"s3:PutBucketTagging", func(ctx context.Context, c *s3.Client, b string) error {
			return putTags(ctx, c, b, tag("a", "b"))
		}},
		"GetBucketTagging": {"s3:GetBucketTagging", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &b}))
		}},
		"DeleteBucketTagging": {"s3:PutBucketTagging", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.DeleteBucketTagging(ctx, &s3.DeleteBucketTaggingInput{Bucket: &b}))
		}},
		"GetBucketLogging": {"s3:GetBucketLogging", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketLogging(ctx, &s3.GetBucketLoggingInput{Bucket: &b}))
		}},
		"PutBucketLogging": {"s3:PutBucketLogging", func(ctx context.Context, c *s3.Client, b string) error {
			return logsTo(b)(ctx, c, b)
		}},
		"GetBucketNotificationConfiguration": {"s3:GetBucketNotification", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketNotificationConfiguration(ctx, &s3.GetBucketNotificationConfigurationInput{Bucket: &b}))
		}},
		"PutBucketNotificationConfiguration": {"s3:PutBucketNotification", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.PutBucketNotificationConfiguration(ctx, &s3.PutBucketNotificationConfigurationInput{Bucket: &b, NotificationConfiguration: &types.NotificationConfiguration{EventBridgeConfiguration: &types.EventBridgeConfiguration{}}}))
		}},
		"GetBucketAccelerateConfiguration": {"s3:GetAccelerateConfiguration", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketAccelerateConfiguration(ctx, &s3.GetBucketAccelerateConfigurationInput{Bucket: &b}))
		}},
		"GetBucketRequestPayment": {"s3:GetBucketRequestPayment", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetBucketRequestPayment(ctx, &s3.GetBucketRequestPaymentInput{Bucket: &b}))
		}},
		"PutObject": {"s3:PutObject", func(ctx context.Context, c *s3.Client, b string) error { return putObject(ctx, c, b, "k") }},
		"GetObject": {"s3:GetObject", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.GetObject(ctx, &s3.GetObjectInput{Bucket: &b, Key: aws.String("k")}))
		}},
		"HeadObject": {"s3:GetObject", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &b, Key: aws.String("k")}))
		}},
		"DeleteObject": {"s3:DeleteObject", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &b, Key: aws.String("other")}))
		}},
		"CreateMultipartUpload": {"s3:PutObject", func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: &b, Key: aws.String("big")}))
		}},
	}
}

// prepare makes what the calls of operations look for.
func prepare(t *testing.T) string {
	t.Helper()
	bucket, c, ctx := newBucket(t), s3For(t, customer(), "us-east-1"), t.Context()
	must(t, putObject(ctx, c, bucket, "k"))
	must(t, putRules(ctx, c, bucket, goodRules()...))
	must(t, putTags(ctx, c, bucket, tag("a", "b")))
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, denyHTTP)))
	return bucket
}

// TestEachPermission makes each call with exactly its permission, and with all
// but that one.
func TestEachPermission(t *testing.T) {
	for name, op := range operations() {
		t.Run(name, func(t *testing.T) {
			bucket := prepare(t)
			none := newSession(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"`+op.action+`","Resource":"*"}]}`)
			refused := outcome(op.call(t.Context(), s3For(t, none, "us-east-1"), bucket))
			if refused != "403 AccessDenied" && (refused != "403 Forbidden" || !strings.HasPrefix(name, "Head")) {
				t.Errorf("without %s: %s", op.action, refused)
			}
			exact := newSession(t, policyOf("Allow", op.action, "*"))
			expect(t, op.call(t.Context(), s3For(t, exact, "us-east-1"), bucket), "ok")
		})
	}
}

// TestEachCallIsAuthenticated makes each call with a wrong secret, as
// VoiceBase and on a bucket that is not there.
func TestEachCallIsAuthenticated(t *testing.T) {
	bucket := prepare(t)
	forged, stranger, admin := s3For(t, customer().wrongSecret(), "us-east-1"), s3For(t, voicebase(), "us-east-1"), s3For(t, customer(), "us-east-1")
	for name, op := range operations() {
		t.Run(name, func(t *testing.T) {
			if strings.HasPrefix(name, "Head") {
				expect(t, op.call(t.Context(), forged, bucket), "403 Forbidden")
				expect(t, op.call(t.Context(), stranger, bucket), "403 Forbidden")
				expect(t, op.call(t.Context(), admin, "no-such-bucket"), "404 NotFound")
				return
			}
			expect(t, op.call(t.Context(), forged, bucket), "403 SignatureDoesNotMatch")
			expect(t, op.call(t.Context(), stranger, bucket), "403 AccessDenied")
			expect(t, op.call(t.Context(), admin, "no-such-bucket"), "404 NoSuchBucket")
		})
	}
}
