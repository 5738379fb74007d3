package s3bucket_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	lab "github.com/voicebase/terraform-provider-voicebase/internal/lab/fields"
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
	// late are actions that fail until a time.
	late map[string]late
	// together, when set, holds each read until that many are under way.
	together chan struct{}
	arrived  int
	expected int

	// region is the client's. Default: eu-west-1.
	region string
	// name is the bucket's, as the first call has it.
	name    string
	buckets []types.Bucket
	// pages has the buckets listed in two pages; listed is what was asked for.
	pages  bool
	listed []s3.ListBucketsInput
	content
	has     settings
	created *s3.CreateBucketInput
	abac    types.BucketAbacStatus
	// answer is what the SDK knows of the answer to CreateBucket, listing of that to ListBuckets.
	answer, listing middleware.Metadata
}

// Options are the client's.
func (f *fakeBucket) Options() s3.Options { return s3.Options{Region: cmp.Or(f.region, "eu-west-1")} }

// settings are what S3 keeps for a bucket, each as the call of its name returns it.
type settings struct {
	GetPublicAccessBlock               s3.GetPublicAccessBlockOutput
	GetBucketOwnershipControls         s3.GetBucketOwnershipControlsOutput
	GetBucketEncryption                s3.GetBucketEncryptionOutput
	GetBucketVersioning                s3.GetBucketVersioningOutput
	GetBucketLifecycleConfiguration    s3.GetBucketLifecycleConfigurationOutput
	GetBucketPolicy                    s3.GetBucketPolicyOutput
	GetBucketTagging                   s3.GetBucketTaggingOutput
	GetBucketLogging                   s3.GetBucketLoggingOutput
	GetBucketNotificationConfiguration s3.GetBucketNotificationConfigurationOutput
}

// late is an error that passes.
type late struct {
	err   error
	until time.Time
}

