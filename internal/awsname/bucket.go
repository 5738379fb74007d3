// Package awsname parses AWS's names. There is one parser for each kind of name, and everything else calls it.
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
	// MaxBucketPrefix is the longest prefix that leaves room for the generated suffix.
	MaxBucketPrefix = maxBucketName - GeneratedSuffix
)

// What the parsers of bucket names accept, in words.
const (
	NewBucketNameForms = "3–63 characters: lowercase letters, digits, dots and hyphens. Must start and end with a letter or digit, and must not have a prefix or suffix that S3 reserves"
	BucketNameForms    = "the name of an existing bucket, 3–255 characters: letters, digits, dots, hyphens and underscores"
)

// existingBucket is wider than today's rules: a bucket that was created in us-east-1 before March 2018 can have up to
// 255 characters, including capitals and underscores, and prefixes and suffixes have been reserved over time:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
var existingBucket = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$`)

var (
	bucketCharacters = regexp.MustCompile(`^[a-z0-9.-]*$`)
	reservedPrefixes = []string{"xn--", "sthree-", "amzn-s3-demo-"}
	reservedSuffixes = []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"}
)

// accountRegional is the form of names in an account's own namespace:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html.
var accountRegional = regexp.MustCompile(`-[0-9]{12}-[a-z0-9-]+-an$`)

// AccountRegional reports whether a name is in an account's own namespace.
func AccountRegional(name string) bool { return accountRegional.MatchString(name) }

// ParseBucketName parses a name that a bucket can have, whenever it was created.
func ParseBucketName(name string) (string, error) {
	if !existingBucket.MatchString(name) {
		return "", fmt.Errorf("%q is not a valid bucket name", name)
	}
	return name, nil
}

// ParseNewBucketName checks a name against S3's rules for new buckets. The error says which rule it breaks.
func ParseNewBucketName(name string) (string, error) {
	if err := checkBucketStart(name); err != nil {
		return "", err
	}
	if len(name) < minBucketName || len(name) > maxBucketName {
		return "", fmt.Errorf("bucket name %q has %d characters: must be %d–%d", name, len(name), minBucketName, maxBucketName)
	}
	if last := name[len(name)-1]; last == '.' || last == '-' {
		return "", fmt.Errorf("bucket name %q ends with %q: must end with a letter or digit", name, last)
	}
	for _, suffix := range reservedSuffixes {
		if strings.HasSuffix(name, suffix) {
			return "", fmt.Errorf("bucket name %q ends with %q, which S3 reserves", name, suffix)
		}
	}
	if strings.HasSuffix(name, "-an") && !AccountRegional(name) {
		return "", fmt.Errorf("bucket name %q ends with \"-an\", which S3 reserves for names in an account regional namespace: <prefix>-<account ID>-<region>-an", name)
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return "", fmt.Errorf("bucket name %q looks like an IP address", name)
	}
	return name, nil
}

// ParseBucketPrefix checks the prefix of a name that will be generated.
func ParseBucketPrefix(prefix string) (string, error) {
	if prefix == "" {
		return "", errors.New("the bucket prefix is empty: remove it for a generated name")
	}
	if len(prefix) > MaxBucketPrefix {
		return "", fmt.Errorf("bucket prefix %q has %d characters: must be at most %d, to leave room for the generated suffix", prefix, len(prefix), MaxBucketPrefix)
	}
	return prefix, checkBucketStart(prefix)
}

func checkBucketStart(name string) error {
	if !bucketCharacters.MatchString(name) {
		return fmt.Errorf("bucket name %q contains invalid characters: must be lowercase letters, digits, dots and hyphens", name)
	}
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") {
		return fmt.Errorf("bucket name %q starts with %q: must start with a letter or digit", name, name[0])
	}
	if strings.Contains(name, "..") {
		return fmt.Errorf("bucket name %q contains two adjacent dots", name)
	}
	for _, prefix := range reservedPrefixes {
		if strings.HasPrefix(name, prefix) {
			return fmt.Errorf("bucket name %q starts with %q, which S3 reserves", name, prefix)
		}
	}
	return nil
}
