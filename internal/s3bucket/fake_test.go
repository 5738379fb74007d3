package s3bucket_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// fakeBucket answers without S3, where a test needs answers that no server gives at will: an order, a refusal
// at one call, thousands of versions.
type fakeBucket struct {
	s3bucket.API

	mu    sync.Mutex
	calls []string
	// errs holds the errors that the next calls of an action get.
	errs map[string][]error
	// together, when set, holds each read until that many are under way.
	together chan struct{}
	arrived  int
	expected int

	buckets []types.Bucket
	content
	tags    []types.Tag
	put     *s3.PutBucketTaggingInput
	notify  *s3.PutBucketNotificationConfigurationInput
	created *s3.CreateBucketInput
	encrypt *s3.PutBucketEncryptionInput
	// lifecycle was put, found is what there is.
	lifecycle *s3.PutBucketLifecycleConfigurationInput
	found     s3.GetBucketLifecycleConfigurationOutput
	abac      types.BucketAbacStatus
	rules     []types.ServerSideEncryptionRule
	block     *types.PublicAccessBlockConfiguration
	answer    middleware.Metadata
}

func (f *fakeBucket) call(action string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, action)
	if errs := f.errs[action]; len(errs) > 0 {
		f.errs[action] = errs[1:]
		return errs[0]
	}
	return nil
}

func (f *fakeBucket) read(ctx context.Context, action string) error {
	err := f.call(action)
	if f.together == nil {
		return err
	}
	f.mu.Lock()
	if f.arrived++; f.arrived == f.expected {
		close(f.together)
	}
	f.mu.Unlock()
	select {
	case <-f.together:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func expectCalls(t *testing.T, f *fakeBucket, want ...string) {
	t.Helper()
	if !slices.Equal(f.calls, want) {
		t.Errorf("made %v, want %v", f.calls, want)
	}
}

// refusal is an answer of S3 with a code.
func refusal(status int, code, message string) error {
	return &awshttp.ResponseError{ResponseError: &smithyhttp.ResponseError{
		Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status, Header: http.Header{}}},
		Err:      &smithy.GenericAPIError{Code: code, Message: message},
	}}
}

// elsewhere is S3's answer to who asks in the wrong region, with the right one in a header unless it is "".
func elsewhere(status int, code, message, region string) error {
	header := http.Header{}
	if region != "" {
		header.Set("X-Amz-Bucket-Region", region)
	}
	return &awshttp.ResponseError{ResponseError: &smithyhttp.ResponseError{
		Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status, Header: header}},
		Err:      &smithy.GenericAPIError{Code: code, Message: message},
	}}
}

func (f *fakeBucket) HeadBucket(context.Context, *s3.HeadBucketInput, ...func(*s3.Options)) (*s3.HeadBucketOutput, error) {
	return &s3.HeadBucketOutput{}, f.call("HeadBucket")
}

func (f *fakeBucket) CreateBucket(_ context.Context, in *s3.CreateBucketInput, _ ...func(*s3.Options)) (*s3.CreateBucketOutput, error) {
	f.created = in
	return &s3.CreateBucketOutput{ResultMetadata: f.answer}, f.call("CreateBucket")
}

func (f *fakeBucket) PutPublicAccessBlock(context.Context, *s3.PutPublicAccessBlockInput, ...func(*s3.Options)) (*s3.PutPublicAccessBlockOutput, error) {
	return &s3.PutPublicAccessBlockOutput{}, f.call("PutPublicAccessBlock")
}

func (f *fakeBucket) PutBucketOwnershipControls(context.Context, *s3.PutBucketOwnershipControlsInput, ...func(*s3.Options)) (*s3.PutBucketOwnershipControlsOutput, error) {
	return &s3.PutBucketOwnershipControlsOutput{}, f.call("PutBucketOwnershipControls")
}

func (f *fakeBucket) PutBucketEncryption(_ context.Context, in *s3.PutBucketEncryptionInput, _ ...func(*s3.Options)) (*s3.PutBucketEncryptionOutput, error) {
	f.encrypt = in
	return &s3.PutBucketEncryptionOutput{}, f.call("PutBucketEncryption")
}

func (f *fakeBucket) PutBucketVersioning(context.Context, *s3.PutBucketVersioningInput, ...func(*s3.Options)) (*s3.PutBucketVersioningOutput, error) {
	return &s3.PutBucketVersioningOutput{}, f.call("PutBucketVersioning")
}

func (f *fakeBucket) PutBucketLifecycleConfiguration(_ context.Context, in *s3.PutBucketLifecycleConfigurationInput, _ ...func(*s3.Options)) (*s3.PutBucketLifecycleConfigurationOutput, error) {
	f.lifecycle = in
	return &s3.PutBucketLifecycleConfigurationOutput{}, f.call("PutBucketLifecycleConfiguration")
}

