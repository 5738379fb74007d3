package server_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func TestNewBucketIsAsOnAWS(t *testing.T) {
	bucket, c, ctx := newBucket(t), s3For(t, customer(), "us-east-1"), t.Context()
	block, err := c.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &bucket})
	must(t, err)
	on := aws.Bool(true)
	if want := (&types.PublicAccessBlockConfiguration{BlockPublicAcls: on, IgnorePublicAcls: on, BlockPublicPolicy: on, RestrictPublicBuckets: on}); !reflect.DeepEqual(block.PublicAccessBlockConfiguration, want) {
		t.Errorf("public access block: %+v", block.PublicAccessBlockConfiguration)
	}
	encryption, err := c.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &bucket})
	must(t, err)
	if rule := encryption.ServerSideEncryptionConfiguration.Rules[0]; rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm != "AES256" || rule.BucketKeyEnabled == nil || *rule.BucketKeyEnabled {
		t.Errorf("encryption: %+v", rule)
	}
	ownership, err := c.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: &bucket})
	must(t, err)
	if got := ownership.OwnershipControls.Rules[0].ObjectOwnership; got != types.ObjectOwnershipBucketOwnerEnforced {
		t.Errorf("ownership: %s", got)
	}
	versioning, err := c.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &bucket})
	must(t, err)
	if versioning.Status != "" {
		t.Errorf("versioning: %q", versioning.Status)
	}
	notification, err := c.GetBucketNotificationConfiguration(ctx, &s3.GetBucketNotificationConfigurationInput{Bucket: &bucket})
	must(t, err)
	if notification.EventBridgeConfiguration != nil {
		t.Error("EventBridge is on")
	}
	payment, err := c.GetBucketRequestPayment(ctx, &s3.GetBucketRequestPaymentInput{Bucket: &bucket})
	must(t, err)
	if payment.Payer != types.PayerBucketOwner {
		t.Errorf("payer: %s", payment.Payer)
	}
	for name, err := range map[string]error{
		"404 NoSuchLifecycleConfiguration":          second(c.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &bucket})),
		"404 NoSuchBucketPolicy":                    second(c.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &bucket})),
		"404 NoSuchTagSet":                          second(c.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &bucket})),
		"404 NoSuchCORSConfiguration":               second(c.GetBucketCors(ctx, &s3.GetBucketCorsInput{Bucket: &bucket})),
		"404 NoSuchWebsiteConfiguration":            second(c.GetBucketWebsite(ctx, &s3.GetBucketWebsiteInput{Bucket: &bucket})),
		"404 ReplicationConfigurationNotFoundError": second(c.GetBucketReplication(ctx, &s3.GetBucketReplicationInput{Bucket: &bucket})),
		"404 ObjectLockConfigurationNotFoundError":  second(c.GetObjectLockConfiguration(ctx, &s3.GetObjectLockConfigurationInput{Bucket: &bucket})),
	} {
		expect(t, err, name)
	}
}

func second[T any](_ T, err error) error { return err }

// caller is one call of a client about a bucket.
type caller func(ctx context.Context, c *s3.Client, bucket string) error

