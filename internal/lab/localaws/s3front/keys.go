package s3front

import (
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// checkKey refuses the keys that S3 would take as they are, but a file system
// resolves: what is judged here would not be what is written there.
func checkKey(key string) error {
	segments := strings.Split(strings.TrimSuffix(key, "/"), "/")
	resolved := slices.ContainsFunc(segments, func(s string) bool { return s == "" || s == "." || s == ".." })
	if key != "" && resolved {
		return s3error.BadRequest("InvalidURI", "Couldn't parse the specified URI: keys with empty, . or .. segments are not kept here.")
	}
	return nil
}