func (f *fakeBucket) PutBucketPolicy(context.Context, *s3.PutBucketPolicyInput, ...func(*s3.Options)) (*s3.PutBucketPolicyOutput, error) {
	return &s3.PutBucketPolicyOutput{}, f.call("PutBucketPolicy")
}

func (f *fakeBucket) PutBucketTagging(_ context.Context, in *s3.PutBucketTaggingInput, _ ...func(*s3.Options)) (*s3.PutBucketTaggingOutput, error) {
	f.put = in
	return &s3.PutBucketTaggingOutput{}, f.call("PutBucketTagging")
}

func (f *fakeBucket) DeleteBucketTagging(context.Context, *s3.DeleteBucketTaggingInput, ...func(*s3.Options)) (*s3.DeleteBucketTaggingOutput, error) {
	return &s3.DeleteBucketTaggingOutput{}, f.call("DeleteBucketTagging")
}

func (f *fakeBucket) PutBucketLogging(context.Context, *s3.PutBucketLoggingInput, ...func(*s3.Options)) (*s3.PutBucketLoggingOutput, error) {
	return &s3.PutBucketLoggingOutput{}, f.call("PutBucketLogging")
}

func (f *fakeBucket) PutBucketNotificationConfiguration(_ context.Context, in *s3.PutBucketNotificationConfigurationInput, _ ...func(*s3.Options)) (*s3.PutBucketNotificationConfigurationOutput, error) {
	f.notify = in
	return &s3.PutBucketNotificationConfigurationOutput{}, f.call("PutBucketNotificationConfiguration")
}

func (f *fakeBucket) GetPublicAccessBlock(ctx context.Context, _ *s3.GetPublicAccessBlockInput, _ ...func(*s3.Options)) (*s3.GetPublicAccessBlockOutput, error) {
	return &s3.GetPublicAccessBlockOutput{PublicAccessBlockConfiguration: f.block}, f.read(ctx, "GetPublicAccessBlock")
}

func (f *fakeBucket) GetBucketOwnershipControls(ctx context.Context, _ *s3.GetBucketOwnershipControlsInput, _ ...func(*s3.Options)) (*s3.GetBucketOwnershipControlsOutput, error) {
	return &s3.GetBucketOwnershipControlsOutput{}, f.read(ctx, "GetBucketOwnershipControls")
}

func (f *fakeBucket) GetBucketEncryption(ctx context.Context, _ *s3.GetBucketEncryptionInput, _ ...func(*s3.Options)) (*s3.GetBucketEncryptionOutput, error) {
	return &s3.GetBucketEncryptionOutput{ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: f.rules}}, f.read(ctx, "GetBucketEncryption")
}

func (f *fakeBucket) GetBucketVersioning(ctx context.Context, _ *s3.GetBucketVersioningInput, _ ...func(*s3.Options)) (*s3.GetBucketVersioningOutput, error) {
	return &s3.GetBucketVersioningOutput{}, f.read(ctx, "GetBucketVersioning")
}

func (f *fakeBucket) GetBucketLifecycleConfiguration(ctx context.Context, _ *s3.GetBucketLifecycleConfigurationInput, _ ...func(*s3.Options)) (*s3.GetBucketLifecycleConfigurationOutput, error) {
	return &f.found, f.read(ctx, "GetBucketLifecycleConfiguration")
}

func (f *fakeBucket) GetBucketPolicy(ctx context.Context, _ *s3.GetBucketPolicyInput, _ ...func(*s3.Options)) (*s3.GetBucketPolicyOutput, error) {
	return &s3.GetBucketPolicyOutput{}, f.read(ctx, "GetBucketPolicy")
}

func (f *fakeBucket) GetBucketTagging(ctx context.Context, _ *s3.GetBucketTaggingInput, _ ...func(*s3.Options)) (*s3.GetBucketTaggingOutput, error) {
	return &s3.GetBucketTaggingOutput{TagSet: f.tags}, f.read(ctx, "GetBucketTagging")
}

func (f *fakeBucket) GetBucketLogging(ctx context.Context, _ *s3.GetBucketLoggingInput, _ ...func(*s3.Options)) (*s3.GetBucketLoggingOutput, error) {
	return &s3.GetBucketLoggingOutput{}, f.read(ctx, "GetBucketLogging")
}

func (f *fakeBucket) GetBucketNotificationConfiguration(ctx context.Context, _ *s3.GetBucketNotificationConfigurationInput, _ ...func(*s3.Options)) (*s3.GetBucketNotificationConfigurationOutput, error) {
	theirs := "theirs"
	return &s3.GetBucketNotificationConfigurationOutput{
		TopicConfigurations: []types.TopicConfiguration{{Id: &theirs}}, EventBridgeConfiguration: &types.EventBridgeConfiguration{},
	}, f.read(ctx, "GetBucketNotificationConfiguration")
}
