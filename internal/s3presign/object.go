package s3presign

import (
	"errors"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"
)

// MaxKeyBytes is S3's limit of an object key's UTF-8 encoding.
const MaxKeyBytes = 1024

// ParseKey returns the key when S3 takes it and every HTTP client sends it as it was signed. Clients clean paths
// of empty, "." and ".." segments, and the signature would no longer match.
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
	case strings.Contains(key, "//"):
		return "", fmt.Errorf("the key %q has an empty segment (//)", key)
	}
	for segment := range strings.SplitSeq(key, "/") {
		if segment == "." || segment == ".." {
			return "", fmt.Errorf("the key %q has the segment %q", key, segment)
		}
	}
	return key, nil
}

// ParseContentType returns the content type when it survives a signature: one line of printable ASCII, in
// which no two spaces follow each other, because SigV4 folds them.
func ParseContentType(contentType string) (string, error) {
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.Contains(mediaType, "/") {
		return "", fmt.Errorf("%q is not a content type", contentType)
	}
	for _, r := range contentType {
		if r < ' ' || r > '~' {
			return "", fmt.Errorf("the content type %q has a character that is not printable ASCII", contentType)
		}
	}
	if contentType != strings.Join(strings.Fields(contentType), " ") {
		return "", fmt.Errorf("the content type %q has surplus spaces", contentType)
	}
	return contentType, nil
}