func (f *fakeBucket) call(action string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls = append(f.calls, action); len(f.calls) > 10_000 {
		panic("the calls do not end: the last one is " + action)
	}
	if late := f.late[action]; time.Now().Before(late.until) {
		return late.err
	}
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

// answered is an answer as the SDK returns it: none with an error.
func answered[T any](out *T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return out, nil
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

// look fails for an argument that the fake would ignore, and for a call of another bucket. fields are the arguments that
// it does not ignore.
func (f *fakeBucket) look(in any, bucket *string, fields ...string) {
	if unread := lab.Unread(in, append(fields, "Bucket")...); unread != nil {
		panic(fmt.Sprintf("the fake S3 ignores %v of a %T: teach it what they do", unread, in))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.name = cmp.Or(f.name, *bucket); f.name != *bucket {
		panic(fmt.Sprintf("a %T for bucket %s instead of %s", in, *bucket, f.name))
	}
}

// keep records the call, and lets S3 keep what it puts unless it fails.
func (f *fakeBucket) keep(action string, put func(*settings)) error {
	if err := f.call(action); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	put(&f.has)
	return nil
}

func (f *fakeBucket) HeadBucket(_ context.Context, in *s3.HeadBucketInput, _ ...func(*s3.Options)) (*s3.HeadBucketOutput, error) {
	f.look(in, in.Bucket)
	return answered(&s3.HeadBucketOutput{}, f.call("HeadBucket"))
}

// CreateBucket keeps its input whole, for the tests to look at.
func (f *fakeBucket) CreateBucket(_ context.Context, in *s3.CreateBucketInput, _ ...func(*s3.Options)) (*s3.CreateBucketOutput, error) {
	f.look(in, in.Bucket, "ObjectOwnership", "BucketNamespace", "CreateBucketConfiguration.LocationConstraint", "CreateBucketConfiguration.Tags")
	f.created = in
	return answered(&s3.CreateBucketOutput{ResultMetadata: f.answer}, f.call("CreateBucket"))
}

func (f *fakeBucket) PutPublicAccessBlock(_ context.Context, in *s3.PutPublicAccessBlockInput, _ ...func(*s3.Options)) (*s3.PutPublicAccessBlockOutput, error) {
	f.look(in, in.Bucket, "PublicAccessBlockConfiguration")
	return &s3.PutPublicAccessBlockOutput{}, f.keep("PutPublicAccessBlock", func(has *settings) {
		has.GetPublicAccessBlock.PublicAccessBlockConfiguration = in.PublicAccessBlockConfiguration
	})
}

func (f *fakeBucket) PutBucketOwnershipControls(_ context.Context, in *s3.PutBucketOwnershipControlsInput, _ ...func(*s3.Options)) (*s3.PutBucketOwnershipControlsOutput, error) {
	f.look(in, in.Bucket, "OwnershipControls")
	return &s3.PutBucketOwnershipControlsOutput{}, f.keep("PutBucketOwnershipControls", func(has *settings) {
		has.GetBucketOwnershipControls.OwnershipControls = in.OwnershipControls
	})
}

func (f *fakeBucket) PutBucketEncryption(_ context.Context, in *s3.PutBucketEncryptionInput, _ ...func(*s3.Options)) (*s3.PutBucketEncryptionOutput, error) {
	f.look(in, in.Bucket, "ServerSideEncryptionConfiguration")
	return &s3.PutBucketEncryptionOutput{}, f.keep("PutBucketEncryption", func(has *settings) {
		has.GetBucketEncryption.ServerSideEncryptionConfiguration = in.ServerSideEncryptionConfiguration
	})
}

func (f *fakeBucket) PutBucketVersioning(_ context.Context, in *s3.PutBucketVersioningInput, _ ...func(*s3.Options)) (*s3.PutBucketVersioningOutput, error) {
	f.look(in, in.Bucket, "VersioningConfiguration.Status")
	if status := in.VersioningConfiguration.Status; !slices.Contains(status.Values(), status) {
		panic(fmt.Sprintf("S3 knows no versioning %q", status))
	}
	return &s3.PutBucketVersioningOutput{}, f.keep("PutBucketVersioning", func(has *settings) {
		has.GetBucketVersioning.Status = in.VersioningConfiguration.Status
	})
}

func (f *fakeBucket) PutBucketLifecycleConfiguration(_ context.Context, in *s3.PutBucketLifecycleConfigurationInput, _ ...func(*s3.Options)) (*s3.PutBucketLifecycleConfigurationOutput, error) {
	f.look(in, in.Bucket, "LifecycleConfiguration", "TransitionDefaultMinimumObjectSize")
	return &s3.PutBucketLifecycleConfigurationOutput{}, f.keep("PutBucketLifecycleConfiguration", func(has *settings) {
		has.GetBucketLifecycleConfiguration = s3.GetBucketLifecycleConfigurationOutput{
			Rules: in.LifecycleConfiguration.Rules, TransitionDefaultMinimumObjectSize: in.TransitionDefaultMinimumObjectSize,
		}
	})
}

func (f *fakeBucket) PutBucketPolicy(_ context.Context, in *s3.PutBucketPolicyInput, _ ...func(*s3.Options)) (*s3.PutBucketPolicyOutput, error) {
	f.look(in, in.Bucket, "Policy")
	return &s3.PutBucketPolicyOutput{}, f.keep("PutBucketPolicy", func(has *settings) {
		has.GetBucketPolicy.Policy = in.Policy
	})
}

func (f *fakeBucket) PutBucketTagging(_ context.Context, in *s3.PutBucketTaggingInput, _ ...func(*s3.Options)) (*s3.PutBucketTaggingOutput, error) {
	f.look(in, in.Bucket, "Tagging")
	return &s3.PutBucketTaggingOutput{}, f.keep("PutBucketTagging", func(has *settings) {
		has.GetBucketTagging.TagSet = in.Tagging.TagSet
	})
}

func (f *fakeBucket) DeleteBucketTagging(_ context.Context, in *s3.DeleteBucketTaggingInput, _ ...func(*s3.Options)) (*s3.DeleteBucketTaggingOutput, error) {
	f.look(in, in.Bucket)
	return &s3.DeleteBucketTaggingOutput{}, f.keep("DeleteBucketTagging", func(has *settings) {
		has.GetBucketTagging.TagSet = nil
	})
}

func (f *fakeBucket) PutBucketLogging(_ context.Context, in *s3.PutBucketLoggingInput, _ ...func(*s3.Options)) (*s3.PutBucketLoggingOutput, error) {
	f.look(in, in.Bucket, "BucketLoggingStatus")
	return &s3.PutBucketLoggingOutput{}, f.keep("PutBucketLogging", func(has *settings) {
		has.GetBucketLogging.LoggingEnabled = in.BucketLoggingStatus.LoggingEnabled
	})
}

// PutBucketNotificationConfiguration has no destinations to validate, and so is told not to.
func (f *fakeBucket) PutBucketNotificationConfiguration(_ context.Context, in *s3.PutBucketNotificationConfigurationInput, _ ...func(*s3.Options)) (*s3.PutBucketNotificationConfigurationOutput, error) {
	f.look(in, in.Bucket, "NotificationConfiguration", "SkipDestinationValidation")
	return &s3.PutBucketNotificationConfigurationOutput{}, f.keep("PutBucketNotificationConfiguration", func(has *settings) {
		if !aws.ToBool(in.SkipDestinationValidation) {
			panic("whether the destinations of others still exist would fail the put")
		}
		put := in.NotificationConfiguration
		has.GetBucketNotificationConfiguration = s3.GetBucketNotificationConfigurationOutput{
			EventBridgeConfiguration: put.EventBridgeConfiguration, LambdaFunctionConfigurations: put.LambdaFunctionConfigurations,
			QueueConfigurations: put.QueueConfigurations, TopicConfigurations: put.TopicConfigurations,
		}
	})
}

func (f *fakeBucket) GetPublicAccessBlock(ctx context.Context, in *s3.GetPublicAccessBlockInput, _ ...func(*s3.Options)) (*s3.GetPublicAccessBlockOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetPublicAccessBlock
	return answered(&out, f.read(ctx, "GetPublicAccessBlock"))
}

func (f *fakeBucket) GetBucketOwnershipControls(ctx context.Context, in *s3.GetBucketOwnershipControlsInput, _ ...func(*s3.Options)) (*s3.GetBucketOwnershipControlsOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetBucketOwnershipControls
	return answered(&out, f.read(ctx, "GetBucketOwnershipControls"))
}

func (f *fakeBucket) GetBucketEncryption(ctx context.Context, in *s3.GetBucketEncryptionInput, _ ...func(*s3.Options)) (*s3.GetBucketEncryptionOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetBucketEncryption
	return answered(&out, f.read(ctx, "GetBucketEncryption"))
}

func (f *fakeBucket) GetBucketVersioning(ctx context.Context, in *s3.GetBucketVersioningInput, _ ...func(*s3.Options)) (*s3.GetBucketVersioningOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetBucketVersioning
	return answered(&out, f.read(ctx, "GetBucketVersioning"))
}

func (f *fakeBucket) GetBucketLifecycleConfiguration(ctx context.Context, in *s3.GetBucketLifecycleConfigurationInput, _ ...func(*s3.Options)) (*s3.GetBucketLifecycleConfigurationOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetBucketLifecycleConfiguration
	return answered(&out, f.read(ctx, "GetBucketLifecycleConfiguration"))
}

func (f *fakeBucket) GetBucketPolicy(ctx context.Context, in *s3.GetBucketPolicyInput, _ ...func(*s3.Options)) (*s3.GetBucketPolicyOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetBucketPolicy
	return answered(&out, f.read(ctx, "GetBucketPolicy"))
}

func (f *fakeBucket) GetBucketTagging(ctx context.Context, in *s3.GetBucketTaggingInput, _ ...func(*s3.Options)) (*s3.GetBucketTaggingOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetBucketTagging
	return answered(&out, f.read(ctx, "GetBucketTagging"))
}

func (f *fakeBucket) GetBucketLogging(ctx context.Context, in *s3.GetBucketLoggingInput, _ ...func(*s3.Options)) (*s3.GetBucketLoggingOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetBucketLogging
	return answered(&out, f.read(ctx, "GetBucketLogging"))
}

func (f *fakeBucket) GetBucketNotificationConfiguration(ctx context.Context, in *s3.GetBucketNotificationConfigurationInput, _ ...func(*s3.Options)) (*s3.GetBucketNotificationConfigurationOutput, error) {
	f.look(in, in.Bucket)
	out := f.has.GetBucketNotificationConfiguration
	return answered(&out, f.read(ctx, "GetBucketNotificationConfiguration"))
}

func (f *fakeBucket) GetBucketAbac(_ context.Context, in *s3.GetBucketAbacInput, _ ...func(*s3.Options)) (*s3.GetBucketAbacOutput, error) {
	f.look(in, in.Bucket)
	out := &s3.GetBucketAbacOutput{AbacStatus: &types.AbacStatus{Status: f.abac}}
	if f.abac == "" {
		out.AbacStatus = nil
	}
	return answered(out, f.call("GetBucketAbac"))
}

// ListBuckets lists what the account has, whatever it is asked for: S3's paging is the local AWS's to show.
func (f *fakeBucket) ListBuckets(_ context.Context, in *s3.ListBucketsInput, _ ...func(*s3.Options)) (*s3.ListBucketsOutput, error) {
	if unread := lab.Unread(in, "Prefix", "MaxBuckets", "BucketRegion", "ContinuationToken"); unread != nil {
		panic(fmt.Sprint("the fake S3 ignores ", unread))
	}
	f.listed = append(f.listed, *in)
	out := &s3.ListBucketsOutput{Buckets: f.buckets}
	if f.pages && in.ContinuationToken == nil {
		out = &s3.ListBucketsOutput{Buckets: f.buckets[:1], ContinuationToken: aws.String("more")}
	} else if f.pages {
		out.Buckets = f.buckets[1:]
	}
	out.ResultMetadata = f.listing
	return answered(out, f.call("ListBuckets"))
}
