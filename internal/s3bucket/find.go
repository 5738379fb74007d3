package s3bucket

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"golang.org/x/sync/errgroup"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// Parts says which of the settings that are not always managed to read.
type Parts struct {
	Lifecycle, Policy, AccessLogging, EventBridge bool
}

// Find reads a bucket's settings concurrently. It makes no call to find out whether the bucket exists, because each of
// the answers shows it: a missing bucket is ErrNotFound.
func Find(ctx context.Context, api API, name string, parts Parts) (Settings, error) {
	var found Settings
	err := awsclient.UntilConsistent(ctx, awsclient.ConsistencyLimit, isUnknown, func(ctx context.Context) (err error) {
		found, err = read(ctx, api, name, parts)
		return headDecides(ctx, api, name, err)
	})
	if awsclient.Code(err) == codeNoSuchBucket {
		return Settings{}, fmt.Errorf("bucket %q: %w", name, awsclient.ErrNotFound)
	}
	return found, explainRegion(name, err)
}

// errUnknown reports an existing bucket that a part of S3 does not know for a moment.
var errUnknown = errors.New("the bucket exists but is not visible in all of S3 yet")

func isUnknown(err error) bool { return errors.Is(err, errUnknown) }

// headDecides tells a temporary NoSuchBucket, which becomes errUnknown, from a real one. Without permission for the
// HEAD, it accepts the answer.
func headDecides(ctx context.Context, api API, name string, err error) error {
	if awsclient.Code(err) != codeNoSuchBucket {
		return err
	}
	_, head := api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &name})
	switch awsclient.Status(head) {
	case http.StatusNotFound, http.StatusForbidden:
		return err
	}
	if head != nil {
		return head
	}
	return fmt.Errorf("%w: %s", errUnknown, err.Error())
}

func read(ctx context.Context, api API, name string, parts Parts) (Settings, error) {
	r := reader{api: api, name: name}
	reads := []func(context.Context) error{
		r.readPublicAccessBlock, r.readOwnership, r.readEncryption, r.readVersioning, r.readTags,
	}
	if parts.Lifecycle {
		reads = append(reads, r.readLifecycle)
	}
	if parts.Policy {
		reads = append(reads, r.readPolicy)
	}
	if parts.AccessLogging {
		reads = append(reads, r.readLogging)
	}
	if parts.EventBridge {
		reads = append(reads, r.readEventBridge)
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, read := range reads {
		group.Go(func() error { return read(ctx) })
	}
	if err := group.Wait(); err != nil {
		return Settings{}, err
	}
	return r.found, nil
}

// reader collects settings. Each read writes its own field, so no lock is needed.
type reader struct {
	api   readAPI
	name  string
	found Settings
}

func (r *reader) readPublicAccessBlock(ctx context.Context) error {
	out, err := r.api.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &r.name})
	if err != nil {
		return unless(err, codeNoPublicAccessBlock)
	}
	if block := out.PublicAccessBlockConfiguration; block != nil {
		r.found.PublicAccessBlock = PublicAccessBlock{
			BlockPublicACLs:       aws.ToBool(block.BlockPublicAcls),
			BlockPublicPolicy:     aws.ToBool(block.BlockPublicPolicy),
			IgnorePublicACLs:      aws.ToBool(block.IgnorePublicAcls),
			RestrictPublicBuckets: aws.ToBool(block.RestrictPublicBuckets),
		}
	}
	return nil
}

func (r *reader) readOwnership(ctx context.Context) error {
	out, err := r.api.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: &r.name})
	if err != nil {
		return unless(err, codeNoOwnershipControls)
	}
	if out.OwnershipControls != nil && len(out.OwnershipControls.Rules) > 0 {
		r.found.ObjectOwnership = string(out.OwnershipControls.Rules[0].ObjectOwnership)
	}
	return nil
}

func (r *reader) readEncryption(ctx context.Context) error {
	out, err := r.api.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &r.name})
	if err != nil {
		return unless(err, codeNoEncryption)
	}
	if out.ServerSideEncryptionConfiguration != nil && len(out.ServerSideEncryptionConfiguration.Rules) > 0 {
		r.found.Encryption = encryption(out.ServerSideEncryptionConfiguration.Rules[0])
	}
	return nil
}

func (r *reader) readVersioning(ctx context.Context) error {
	out, err := r.api.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &r.name})
	if err != nil {
		return err
	}
	r.found.Versioning = out.Status == types.BucketVersioningStatusEnabled
	return nil
}

// readLifecycle sorts the rules, because their order has no meaning.
func (r *reader) readLifecycle(ctx context.Context) error {
	out, err := r.api.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &r.name})
	if err != nil {
		return unless(err, codeNoLifecycle)
	}
	for _, rule := range out.Rules {
		r.found.Lifecycle = append(r.found.Lifecycle, lifecycleRule(rule))
	}
	slices.SortFunc(r.found.Lifecycle, func(a, b LifecycleRule) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

func (r *reader) readPolicy(ctx context.Context) error {
	out, err := r.api.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &r.name})
	if err != nil {
		return unless(err, codeNoBucketPolicy)
	}
	r.found.Policy = aws.ToString(out.Policy)
	return nil
}

func (r *reader) readTags(ctx context.Context) (err error) {
	r.found.Tags, err = findTags(ctx, r.api, r.name)
	return err
}

func (r *reader) readLogging(ctx context.Context) error {
	out, err := r.api.GetBucketLogging(ctx, &s3.GetBucketLoggingInput{Bucket: &r.name})
	if err != nil {
		return err
	}
	if enabled := out.LoggingEnabled; enabled != nil {
		r.found.AccessLogging = AccessLogging{Bucket: aws.ToString(enabled.TargetBucket), Prefix: aws.ToString(enabled.TargetPrefix)}
	}
	return nil
}

func (r *reader) readEventBridge(ctx context.Context) error {
	out, err := r.api.GetBucketNotificationConfiguration(ctx, &s3.GetBucketNotificationConfigurationInput{Bucket: &r.name})
	if err != nil {
		return err
	}
	r.found.EventBridge = out.EventBridgeConfiguration != nil
	return nil
}
