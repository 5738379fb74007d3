package s3bucket

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// oldestRegion answers a repeated create of one's own bucket with success, for compatibility:
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html.
const oldestRegion = "us-east-1"

// New is a bucket to be made.
type New struct {
	Name, Region string
	// Generated tells that the name was made up for this bucket: nobody else can have one of that name.
	Generated bool
	// Tags go out with the creation itself: an organization can demand them there.
	Tags map[string]string
}

// Made is what a creation has set, so that Configure need not.
type Made struct{ Tags map[string]string }

// ErrExists is returned by Create when this account has a bucket of that name already.
var ErrExists = errors.New("already exists")

// Create makes a bucket that has no ACLs, and is an error when there is one of that name already. What
// is left to do is Configure's. After an error for which awsclient.MaybeDone is true the bucket may be there.
func Create(ctx context.Context, api API, bucket New) (Made, error) {
	if bucket.Region == oldestRegion && !bucket.Generated {
		err := checkFree(ctx, api, bucket.Name)
		if errors.Is(err, ErrExists) {
			return createStrictly(ctx, api, bucket, err)
		}
		if err != nil {
			return Made{}, err
		}
	}
	begun := time.Now()
	out, err := api.CreateBucket(ctx, createInput(bucket))
	if len(bucket.Tags) > 0 && refusesTags(err) {
		bucket.Tags = nil
		out, err = api.CreateBucket(ctx, createInput(bucket))
	}
	if err != nil {
		return Made{}, explainCreate(ctx, api, bucket, begun, err)
	}
	if !answeredByS3(out) {
		return Made{}, nil
	}
	return Made{Tags: bucket.Tags}, nil
}

// probe are the tags of a bucket that is to have none, while it is made strictly. Configure takes them off.
var probe = map[string]string{"voicebase:creating": "true"}

// createStrictly makes a bucket although HeadBucket shows one of that name, which it may still do after a deletion. With
// a tag, S3 refuses to make what is there, in this region, too. shown is the error where it is, and wherever the answer
// is not that of AWS's own S3, which alone is known to be so strict.
func createStrictly(ctx context.Context, api API, bucket New, shown error) (Made, error) {
	if len(bucket.Tags) == 0 {
		bucket.Tags = probe
	}
	begun := time.Now()
	out, err := api.CreateBucket(ctx, createInput(bucket))
	switch {
	case refusesTags(err):
		return Made{}, shown
	case err != nil:
		return Made{}, explainCreate(ctx, api, bucket, begun, err)
	case !answeredByS3(out):
		return Made{}, shown
	}
	return Made{Tags: bucket.Tags}, nil
}

// explainCreate says what a refused creation has met; nil where that is its own work.
func explainCreate(ctx context.Context, api API, bucket New, begun time.Time, err error) error {
	switch awsclient.Code(err) {
	case codeAuthorizationMalformed:
		return existsElsewhere(bucket.Name, bucket.Region, err)
	case codeBucketAlreadyOwned:
		return ownWork(ctx, api, bucket, begun, err)
	case codeBucketAlreadyExists:
		return fmt.Errorf("bucket %q already exists in another account or region (bucket names are unique within a partition): %s: %w", bucket.Name, existsAdvice, err)
	}
	return err
}

// ownWork decides whose the bucket is that a create has met. When an earlier attempt's answer was lost, it is that
// attempt's work, unless the bucket is older than the attempt. That is asked by ListBuckets, since nothing else tells
// how old a bucket is: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Bucket.html.
func ownWork(ctx context.Context, api API, bucket New, begun time.Time, met error) error {
	exists := fmt.Errorf("bucket %q %w and belongs to this account: %w", bucket.Name, ErrExists, met)
	if !awsclient.MaybeDone(met) {
		return exists
	}
	if bucket.Generated {
		return nil
	}
	list, err := api.ListBuckets(ctx, &s3.ListBucketsInput{Prefix: &bucket.Name, MaxBuckets: aws.Int32(1)})
	if err != nil {
		return fmt.Errorf("%w. An earlier attempt to create it got no answer and may have created this bucket, which s3:ListAllMyBuckets would tell: %w", exists, err)
	}
	for _, found := range list.Buckets {
		if aws.ToString(found.Name) == bucket.Name && awsclient.MadeSince(begun, aws.ToTime(found.CreationDate), list.ResultMetadata) {
			return nil
		}
	}
	return exists
}

// checkFree looks whether a name is taken, since the create would not tell.
func checkFree(ctx context.Context, api API, name string) error {
	_, err := api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &name})
	if err == nil {
		return fmt.Errorf("bucket %q %w", name, ErrExists)
	}
	switch awsclient.Status(err) {
	case http.StatusNotFound:
		return nil
	case http.StatusForbidden:
		// S3 says no more to a HEAD: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html.
		return fmt.Errorf("access to bucket %q is denied: either it belongs to another account (bucket names are unique within a partition), "+
			"or these credentials are wrong or lack s3:ListBucket: %w", name, err)
	}
	return existsElsewhere(name, oldestRegion, err)
}

// existsElsewhere explains that S3 sends a create to another region. It also does so for a while after a bucket
// of that name was deleted there: https://github.com/hashicorp/terraform-provider-aws/issues/14544.
func existsElsewhere(name, asked string, err error) error {
	if region := bucketRegion(err); region != "" && region != asked {
		return fmt.Errorf("bucket %q already exists, or existed until recently, in region %s: %s: %w", name, region, existsAdvice, err)
	}
	return err
}

func createInput(bucket New) *s3.CreateBucketInput {
	input := &s3.CreateBucketInput{Bucket: &bucket.Name, ObjectOwnership: types.ObjectOwnership(ObjectOwnership)}
	if awsname.AccountRegional(bucket.Name) {
		input.BucketNamespace = types.BucketNamespaceAccountRegional
	}
	configuration := &types.CreateBucketConfiguration{Tags: tagSet(bucket.Tags)}
	if bucket.Region != oldestRegion {
		configuration.LocationConstraint = types.BucketLocationConstraint(bucket.Region)
	}
	if bucket.Region != oldestRegion || len(bucket.Tags) > 0 {
		input.CreateBucketConfiguration = configuration
	}
	return input
}

// Configure sets a bucket up that Create made just now. It reads nothing: there is nothing yet but what was made.
func Configure(ctx context.Context, api API, name string, made Made, to Settings) error {
	w := writer{api: api, name: name, fresh: true}
	return w.configure(ctx, Settings{ObjectOwnership: ObjectOwnership, Tags: made.Tags}, to)
}