func TestSettingsAreKept(t *testing.T) {
	bucket, target, c, ctx := newBucket(t), newBucket(t), s3For(t, customer(), "us-east-1"), t.Context()
	block := &types.PublicAccessBlockConfiguration{BlockPublicAcls: aws.Bool(true), IgnorePublicAcls: aws.Bool(false), BlockPublicPolicy: aws.Bool(true), RestrictPublicBuckets: aws.Bool(false)}
	must(t, second(c.PutPublicAccessBlock(ctx, &s3.PutPublicAccessBlockInput{Bucket: &bucket, PublicAccessBlockConfiguration: block})))
	gotBlock, err := c.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &bucket})
	must(t, err)
	equal(t, gotBlock.PublicAccessBlockConfiguration, block)

	rule := types.ServerSideEncryptionRule{
		ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: aws.String("arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555")},
		BucketKeyEnabled:                   aws.Bool(true),
	}
	must(t, putEncryption(ctx, c, bucket, rule))
	gotEncryption, err := c.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &bucket})
	must(t, err)
	equal(t, gotEncryption.ServerSideEncryptionConfiguration.Rules, []types.ServerSideEncryptionRule{rule})

	must(t, putRules(ctx, c, bucket, goodRules()...))
	gotRules, err := c.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &bucket})
	must(t, err)
	equal(t, gotRules.Rules, goodRules())
	equal(t, gotRules.TransitionDefaultMinimumObjectSize, types.TransitionDefaultMinimumObjectSizeAllStorageClasses128k)

	logs := &types.BucketLoggingStatus{LoggingEnabled: &types.LoggingEnabled{TargetBucket: &target, TargetPrefix: aws.String("logs/")}}
	must(t, second(c.PutBucketLogging(ctx, &s3.PutBucketLoggingInput{Bucket: &bucket, BucketLoggingStatus: logs})))
	gotLogs, err := c.GetBucketLogging(ctx, &s3.GetBucketLoggingInput{Bucket: &bucket})
	must(t, err)
	equal(t, gotLogs.LoggingEnabled, logs.LoggingEnabled)

	events := &types.NotificationConfiguration{EventBridgeConfiguration: &types.EventBridgeConfiguration{}}
	must(t, second(c.PutBucketNotificationConfiguration(ctx, &s3.PutBucketNotificationConfigurationInput{Bucket: &bucket, NotificationConfiguration: events})))
	gotEvents, err := c.GetBucketNotificationConfiguration(ctx, &s3.GetBucketNotificationConfigurationInput{Bucket: &bucket})
	must(t, err)
	equal(t, gotEvents.EventBridgeConfiguration, events.EventBridgeConfiguration)

	must(t, second(c.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: &bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusSuspended}})))
	gotVersioning, err := c.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &bucket})
	must(t, err)
	equal(t, gotVersioning.Status, types.BucketVersioningStatusSuspended)

	must(t, putTags(ctx, c, bucket, tag("env", "test"), tag("owner", "a b=c")))
	gotTags, err := c.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &bucket})
	must(t, err)
	equal(t, len(gotTags.TagSet), 2)

	must(t, putOwnership(ctx, c, bucket, types.ObjectOwnershipBucketOwnerPreferred))
	gotOwnership, err := c.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: &bucket})
	must(t, err)
	equal(t, gotOwnership.OwnershipControls.Rules[0].ObjectOwnership, types.ObjectOwnershipBucketOwnerPreferred)
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func putEncryption(ctx context.Context, c *s3.Client, bucket string, rules ...types.ServerSideEncryptionRule) error {
	_, err := c.PutBucketEncryption(ctx, &s3.PutBucketEncryptionInput{Bucket: &bucket, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: append([]types.ServerSideEncryptionRule{}, rules...)}})
	return err
}

func putRules(ctx context.Context, c *s3.Client, bucket string, rules ...types.LifecycleRule) error {
	_, err := c.PutBucketLifecycleConfiguration(ctx, &s3.PutBucketLifecycleConfigurationInput{Bucket: &bucket, LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: append([]types.LifecycleRule{}, rules...)}})
	return err
}

func putTags(ctx context.Context, c *s3.Client, bucket string, tags ...types.Tag) error {
	_, err := c.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{Bucket: &bucket, Tagging: &types.Tagging{TagSet: tags}})
	return err
}

func putOwnership(ctx context.Context, c *s3.Client, bucket string, ownership types.ObjectOwnership) error {
	_, err := c.PutBucketOwnershipControls(ctx, &s3.PutBucketOwnershipControlsInput{
		Bucket: &bucket, OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: ownership}}},
	})
	return err
}

