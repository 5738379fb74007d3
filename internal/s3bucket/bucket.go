// Package s3bucket creates, finds, configures and deletes buckets.
package s3bucket

import (
	"context"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// API is the part of S3 that the receiving bucket needs. *s3.Client implements it.
type API interface {
	lifeAPI
	readAPI
	writeAPI
	Options() s3.Options
}

type lifeAPI interface {
	ListBuckets(context.Context, *s3.ListBucketsInput, ...func(*s3.Options)) (*s3.ListBucketsOutput, error)
	HeadBucket(context.Context, *s3.HeadBucketInput, ...func(*s3.Options)) (*s3.HeadBucketOutput, error)
	CreateBucket(context.Context, *s3.CreateBucketInput, ...func(*s3.Options)) (*s3.CreateBucketOutput, error)
	DeleteBucket(context.Context, *s3.DeleteBucketInput, ...func(*s3.Options)) (*s3.DeleteBucketOutput, error)
	ListObjectVersions(context.Context, *s3.ListObjectVersionsInput, ...func(*s3.Options)) (*s3.ListObjectVersionsOutput, error)
	DeleteObject(context.Context, *s3.DeleteObjectInput, ...func(*s3.Options)) (*s3.DeleteObjectOutput, error)
	DeleteObjects(context.Context, *s3.DeleteObjectsInput, ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error)
	ListMultipartUploads(context.Context, *s3.ListMultipartUploadsInput, ...func(*s3.Options)) (*s3.ListMultipartUploadsOutput, error)
	AbortMultipartUpload(context.Context, *s3.AbortMultipartUploadInput, ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error)
}

type readAPI interface {
	GetPublicAccessBlock(context.Context, *s3.GetPublicAccessBlockInput, ...func(*s3.Options)) (*s3.GetPublicAccessBlockOutput, error)
	GetBucketOwnershipControls(context.Context, *s3.GetBucketOwnershipControlsInput, ...func(*s3.Options)) (*s3.GetBucketOwnershipControlsOutput, error)
	GetBucketEncryption(context.Context, *s3.GetBucketEncryptionInput, ...func(*s3.Options)) (*s3.GetBucketEncryptionOutput, error)
	GetBucketVersioning(context.Context, *s3.GetBucketVersioningInput, ...func(*s3.Options)) (*s3.GetBucketVersioningOutput, error)
	GetBucketLifecycleConfiguration(context.Context, *s3.GetBucketLifecycleConfigurationInput, ...func(*s3.Options)) (*s3.GetBucketLifecycleConfigurationOutput, error)
	GetBucketPolicy(context.Context, *s3.GetBucketPolicyInput, ...func(*s3.Options)) (*s3.GetBucketPolicyOutput, error)
	GetBucketAbac(context.Context, *s3.GetBucketAbacInput, ...func(*s3.Options)) (*s3.GetBucketAbacOutput, error)
	GetBucketTagging(context.Context, *s3.GetBucketTaggingInput, ...func(*s3.Options)) (*s3.GetBucketTaggingOutput, error)
	GetBucketLogging(context.Context, *s3.GetBucketLoggingInput, ...func(*s3.Options)) (*s3.GetBucketLoggingOutput, error)
	GetBucketNotificationConfiguration(context.Context, *s3.GetBucketNotificationConfigurationInput, ...func(*s3.Options)) (*s3.GetBucketNotificationConfigurationOutput, error)
}

type writeAPI interface {
	PutPublicAccessBlock(context.Context, *s3.PutPublicAccessBlockInput, ...func(*s3.Options)) (*s3.PutPublicAccessBlockOutput, error)
	PutBucketOwnershipControls(context.Context, *s3.PutBucketOwnershipControlsInput, ...func(*s3.Options)) (*s3.PutBucketOwnershipControlsOutput, error)
	PutBucketEncryption(context.Context, *s3.PutBucketEncryptionInput, ...func(*s3.Options)) (*s3.PutBucketEncryptionOutput, error)
	PutBucketVersioning(context.Context, *s3.PutBucketVersioningInput, ...func(*s3.Options)) (*s3.PutBucketVersioningOutput, error)
	PutBucketLifecycleConfiguration(context.Context, *s3.PutBucketLifecycleConfigurationInput, ...func(*s3.Options)) (*s3.PutBucketLifecycleConfigurationOutput, error)
	PutBucketPolicy(context.Context, *s3.PutBucketPolicyInput, ...func(*s3.Options)) (*s3.PutBucketPolicyOutput, error)
	PutBucketTagging(context.Context, *s3.PutBucketTaggingInput, ...func(*s3.Options)) (*s3.PutBucketTaggingOutput, error)
	DeleteBucketTagging(context.Context, *s3.DeleteBucketTaggingInput, ...func(*s3.Options)) (*s3.DeleteBucketTaggingOutput, error)
	PutBucketLogging(context.Context, *s3.PutBucketLoggingInput, ...func(*s3.Options)) (*s3.PutBucketLoggingOutput, error)
	PutBucketNotificationConfiguration(context.Context, *s3.PutBucketNotificationConfigurationInput, ...func(*s3.Options)) (*s3.PutBucketNotificationConfigurationOutput, error)
}

// ObjectOwnership is that of a bucket without ACLs: each object belongs to the bucket's account, whoever wrote it.
const ObjectOwnership = "BucketOwnerEnforced"

// Algorithms of default encryption that the provider sets.
const (
	EncryptionS3  = "AES256"
	EncryptionKMS = "aws:kms"
)

// BlockedSSEC blocks objects that are encrypted with keys that only their writer has. New buckets block it since April
// 2026. The provider sets it explicitly, because S3 doesn't document what an omission means:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html.
const BlockedSSEC = "SSE-C"

// BlockedNone stands for no blocked encryption in S3's API.
const BlockedNone = "NONE"

// Settings are the settings of a bucket that the provider manages. The zero value stands for a bucket without any
// settings.
type Settings struct {
	PublicAccessBlock PublicAccessBlock
	ObjectOwnership   string
	Encryption        Encryption
	Versioning        bool
	// Lifecycle has no rules if somebody else manages them.
	Lifecycle []LifecycleRule
	// Policy is a JSON document, "" for none.
	Policy        string
	Tags          map[string]string
	AccessLogging AccessLogging
	EventBridge   bool
}

// Equal compares two settings. It compares policies with samePolicy, because one policy can be written in many ways.
func (s Settings) Equal(other Settings, samePolicy func(a, b string) bool) bool {
	return s.PublicAccessBlock == other.PublicAccessBlock && s.ObjectOwnership == other.ObjectOwnership &&
		s.Encryption.Equal(other.Encryption) && s.Versioning == other.Versioning && sameRules(s.Lifecycle, other.Lifecycle) &&
		(s.Policy == other.Policy || samePolicy(s.Policy, other.Policy)) && maps.Equal(s.Tags, other.Tags) &&
		s.AccessLogging == other.AccessLogging && s.EventBridge == other.EventBridge
}

// PublicAccessBlock are S3's four switches.
type PublicAccessBlock struct {
	BlockPublicACLs, BlockPublicPolicy, IgnorePublicACLs, RestrictPublicBuckets bool
}

// AllBlocked has all four switches on.
var AllBlocked = PublicAccessBlock{BlockPublicACLs: true, BlockPublicPolicy: true, IgnorePublicACLs: true, RestrictPublicBuckets: true}

// Encryption is what S3 does with an object whose writer requests no encryption.
type Encryption struct {
	Algorithm string
	// KMSKey is the key in the form in which it was set, which S3 keeps: an ARN, the key's ID, an alias or an alias's
	// ARN.
	KMSKey    string
	BucketKey bool
	// Blocked are the encryption types that writers must not use.
	Blocked []string
}

// Equal compares two settings.
func (e Encryption) Equal(other Encryption) bool {
	return e.Algorithm == other.Algorithm && e.KMSKey == other.KMSKey && e.BucketKey == other.BucketKey &&
		slices.Equal(e.Blocked, other.Blocked)
}

// AccessLogging is where S3 writes its access log. The zero value stands for no log.
type AccessLogging struct {
	Bucket, Prefix string
}
