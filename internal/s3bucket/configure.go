package s3bucket

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// Update changes a bucket from one state to another. It sends only the differences, one call after the other in a fixed
// order: S3 refuses concurrent changes to one bucket with OperationAborted. unmanaged returns the tags that a
// replacement of the tags must carry over.
func Update(ctx context.Context, api API, name string, from, to Settings, unmanaged func(map[string]string) map[string]string) error {
	w := writer{api: api, name: name, unmanaged: unmanaged}
	return explainRegion(name, w.configure(ctx, from, to))
}

// writer sends settings. A fresh bucket has neither tags nor notifications to carry over, and parts of S3 may not know
// it for a moment.
type writer struct {
	api       API
	name      string
	fresh     bool
	unmanaged func(map[string]string) map[string]string
}

func (w writer) configure(ctx context.Context, from, to Settings) error {
	steps := []struct {
		differs bool
		put     func(context.Context, Settings) error
	}{
		{from.PublicAccessBlock != to.PublicAccessBlock, w.putPublicAccessBlock},
		{from.ObjectOwnership != to.ObjectOwnership, w.putOwnership},
		{!from.Encryption.Equal(to.Encryption), w.putEncryption},
		{from.Versioning != to.Versioning, w.putVersioning},
		{!sameRules(from.Lifecycle, to.Lifecycle) && len(to.Lifecycle) > 0, w.putLifecycle},
		{from.Policy != to.Policy && to.Policy != "", w.putPolicy},
		{!maps.Equal(from.Tags, to.Tags), w.putTags},
		{from.AccessLogging != to.AccessLogging, func(ctx context.Context, to Settings) error {
			return w.putLogging(ctx, from.AccessLogging, to.AccessLogging)
		}},
		{from.EventBridge != to.EventBridge, w.putEventBridge},
	}
	for _, step := range steps {
		if !step.differs {
			continue
		}
		err := awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, w.passing, func(ctx context.Context) error {
			err := step.put(ctx, to)
			if w.fresh {
				return err
			}
			return headDecides(ctx, w.api, w.name, err)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// passing reports whether an error is temporary: on a bucket that parts of S3 don't know yet, or with a policy that
// names a new role.
func (w writer) passing(err error) bool {
	switch awsclient.Code(err) {
	case codeNoSuchBucket:
		return w.fresh
	case codeMalformedPolicy:
		return strings.Contains(err.Error(), "Invalid principal in policy")
	}
	return isUnknown(err)
}

// putPublicAccessBlock ignores a refusal by an organization, which is common, if the bucket has the switches already:
// S3 turns all four on for new buckets,
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html.
func (w writer) putPublicAccessBlock(ctx context.Context, to Settings) error {
	_, err := w.api.PutPublicAccessBlock(ctx, &s3.PutPublicAccessBlockInput{
		Bucket: &w.name,
		PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
			BlockPublicAcls:       &to.PublicAccessBlock.BlockPublicACLs,
			BlockPublicPolicy:     &to.PublicAccessBlock.BlockPublicPolicy,
			IgnorePublicAcls:      &to.PublicAccessBlock.IgnorePublicACLs,
			RestrictPublicBuckets: &to.PublicAccessBlock.RestrictPublicBuckets,
		},
	})
	if awsclient.Code(err) == codeAccessDenied && w.blocks(ctx, to.PublicAccessBlock) {
		return nil
	}
	return err
}

func (w writer) blocks(ctx context.Context, want PublicAccessBlock) bool {
	r := reader{api: w.api, name: w.name}
	return r.readPublicAccessBlock(ctx) == nil && r.found.PublicAccessBlock == want
}

// putOwnership fails on an old bucket whose ACL grants access to others, because removing that access must be a
// decision.
func (w writer) putOwnership(ctx context.Context, to Settings) error {
	_, err := w.api.PutBucketOwnershipControls(ctx, &s3.PutBucketOwnershipControlsInput{
		Bucket: &w.name,
		OwnershipControls: &types.OwnershipControls{
			Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnership(to.ObjectOwnership)}},
		},
	})
	if awsclient.Code(err) == codeACLWithOwnership {
		return fmt.Errorf("the ACL of bucket %q grants access to others, so ACLs cannot be turned off: "+
			"let those who still need it in by the bucket policy, then set the ACL to private: %w", w.name, err)
	}
	return err
}

