package s3presign

import (
	"fmt"
	"mime"
	"strings"
)

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
