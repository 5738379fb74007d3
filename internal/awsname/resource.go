package awsname

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// What the parsers of this file take, in words.
const (
	KeyPrefixForms           = "the beginning of a key, such as voicebase/: it ends in / and does not begin with it, holds no empty, . or .. segment, none of *, ? and ${, and at most 1023 bytes"
	BucketARNForms           = "the ARN of a bucket, such as arn:aws:s3:::acme-results"
	KMSKeyARNForms           = "the ARN of a key (not of an alias), such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	PermissionsBoundaryForms = "the ARN of a managed policy, such as arn:aws:iam::111122223333:policy/boundary"
)

// maxKeyBytes is S3's limit for a whole key:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html.
const maxKeyBytes = 1024

var (
	// Buckets made in us-east-1 before March 2018 have up to 255 characters, capitals and underscores among
	// them: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
	bucketName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$`)
	awsRegion  = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-[0-9]+$`)
	kmsKey     = regexp.MustCompile(`^key/[A-Za-z0-9-]{1,128}$`)
	// AWS's own managed policies have "aws" where others have the account.
	managedPolicyOwner = regexp.MustCompile(`^(aws|[0-9]{12})$`)
	managedPolicy      = regexp.MustCompile(`^policy/([\x21-\x7e]+/)?[\w+=,.@-]{1,128}$`)
)

// ParseBucketARN reads the ARN of a bucket. ARNs of objects, access points and patterns are refused.
func ParseBucketARN(text string) (ARN, error) {
	a, err := parseARN(text, "s3")
	if err != nil {
		return ARN{}, err
	}
	if a.Region != "" || a.AccountID != "" {
		return ARN{}, fmt.Errorf("%q is not the ARN of a bucket, which has neither region nor account; an access point cannot receive deliveries", text)
	}
	if name, key, isObject := strings.Cut(a.Resource, "/"); isObject {
		return ARN{}, fmt.Errorf("%q names the object %q in bucket %q; which objects are meant is said by the key prefixes", text, key, name)
	}
	if !bucketName.MatchString(a.Resource) {
		return ARN{}, fmt.Errorf("%q holds no valid bucket name", text)
	}
	return a, nil
}

// ParseKMSKeyARN reads the ARN of a KMS key. Aliases are refused: a policy that names one grants nothing, for
// KMS judges by the key behind it (https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html).
func ParseKMSKeyARN(text string) (ARN, error) {
	a, err := parseARN(text, "kms")
	if err != nil {
		return ARN{}, err
	}
	switch {
	case strings.HasPrefix(a.Resource, "alias/"):
		return ARN{}, fmt.Errorf("%q is an alias; permissions are for the key behind it, so the key's ARN is needed", text)
	case !awsRegion.MatchString(a.Region) || !accountID.MatchString(a.AccountID) || !kmsKey.MatchString(a.Resource):
		return ARN{}, fmt.Errorf("%q is not the ARN of a KMS key, which has a region, a 12-digit account ID and key/ before its ID", text)
	default:
		return a, nil
	}
}

// ParsePermissionsBoundary reads the ARN of the managed policy that is a role's permissions boundary.
func ParsePermissionsBoundary(text string) (ARN, error) {
	a, err := parseARN(text, "iam")
	if err != nil {
		return ARN{}, err
	}
	if a.Region != "" || !managedPolicyOwner.MatchString(a.AccountID) || !managedPolicy.MatchString(a.Resource) {
		return ARN{}, fmt.Errorf("%q is not the ARN of a managed policy, which alone can be a permissions boundary", text)
	}
	return a, nil
}

// KeyPrefix is the beginning of the keys below which VoiceBase may write; it ends in a slash.
type KeyPrefix string

// ParseKeyPrefix checks a prefix. Whatever IAM would read as more than the characters themselves is refused,
// since a policy has no way to escape it within a prefix that stays readable.
func ParseKeyPrefix(text string) (KeyPrefix, error) {
	switch {
	case !utf8.ValidString(text):
		return "", fmt.Errorf("the key prefix %q is not UTF-8, as keys are", text)
	case len(text) >= maxKeyBytes:
		return "", fmt.Errorf("the key prefix has %d bytes; a key has at most %d, and a prefix must leave room for a name", len(text), maxKeyBytes)
	case strings.HasPrefix(text, "/"):
		return "", fmt.Errorf("the key prefix %q begins with a slash, and keys do not: they would land below a folder without a name", text)
	case !strings.HasSuffix(text, "/"):
		return "", fmt.Errorf("the key prefix %q does not end in a slash, so that it would take in its neighbours, such as %q", text, text+"-other/")
	}
	for segment := range strings.SplitSeq(strings.TrimSuffix(text, "/"), "/") {
		if segment == "" || segment == "." || segment == ".." {
			return "", fmt.Errorf("the key prefix %q holds the segment %q, which clients that normalise paths would drop", text, segment)
		}
	}
	if err := refuseWildcards(text); err != nil {
		return "", err
	}
	if err := checkPolicyText(text); err != nil {
		return "", err
	}
	return KeyPrefix(text), nil
}