func (w writer) putEncryption(ctx context.Context, to Settings) error {
	_, err := w.api.PutBucketEncryption(ctx, &s3.PutBucketEncryptionInput{
		Bucket: &w.name,
		ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{
			Rules: []types.ServerSideEncryptionRule{to.Encryption.rule()},
		},
	})
	return err
}

// putVersioning suspends versioning to turn it off, because S3 can only suspend it once it was on.
func (w writer) putVersioning(ctx context.Context, to Settings) error {
	status := types.BucketVersioningStatusSuspended
	if to.Versioning {
		status = types.BucketVersioningStatusEnabled
	}
	_, err := w.api.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
		Bucket:                  &w.name,
		VersioningConfiguration: &types.VersioningConfiguration{Status: status},
	})
	return err
}

// putLifecycle carries over the minimum object size for transitions, which somebody may have set: a put without it
// resets it, https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html. It only affects
// transitions.
func (w writer) putLifecycle(ctx context.Context, to Settings) error {
	in := &s3.PutBucketLifecycleConfigurationInput{
		Bucket:                 &w.name,
		LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: lifecycleRules(to.Lifecycle)},
	}
	if !w.fresh && slices.ContainsFunc(to.Lifecycle, LifecycleRule.moves) {
		found, err := w.api.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &w.name})
		if err := unless(err, codeNoLifecycle); err != nil {
			return err
		}
		if found != nil {
			in.TransitionDefaultMinimumObjectSize = found.TransitionDefaultMinimumObjectSize
		}
	}
	_, err := w.api.PutBucketLifecycleConfiguration(ctx, in)
	return err
}

func (w writer) putPolicy(ctx context.Context, to Settings) error {
	_, err := w.api.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &w.name, Policy: &to.Policy})
	return err
}

// putLogging carries over how an existing log names its objects, and who may read them.
func (w writer) putLogging(ctx context.Context, from, to AccessLogging) error {
	status := &types.BucketLoggingStatus{}
	if to.Bucket != "" {
		status.LoggingEnabled = &types.LoggingEnabled{TargetBucket: &to.Bucket, TargetPrefix: &to.Prefix}
	}
	if to.Bucket != "" && from.Bucket != "" {
		found, err := w.api.GetBucketLogging(ctx, &s3.GetBucketLoggingInput{Bucket: &w.name})
		if err != nil {
			return err
		}
		if enabled := found.LoggingEnabled; enabled != nil {
			status.LoggingEnabled.TargetObjectKeyFormat, status.LoggingEnabled.TargetGrants = enabled.TargetObjectKeyFormat, enabled.TargetGrants
		}
	}
	_, err := w.api.PutBucketLogging(ctx, &s3.PutBucketLoggingInput{Bucket: &w.name, BucketLoggingStatus: status})
	return err
}

// putEventBridge changes only the one switch and writes the rest of the notification configuration back unchanged.
// Queues, topics and functions are not ours, and neither is the check whether they exist.
func (w writer) putEventBridge(ctx context.Context, to Settings) error {
	configuration := &types.NotificationConfiguration{}
	if !w.fresh {
		found, err := w.api.GetBucketNotificationConfiguration(ctx, &s3.GetBucketNotificationConfigurationInput{Bucket: &w.name})
		if err != nil {
			return err
		}
		configuration.LambdaFunctionConfigurations = found.LambdaFunctionConfigurations
		configuration.QueueConfigurations = found.QueueConfigurations
		configuration.TopicConfigurations = found.TopicConfigurations
	}
	if to.EventBridge {
		configuration.EventBridgeConfiguration = &types.EventBridgeConfiguration{}
	}
	_, err := w.api.PutBucketNotificationConfiguration(ctx, &s3.PutBucketNotificationConfigurationInput{
		Bucket:                    &w.name,
		NotificationConfiguration: configuration,
		SkipDestinationValidation: aws.Bool(true),
	})
	return err
}