func goodRules() []types.LifecycleRule {
	return []types.LifecycleRule{
		{
			ID: aws.String("all"), Status: "Enabled", Filter: &types.LifecycleRuleFilter{Prefix: aws.String("calls/")},
			Expiration:                     &types.LifecycleExpiration{Days: aws.Int32(30)},
			NoncurrentVersionExpiration:    &types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(7)},
			AbortIncompleteMultipartUpload: &types.AbortIncompleteMultipartUpload{DaysAfterInitiation: aws.Int32(3)},
		},
		{
			ID: aws.String("archive"), Status: "Disabled",
			Filter:      &types.LifecycleRuleFilter{And: &types.LifecycleRuleAndOperator{Prefix: aws.String("x/"), Tags: []types.Tag{tag("a", "b")}}},
			Transitions: []types.Transition{{Days: aws.Int32(60), StorageClass: types.TransitionStorageClassGlacier}},
		},
	}
}

// moving is a rule with two transitions.
func moving(days int32, class types.TransitionStorageClass, secondDays int32, second types.TransitionStorageClass) caller {
	return expiring(func(r *types.LifecycleRule) {
		r.Expiration = nil
		r.Transitions = []types.Transition{{Days: &days, StorageClass: class}, {Days: &secondDays, StorageClass: second}}
	})
}

// expiring is a good rule, changed by edit.
func expiring(edit func(*types.LifecycleRule)) caller {
	rule := types.LifecycleRule{
		ID: aws.String("r"), Status: "Enabled", Filter: &types.LifecycleRuleFilter{Prefix: aws.String("")},
		Expiration: &types.LifecycleExpiration{Days: aws.Int32(1)},
	}
	edit(&rule)
	return func(ctx context.Context, c *s3.Client, bucket string) error { return putRules(ctx, c, bucket, rule) }
}

func encrypting(algorithm types.ServerSideEncryption, key string) caller {
	rule := types.ServerSideEncryptionRule{ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: algorithm}}
	if key != "" {
		rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID = &key
	}
	return func(ctx context.Context, c *s3.Client, bucket string) error {
		return putEncryption(ctx, c, bucket, rule)
	}
}

func logsTo(target string) caller {
	return func(ctx context.Context, c *s3.Client, bucket string) error {
		return second(c.PutBucketLogging(ctx, &s3.PutBucketLoggingInput{Bucket: &bucket, BucketLoggingStatus: &types.BucketLoggingStatus{
			LoggingEnabled: &types.LoggingEnabled{TargetBucket: &target, TargetPrefix: aws.String("")},
		}}))
	}
}

