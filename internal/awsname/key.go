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

// KeyPrefixForms describes what ParseKeyPrefix accepts.
const KeyPrefixForms = "a key prefix such as voicebase/, at most 1023 bytes. Must end with / and not start with it, and must not contain *, ?, ${ or empty, . or .. path segments"

// ParseKey returns the key if S3 accepts it and every HTTP client sends it as it was signed.
func ParseKey(key string) (string, error) {
	switch {
	case key == "":
		return "", errors.New("the key is empty")
	case len(key) > MaxKeyBytes:
		return "", fmt.Errorf("the key has %d bytes in UTF-8: must be at most %d", len(key), MaxKeyBytes)
	case !utf8.ValidString(key):
		return "", errors.New("the key is not valid UTF-8")
	case strings.HasPrefix(key, "/"):
		return "", fmt.Errorf("the key %q starts with a slash", key)
	}
	// A trailing slash makes it a folder in the console, which is a key like any other.
	if err := checkSegments(strings.TrimSuffix(key, "/")); err != nil {
		return "", fmt.Errorf("the key %q %w", key, err)
	}
	return key, nil
}

// checkSegments refuses path segments that HTTP clients normalize: S3 would get another key than the one that was
// signed or written into a policy.
func checkSegments(path string) error {
	for segment := range strings.SplitSeq(path, "/") {
		switch segment {
		case "":
			return errors.New("has an empty path segment (//), which HTTP clients normalize")
		case ".", "..":
			return fmt.Errorf("has the path segment %q, which HTTP clients normalize", segment)
		}
	}
	return nil
}

// KeyPrefix is the prefix below which VoiceBase may write. It ends with a slash.
type KeyPrefix string

// ParseKeyPrefix checks a prefix. It refuses characters that IAM treats as special, because a policy cannot escape them
// in a prefix that stays readable.
func ParseKeyPrefix(text string) (KeyPrefix, error) {
	switch {
	case !utf8.ValidString(text):
		return "", fmt.Errorf("the key prefix %q is not valid UTF-8", text)
	case len(text) >= MaxKeyBytes:
		return "", fmt.Errorf("the key prefix has %d bytes: must be less than %d, the limit of a key, to leave room for a name", len(text), MaxKeyBytes)
	case strings.HasPrefix(text, "/"):
		return "", fmt.Errorf("the key prefix %q starts with a slash, which would create a folder without a name", text)
	case strings.Trim(text, "*") == "" && text != "":
		return "", fmt.Errorf("the key prefix %q is a wildcard for the whole bucket: leave it out, because no prefix includes everything", text)
	case strings.HasSuffix(text, "*"):
		return "", fmt.Errorf("the key prefix %q ends with a wildcard: drop the \"*\", because a prefix includes everything below it", text)
	case !strings.HasSuffix(text, "/"):
		return "", fmt.Errorf("the key prefix %q does not end with a slash, so it would also match other folders, such as %q", text, text+"-other/")
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
