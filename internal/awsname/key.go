package awsname

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxKeyBytes is S3's limit of an object key's UTF-8 encoding:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html.
const MaxKeyBytes = 1024

// KeyPrefixForms says what ParseKeyPrefix takes.
const KeyPrefixForms = "the beginning of a key, such as voicebase/: it ends in / and does not begin with it, holds no empty, . or .. segment, none of *, ? and ${, and at most 1023 bytes"

// ParseKey returns the key when S3 takes it and every HTTP client sends it as it was signed.
func ParseKey(key string) (string, error) {
	switch {
	case key == "":
		return "", errors.New("the key is empty")
	case len(key) > MaxKeyBytes:
		return "", fmt.Errorf("the key has %d bytes in UTF-8, S3's limit is %d", len(key), MaxKeyBytes)
	case !utf8.ValidString(key):
		return "", errors.New("the key is not UTF-8")
	case strings.HasPrefix(key, "/"):
		return "", fmt.Errorf("the key %q begins with a slash", key)
	}
	// A slash at the end makes a folder of the console's, which is a key as any other.
	if err := checkSegments(strings.TrimSuffix(key, "/")); err != nil {
		return "", fmt.Errorf("the key %q %w", key, err)
	}
	return key, nil
}

// checkSegments refuses what HTTP clients clean paths of, so that S3 gets another key than was signed, or written
// into a policy.
func checkSegments(path string) error {
	for segment := range strings.SplitSeq(path, "/") {
		switch segment {
		case "":
			return errors.New("has an empty segment (//), which clients that normalize paths drop")
		case ".", "..":
			return fmt.Errorf("has the segment %q, which clients that normalize paths drop", segment)
		}
	}
	return nil
}

// KeyPrefix is the beginning of the keys below which VoiceBase may write; it ends in a slash.
type KeyPrefix string

// ParseKeyPrefix checks a prefix. Whatever IAM would read as more than the characters themselves is refused,
// since a policy has no way to escape it within a prefix that stays readable.
func ParseKeyPrefix(text string) (KeyPrefix, error) {
	switch {
	case !utf8.ValidString(text):
		return "", fmt.Errorf("the key prefix %q is not UTF-8, as keys are", text)
	case len(text) >= MaxKeyBytes:
		return "", fmt.Errorf("the key prefix has %d bytes; a key has at most %d, and a prefix must leave room for a name", len(text), MaxKeyBytes)
	case strings.HasPrefix(text, "/"):
		return "", fmt.Errorf("the key prefix %q begins with a slash, and keys do not: they would land below a folder without a name", text)
	case strings.HasSuffix(text, "/*"):
		return "", fmt.Errorf("the key prefix %q ends in a wildcard: drop the \"*\", a prefix stands for everything below it", text)
	case !strings.HasSuffix(text, "/"):
		return "", fmt.Errorf("the key prefix %q does not end in a slash, so that it would take in its neighbors, such as %q", text, text+"-other/")
	}
	if err := checkSegments(strings.TrimSuffix(text, "/")); err != nil {
		return "", fmt.Errorf("the key prefix %q %w", text, err)
	}
	if err := refuseWildcards(text); err != nil {
		return "", err
	}
	if err := checkPolicyText(text); err != nil {
		return "", err
	}
	return KeyPrefix(text), nil
}