func TestSettingsAreChecked(t *testing.T) {
	bucket, c := newBucket(t), s3For(t, customer(), "us-east-1")
	elsewhere := unique("bucket-eu")
	must(t, create(t, customer(), "eu-west-1", elsewhere, "eu-west-1"))
	for name, test := range map[string]struct {
		call caller
		want string
	}{
		"rule without action":    {expiring(func(r *types.LifecycleRule) { r.Expiration = nil }), "400 InvalidRequest"},
		"rule of zero days":      {expiring(func(r *types.LifecycleRule) { r.Expiration.Days = aws.Int32(0) }), "400 InvalidArgument"},
		"rule of negative days":  {expiring(func(r *types.LifecycleRule) { r.Expiration.Days = aws.Int32(-1) }), "400 InvalidArgument"},
		"rule with empty action": {expiring(func(r *types.LifecycleRule) { r.Expiration = &types.LifecycleExpiration{} }), "400 MalformedXML"},
		"rule with two filters":  {expiring(func(r *types.LifecycleRule) { r.Prefix = aws.String("x") }), "400 MalformedXML"}, //nolint:staticcheck // S3 still refuses the old form beside the new.
		"rule without filter":    {expiring(func(r *types.LifecycleRule) { r.Filter = nil }), "400 MalformedXML"},
		"rule with bad status":   {expiring(func(r *types.LifecycleRule) { r.Status = "On" }), "400 MalformedXML"},
		"rule with long ID":      {expiring(func(r *types.LifecycleRule) { r.ID = aws.String(strings.Repeat("x", 256)) }), "400 InvalidArgument"},
		"rule with longest ID":   {expiring(func(r *types.LifecycleRule) { r.ID = aws.String(strings.Repeat("x", 255)) }), "ok"},
		"rule at noon": {expiring(func(r *types.LifecycleRule) {
			r.Expiration = &types.LifecycleExpiration{Date: aws.Time(time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC))}
		}), "400 InvalidArgument"},
		"rule at midnight": {expiring(func(r *types.LifecycleRule) {
			r.Expiration = &types.LifecycleExpiration{Date: aws.Time(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))}
		}), "ok"},
		"early transition": {expiring(func(r *types.LifecycleRule) {
			r.Transitions = []types.Transition{{Days: aws.Int32(1), StorageClass: types.TransitionStorageClassStandardIa}}
		}), "400 InvalidArgument"},
		"transition to the same class twice": {moving(0, "GLACIER", 100, "GLACIER"), "400 InvalidRequest"},
		"transitions too close":              {moving(0, "GLACIER", 89, "DEEP_ARCHIVE"), "400 InvalidArgument"},
		"transitions in time, in disorder":   {moving(90, "DEEP_ARCHIVE", 0, "GLACIER"), "ok"},
		"transitions upwards":                {moving(30, "GLACIER", 300, "STANDARD_IA"), "400 InvalidArgument"},
		"noncurrent transitions too close": {expiring(func(r *types.LifecycleRule) {
			r.NoncurrentVersionTransitions = []types.NoncurrentVersionTransition{
				{NoncurrentDays: aws.Int32(30), StorageClass: "STANDARD_IA"}, {NoncurrentDays: aws.Int32(59), StorageClass: "GLACIER"},
			}
		}), "400 InvalidArgument"},
		"transition at the end": {expiring(func(r *types.LifecycleRule) {
			r.Transitions = []types.Transition{{Days: r.Expiration.Days, StorageClass: "GLACIER"}}
		}), "400 InvalidArgument"},
		"unknown class": {expiring(func(r *types.LifecycleRule) {
			r.Transitions = []types.Transition{{Days: aws.Int32(1), StorageClass: "CELLAR"}}
		}), "400 MalformedXML"},
		"aborting with a tag": {expiring(func(r *types.LifecycleRule) {
			a := tag("a", "b")
			r.Filter = &types.LifecycleRuleFilter{Tag: &a}
			r.AbortIncompleteMultipartUpload = &types.AbortIncompleteMultipartUpload{DaysAfterInitiation: aws.Int32(1)}
		}), "400 InvalidRequest"},
		"rules with one ID": {func(ctx context.Context, c *s3.Client, bucket string) error {
			return putRules(ctx, c, bucket, goodRules()[0], goodRules()[0])
		}, "400 InvalidArgument"},
		"no rules":               {func(ctx context.Context, c *s3.Client, bucket string) error { return putRules(ctx, c, bucket) }, "400 MalformedXML"},
		"unknown algorithm":      {encrypting("ROT13", ""), "400 MalformedXML"},
		"key for AES256":         {encrypting("AES256", "alias/x"), "400 InvalidArgument"},
		"key that is none":       {encrypting("aws:kms", "my key"), "400 KMS.NotFoundException"},
		"key of another service": {encrypting("aws:kms", "arn:aws:s3:::bucket"), "400 KMS.NotFoundException"},
		"alias":                  {encrypting("aws:kms:dsse", "alias/results"), "ok"},
		"no encryption rule":     {func(ctx context.Context, c *s3.Client, bucket string) error { return putEncryption(ctx, c, bucket) }, "400 MalformedXML"},
		"logs to nowhere":        {logsTo("no-such-bucket"), "400 InvalidTargetBucketForLogging"},
		"logs to another region": {logsTo(elsewhere), "403 CrossLocationLoggingProhibitted"},
		"logs to itself":         {logsTo(bucket), "ok"},
		"unknown ownership": {func(ctx context.Context, c *s3.Client, bucket string) error {
			return putOwnership(ctx, c, bucket, "Nobody")
		}, "400 MalformedXML"},
		"unknown versioning": {func(ctx context.Context, c *s3.Client, bucket string) error {
			return second(c.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: &bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: "On"}}))
		}, "400 MalformedXML"},
		"tag twice": {func(ctx context.Context, c *s3.Client, bucket string) error {
			return putTags(ctx, c, bucket, tag("k", "1"), tag("k", "2"))
		}, "400 InvalidTag"},
		"tag of AWS": {func(ctx context.Context, c *s3.Client, bucket string) error {
			return putTags(ctx, c, bucket, tag("aws:x", "1"))
		}, "400 InvalidTag"},
		"51 tags": {func(ctx context.Context, c *s3.Client, bucket string) error {
			return putTags(ctx, c, bucket, manyTags(51)...)
		}, "400 BadRequest"},
		"notification to a bucket": {func(ctx context.Context, c *s3.Client, bucket string) error {
			return second(c.PutBucketNotificationConfiguration(ctx, &s3.PutBucketNotificationConfigurationInput{Bucket: &bucket, NotificationConfiguration: &types.NotificationConfiguration{
				QueueConfigurations: []types.QueueConfiguration{{QueueArn: aws.String("arn:aws:s3:::b"), Events: []types.Event{"s3:ObjectCreated:*"}}},
			}}))
		}, "400 InvalidArgument"},
		"unknown acceleration": {func(ctx context.Context, c *s3.Client, bucket string) error {
			return second(c.PutBucketAccelerateConfiguration(ctx, &s3.PutBucketAccelerateConfigurationInput{Bucket: &bucket, AccelerateConfiguration: &types.AccelerateConfiguration{Status: "Fast"}}))
		}, "400 MalformedXML"},
	} {
		t.Run(name, func(t *testing.T) { expect(t, test.call(t.Context(), c, bucket), test.want) })
	}
}

