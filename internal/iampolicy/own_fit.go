package iampolicy

import (
	"fmt"
	"slices"
	"strings"
)

// checkFit refuses an action that can apply to none of the resources, as S3 does: an action on objects needs the ARN of
// objects, and an action on buckets that of the bucket.
func (s ownStatement) checkFit() error {
	if s["Resource"] == nil {
		return nil
	}
	actions, _ := s.list("Action") // Both have been read; NotAction can apply to anything.
	resources, _ := s.list("Resource")
	for _, action := range actions {
		verb := strings.TrimPrefix(strings.ToLower(action), "s3:")
		onObjects, onBucket := actsOn(verb)
		misses := func(resource string) bool {
			_, _, object := strings.Cut(resource, "/")
			return !strings.HasSuffix(resource, "*") && onObjects && !object || onBucket && object
		}
		if !slices.ContainsFunc(resources, func(resource string) bool { return !misses(resource) }) {
			return fmt.Errorf("its Action %q applies to none of its resources: an action on objects needs a Resource such as %s, an action on the bucket needs %s",
				action, "arn:aws:s3:::acme-results/*", "arn:aws:s3:::acme-results")
		}
	}
	return nil
}

// actsOn tells actions on objects from actions on buckets, as far as their names show it:
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html.
func actsOn(verb string) (objects, bucket bool) {
	if isWild(verb) {
		return false, false
	}
	bucket = strings.Contains(verb, "bucket")
	return !bucket && strings.Contains(verb, "object") || verb == "abortmultipartupload" || verb == "listmultipartuploadparts", bucket
}
