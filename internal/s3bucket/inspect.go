package s3bucket

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// Inspection is what can be read about a bucket, whoever created it. Each read may have failed independently.
type Inspection struct {
	// Settings contains only what the reads below found.
	Settings
	// Region is where the bucket is, as far as an answer contained it.
	Region string
	// DefaultRetention describes the retention of Object Lock, "" for none.
	DefaultRetention string
	// Errors are the reads' errors by operation. They include NoSuchBucket and the like.
	Errors map[string]error
}

// The operations of an inspection.
const (
	OperationHead              = "HeadBucket"
	OperationPublicAccessBlock = "GetPublicAccessBlock"
	OperationOwnership         = "GetBucketOwnershipControls"
	OperationEncryption        = "GetBucketEncryption"
	OperationVersioning        = "GetBucketVersioning"
	OperationPolicy            = "GetBucketPolicy"
	OperationObjectLock        = "GetObjectLockConfiguration"
)

// Permissions are the permissions for the operations of an inspection:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html.
var Permissions = map[string]string{
	OperationHead:              "s3:ListBucket",
	OperationPublicAccessBlock: "s3:GetBucketPublicAccessBlock",
	OperationOwnership:         "s3:GetBucketOwnershipControls",
	OperationEncryption:        "s3:GetEncryptionConfiguration",
	OperationVersioning:        "s3:GetBucketVersioning",
	OperationPolicy:            "s3:GetBucketPolicy",
	OperationObjectLock:        "s3:GetBucketObjectLockConfiguration",
}

type inspectAPI interface {
	readAPI
	HeadBucket(context.Context, *s3.HeadBucketInput, ...func(*s3.Options)) (*s3.HeadBucketOutput, error)
	GetObjectLockConfiguration(context.Context, *s3.GetObjectLockConfigurationInput, ...func(*s3.Options)) (*s3.GetObjectLockConfigurationOutput, error)
}

// Inspect makes all reads concurrently. None of them stops another.
func Inspect(ctx context.Context, api inspectAPI, name string) Inspection {
	i := inspector{reader: reader{api: api, name: name}, api: api, found: Inspection{Errors: map[string]error{}}}
	var group sync.WaitGroup
	for operation, read := range map[string]func(context.Context) error{
		OperationHead:              i.head,
		OperationPublicAccessBlock: i.readPublicAccessBlock,
		OperationOwnership:         i.readOwnership,
		OperationEncryption:        i.readEncryption,
		OperationVersioning:        i.readVersioning,
		OperationPolicy:            i.readPolicy,
		OperationObjectLock:        i.readObjectLock,
	} {
		group.Go(func() { i.keep(operation, read(ctx)) })
	}
	group.Wait()
	i.found.Settings = i.reader.found
	for _, operation := range slices.Sorted(maps.Keys(i.found.Errors)) {
		i.found.Region = cmp.Or(i.found.Region, bucketRegion(i.found.Errors[operation]))
	}
	return i.found
}

// inspector collects what is read. Each read writes its own field; the errors share a lock.
type inspector struct {
	reader
	api   inspectAPI
	found Inspection
	mu    sync.Mutex
}

func (i *inspector) keep(operation string, err error) {
	if err == nil {
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.found.Errors[operation] = err
}

func (i *inspector) head(ctx context.Context) error {
	out, err := i.api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &i.name})
	if err != nil {
		// S3 includes the region even in its refusals.
		i.found.Region = headerRegion(err)
		return err
	}
	i.found.Region = aws.ToString(out.BucketRegion)
	return nil
}

func (i *inspector) readObjectLock(ctx context.Context) error {
	out, err := i.api.GetObjectLockConfiguration(ctx, &s3.GetObjectLockConfigurationInput{Bucket: &i.name})
	if err != nil {
		return unless(err, codeNoObjectLock)
	}
	if lock := out.ObjectLockConfiguration; lock != nil && lock.Rule != nil && lock.Rule.DefaultRetention != nil {
		i.found.DefaultRetention = retentionText(*lock.Rule.DefaultRetention)
	}
	return nil
}

func retentionText(retention types.DefaultRetention) string {
	if years := aws.ToInt32(retention.Years); years > 0 {
		return fmt.Sprintf("%s, %d years", retention.Mode, years)
	}
	return fmt.Sprintf("%s, %d days", retention.Mode, aws.ToInt32(retention.Days))
}

// Look only asks whether the bucket may be seen.
func Look(ctx context.Context, client *s3.Client, name string) error {
	_, err := client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &name})
	return err
}

// IsMissing reports whether an answer says that there is no such bucket.
func IsMissing(err error) bool {
	return awsclient.Code(err) == codeNoSuchBucket || awsclient.Status(err) == http.StatusNotFound && awsclient.Code(err) == codeNotFound
}

// IsElsewhere reports whether an answer redirects to another region.
func IsElsewhere(err error) bool { return bucketRegion(err) != "" }