func manyTags(n int) []types.Tag {
	tags := make([]types.Tag, n)
	for i := range tags {
		tags[i] = tag(unique("key"), "v")
	}
	return tags
}

func TestDeletedSettings(t *testing.T) {
	bucket, c, ctx := newBucket(t), s3For(t, customer(), "us-east-1"), t.Context()
	must(t, putRules(ctx, c, bucket, goodRules()...))
	must(t, encrypting("aws:kms", "")(ctx, c, bucket))
	must(t, putTags(ctx, c, bucket, tag("a", "b")))
	must(t, second(c.DeletePublicAccessBlock(ctx, &s3.DeletePublicAccessBlockInput{Bucket: &bucket})))
	must(t, second(c.DeleteBucketEncryption(ctx, &s3.DeleteBucketEncryptionInput{Bucket: &bucket})))
	must(t, second(c.DeleteBucketLifecycle(ctx, &s3.DeleteBucketLifecycleInput{Bucket: &bucket})))
	must(t, second(c.DeleteBucketTagging(ctx, &s3.DeleteBucketTaggingInput{Bucket: &bucket})))
	must(t, second(c.DeleteBucketOwnershipControls(ctx, &s3.DeleteBucketOwnershipControlsInput{Bucket: &bucket})))
	must(t, second(c.DeleteBucketPolicy(ctx, &s3.DeleteBucketPolicyInput{Bucket: &bucket})))
	expect(t, second(c.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &bucket})), "404 NoSuchPublicAccessBlockConfiguration")
	expect(t, second(c.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &bucket})), "404 NoSuchLifecycleConfiguration")
	expect(t, second(c.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &bucket})), "404 NoSuchTagSet")
	expect(t, second(c.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: &bucket})), "404 OwnershipControlsNotFoundError")
	encryption, err := c.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &bucket})
	must(t, err)
	equal(t, encryption.ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm, types.ServerSideEncryptionAes256)
}

func TestGeneratedRuleID(t *testing.T) {
	bucket, c := newBucket(t), s3For(t, customer(), "us-east-1")
	must(t, expiring(func(r *types.LifecycleRule) { r.ID = nil })(t.Context(), c, bucket))
	out, err := c.GetBucketLifecycleConfiguration(t.Context(), &s3.GetBucketLifecycleConfigurationInput{Bucket: &bucket})
	must(t, err)
	if aws.ToString(out.Rules[0].ID) == "" {
		t.Error("the rule has no ID")
	}
}
