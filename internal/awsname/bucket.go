// Package awsname parses the names that AWS gives out: one parser for each, which all others call.
package awsname

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
)

// Lengths of bucket names, from S3's rules for general purpose buckets:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
const (
	minBucketName = 3
	maxBucketName = 63
	// MaxBucketPrefix is the longest prefix that leaves room for the generated rest of a name.
	MaxBucketPrefix = maxBucketName - GeneratedSuffix
)

// What the parsers of bucket names take, in words.
const (
	NewBucketNameForms = "3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends, and none of S3's reserved prefixes and suffixes"
	BucketNameForms    = "the name of an existing bucket: 3 to 255 letters, digits, dots, hyphens and underscores"
)

// existingBucket is wider than today's rules: a bucket that was made in us-east-1 before March 2018 can have up to 255
// characters, capitals and underscores among them, and reserved prefixes and suffixes became so over time:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
var existingBucket = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$`)

var (
	bucketCharacters = regexp.MustCompile(`^[a-z0-9.-]*$`)
	reservedPrefixes = []string{"xn--", "sthree-", "amzn-s3-demo-"}
	reservedSuffixes = []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"}
)

// accountRegional is the shape of names in an account's own namespace:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html.
var accountRegional = regexp.MustCompile(`-[0-9]{12}-[a-z0-9-]+-an$`)

// AccountRegional reports whether a name is of an account's own namespace.
func AccountRegional(name string) bool { return accountRegional.MatchString(name) }

// ParseBucketName takes a name that a bucket can have, however long ago it was made.
func ParseBucketName(name string) (string, error) {
	if !existingBucket.MatchString(name) {
		return "", fmt.Errorf("%q is not the name of a bucket", name)
	}
	return name, nil
}

// ParseNewBucketName checks a name against the rules by which S3 makes a bucket today. The error says which rule is
// broken.
func ParseNewBucketName(name string) (string, error) {
	if err := checkBucketStart(name); err != nil {
		return "", err
	}
	if len(name) < minBucketName || len(name) > maxBucketName {
		return "", fmt.Errorf("bucket name %q has %d characters, S3 allows %d to %d", name, len(name), minBucketName, maxBucketName)
	}
	if last := name[len(name)-1]; last == '.' || last == '-' {
		return "", fmt.Errorf("bucket name %q ends with %q, S3 wants a letter or a digit there", name, last)
	}
	for _, suffix := range reservedSuffixes {
		if strings.HasSuffix(name, suffix) {
			return "", fmt.Errorf("bucket name %q ends with %q, which S3 keeps for itself", name, suffix)
		}
	}
	if strings.HasSuffix(name, "-an") && !AccountRegional(name) {
		return "", fmt.Errorf("bucket name %q ends with \"-an\", which S3 keeps for names of an account's own namespace, <prefix>-<account ID>-<region>-an", name)
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return "", fmt.Errorf("bucket name %q has the form of an IP address", name)
	}
	return name, nil
}

// ParseBucketPrefix checks the beginning of a name that is to be completed.
func ParseBucketPrefix(prefix string) (string, error) {
	if prefix == "" {
		return "", errors.New("the bucket prefix is empty; leave it out for a generated name")
	}
	if len(prefix) > MaxBucketPrefix {
		return "", fmt.Errorf("bucket prefix %q has %d characters, of which %d leave room for the rest of the name", prefix, len(prefix), MaxBucketPrefix)
	}
	return prefix, checkBucketStart(prefix)
}

func checkBucketStart(name string) error {
	if !bucketCharacters.MatchString(name) {
		return fmt.Errorf("bucket name %q has characters other than lower-case letters, digits, dots and hyphens", name)
	}
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") {
		return fmt.Errorf("bucket name %q begins with %q, S3 wants a letter or a digit there", name, name[0])
	}
	if strings.Contains(name, "..") {
		return fmt.Errorf("bucket name %q has two dots in a row", name)
	}
	for _, prefix := range reservedPrefixes {
		if strings.HasPrefix(name, prefix) {
			return fmt.Errorf("bucket name %q begins with %q, which S3 keeps for itself", name, prefix)
		}
	}
	return nil
}
