package awsname

import (
	"fmt"
	"regexp"
	"strings"
)

// What the parsers of this file accept, in words.
const (
	BucketARNForms = "the ARN of a bucket, such as arn:aws:s3:::acme-results"
	KMSKeyARNForms = "the ARN of a KMS key (not of an alias), such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	PolicyARNForms = "the ARN of a managed policy, such as arn:aws:iam::111122223333:policy/boundary"
	RoleARNForms   = "the ARN of an IAM role, such as arn:aws:iam::111122223333:role/name"
)

var (
	kmsKey = regexp.MustCompile(`^key/[A-Za-z0-9-]{1,128}$`)
	// AWS's own managed policies have "aws" in place of the account.
	managedPolicyOwner = regexp.MustCompile(`^(aws|[0-9]{12})$`)
	accessPoint        = regexp.MustCompile(`^accesspoint[/:][a-z0-9][a-z0-9-]{1,48}[a-z0-9]$`)
	managedPolicy      = regexp.MustCompile(`^policy/([\x21-\x7e]+/)?[\w+=,.@-]{1,128}$`)
)

// ParseBucketARN parses the ARN of a bucket. It refuses ARNs of objects and access points, and patterns.
func ParseBucketARN(text string) (ARN, error) {
	a, err := parseARN(text, "s3")
	if err != nil {
		return ARN{}, err
	}
	if a.Region != "" || a.AccountID != "" {
		return ARN{}, fmt.Errorf("%q is not a bucket ARN, which has no region and no account; access points cannot receive role deliveries", text)
	}
	if name, key, isObject := strings.Cut(a.Resource, "/"); isObject {
		return ARN{}, fmt.Errorf("%q names the object %q in bucket %q: must be the bucket's ARN. Set the objects with key_prefixes", text, key, name)
	}
	if _, err := ParseBucketName(a.Resource); err != nil {
		return ARN{}, err
	}
	return a, nil
}

// ParseKMSKeyARN parses the ARN of a KMS key. It refuses aliases: a policy that names one grants nothing, because KMS
// evaluates the key behind it (https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html).
func ParseKMSKeyARN(text string) (ARN, error) {
	a, err := parseARN(text, "kms")
	if err != nil {
		return ARN{}, err
	}
	switch {
	case strings.HasPrefix(a.Resource, "alias/"):
		return ARN{}, fmt.Errorf("%q is an alias: must be the ARN of the key, because permissions apply to keys", text)
	case !regionShape.MatchString(a.Region) || !accountID.MatchString(a.AccountID) || !kmsKey.MatchString(a.Resource):
		return ARN{}, fmt.Errorf("%q is not a valid KMS key ARN: must have a region, a 12-digit account ID and key/ before the key ID", text)
	default:
		return a, nil
	}
}

// ParsePolicyARN parses the ARN of a managed policy, the account's own or AWS's.
func ParsePolicyARN(text string) (ARN, error) {
	a, err := parseARN(text, "iam")
	if err != nil {
		return ARN{}, err
	}
	if a.Region != "" || !managedPolicyOwner.MatchString(a.AccountID) || !managedPolicy.MatchString(a.Resource) {
		return ARN{}, fmt.Errorf("%q is not %s", text, PolicyARNForms)
	}
	return a, nil
}

// ParseRoleARN parses the ARN of a role.
func ParseRoleARN(text string) (ARN, error) {
	a, err := parseARN(text, "iam")
	if err != nil {
		return ARN{}, err
	}
	if a.Region != "" || !accountID.MatchString(a.AccountID) || !strings.HasPrefix(a.Resource, "role/") {
		return ARN{}, fmt.Errorf("%q is not %s", text, RoleARNForms)
	}
	return a, checkPrincipalResource(text, a.Resource)
}

// ParseAccessPointARN parses the ARN of an access point in one region, through which a client can put objects into a
// bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html.
func ParseAccessPointARN(text string) (ARN, error) {
	a, err := parseARN(text, "s3")
	switch {
	case err != nil:
		return ARN{}, err
	case a.Region == "" && strings.HasPrefix(a.Resource, "accesspoint"):
		return ARN{}, fmt.Errorf("%q is a Multi-Region Access Point, which accepts only SigV4A signatures", text)
	case a.Region == "":
		return ARN{}, fmt.Errorf("%q is a bucket ARN: must be the bucket name", text)
	case !accountID.MatchString(a.AccountID) || !accessPoint.MatchString(a.Resource):
		return ARN{}, fmt.Errorf("%q is not a valid access point ARN", text)
	}
	if _, err := ParseRegionName(a.Region); err != nil {
		return ARN{}, err
	}
	return a, nil
}
