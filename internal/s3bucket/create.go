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

// New is a bucket to create.
type New struct {
	Name, Region string
	// Generated says that the name was generated for this bucket, so nobody else can have a bucket of that name.
	Generated bool
	// Tags are part of the create call, because an organization can require them there.
	Tags map[string]string
}

// Made is what a create has set, so that Configure need not.
type Made struct{ Tags map[string]string }

// ErrExists is returned by Create if this account already has a bucket of that name.
var ErrExists = errors.New("already exists")

// Create creates a bucket without ACLs. A bucket of that name that already exists is an error. Configure does the rest.
// After an error for which awsclient.MaybeDone is true, the bucket may exist.
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

// probe are the tags with which createStrictly creates a bucket that is to have none. Configure removes them.
var probe = map[string]string{"voicebase:creating": "true"}

// createStrictly creates a bucket although HeadBucket finds one of that name, which it may still do after a deletion.
// With a tag, S3 refuses to create an existing bucket in this region, too. shown is the error if the bucket exists, and
// whenever the answer is not from AWS's own S3, the only one that is known to be so strict.
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

// explainCreate says what a refused create has found. It returns nil if that is its own work.
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

// ownWork decides whether the bucket that a create has found is its own. If the answer of an earlier attempt was lost,
// the bucket is that attempt's result unless it is older. ListBuckets answers that, because nothing else returns the
// age of a bucket: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Bucket.html.
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

// checkFree checks whether a name is taken, because the create would not report it.
func checkFree(ctx context.Context, api API, name string) error {
	_, err := api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &name})
	if err == nil {
		return fmt.Errorf("bucket %q %w", name, ErrExists)
	}
	switch awsclient.Status(err) {
	case http.StatusNotFound:
		return nil
	case http.StatusForbidden:
		// S3 answers a HEAD with nothing more: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html.
		return fmt.Errorf("access to bucket %q is denied: either it belongs to another account (bucket names are unique within a partition), "+
			"or these credentials are wrong or lack s3:ListBucket: %w", name, err)
	}
	return existsElsewhere(name, oldestRegion, err)
}

// existsElsewhere explains that S3 redirects a create to another region. It also does so for a while after a bucket of
// that name was deleted there: https://github.com/hashicorp/terraform-provider-aws/issues/14544.
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

// Configure sets up a bucket that Create has just created. It reads nothing, because everything about the bucket is
// known.
func Configure(ctx context.Context, api API, name string, made Made, to Settings) error {
	w := writer{api: api, name: name, fresh: true}
	return w.configure(ctx, Settings{ObjectOwnership: ObjectOwnership, Tags: made.Tags}, to)
}
