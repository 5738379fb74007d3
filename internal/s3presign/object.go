package s3presign

import (
	"fmt"
	"mime"
	"strings"
)

// ParseContentType returns the content type if it is safe to sign: one line of printable ASCII without two consecutive
// spaces, which SigV4 folds.
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
