// Package tags implements the rules for AWS tags that the provider block's default_tags and ignore_tags set, as in
// hashicorp/aws. It imports no Terraform type and makes no call.
package tags

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits that S3 and IAM share: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html.
const (
	MaxTags        = 50
	MaxKeyLength   = 128
	MaxValueLength = 256
	// reservedPrefix marks tags that only AWS can set. They do not count and are never changed.
	reservedPrefix = "aws:"
	// allowedCharacters describes allowedText.
	allowedCharacters = "letters, digits, spaces and _.:/=+-@"
)

// allowedText matches what both S3 and IAM accept in keys and values:
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html.
var allowedText = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

// Config is the provider block's configuration of tags. The zero value adds and ignores nothing.
type Config struct {
	Default           map[string]string
	IgnoreKeys        []string
	IgnoreKeyPrefixes []string
	// Unknown is set while Terraform does not know all of the above.
	Unknown bool
}

// All returns an object's tags: the defaults, overridden by its own.
func (c Config) All(own map[string]string) map[string]string {
	all := maps.Clone(c.Default)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, own)
	maps.DeleteFunc(all, func(key, _ string) bool { return c.Ignored(key) })
	return all
}

// Ignored reports whether the provider leaves the tag alone: AWS's own tags, and those of ignore_tags.
func (c Config) Ignored(key string) bool {
	return strings.HasPrefix(strings.ToLower(key), reservedPrefix) ||
		slices.Contains(c.IgnoreKeys, key) ||
		slices.ContainsFunc(c.IgnoreKeyPrefixes, func(prefix string) bool { return strings.HasPrefix(key, prefix) })
}

// Managed returns the tags of remote that the provider manages.
func (c Config) Managed(remote map[string]string) map[string]string {
	managed := map[string]string{}
	for key, value := range remote {
		if !c.Ignored(key) {
			managed[key] = value
		}
	}
	return managed
}

// Unmanaged returns the tags of remote that a replacement of the whole set must carry over.
func (c Config) Unmanaged(remote map[string]string) map[string]string {
	unmanaged := map[string]string{}
	for key, value := range remote {
		if c.Ignored(key) {
			unmanaged[key] = value
		}
	}
	return unmanaged
}

// Own returns the part of managed that belongs to the object's own tags: what was configured before, and what no
// default explains. While the defaults are unknown, any of them may explain a tag.
func (c Config) Own(managed, configured map[string]string) map[string]string {
	own := map[string]string{}
	for key, value := range managed {
		_, wasConfigured := configured[key]
		byDefault, isDefault := c.Default[key]
		if wasConfigured || (!c.Unknown && (!isDefault || byDefault != value)) {
			own[key] = value
		}
	}
	return own
}

// Validate checks an object's tags against AWS's limits. The error says which tag breaks which limit.
func Validate(own map[string]string) error {
	if len(own) > MaxTags {
		return fmt.Errorf("%d tags exceed AWS's limit of %d", len(own), MaxTags)
	}
	for _, key := range slices.Sorted(maps.Keys(own)) {
		switch {
		case key == "":
			return fmt.Errorf("a tag key is empty: must be 1 to %d characters", MaxKeyLength)
		case strings.HasPrefix(strings.ToLower(key), reservedPrefix):
			return fmt.Errorf("tag key %q starts with %q, which is reserved for AWS", key, reservedPrefix)
		case utf8.RuneCountInString(key) > MaxKeyLength:
			return fmt.Errorf("tag key %q has %d characters, which exceeds AWS's limit of %d", key, utf8.RuneCountInString(key), MaxKeyLength)
		case utf8.RuneCountInString(own[key]) > MaxValueLength:
			return fmt.Errorf("the value of tag %q has %d characters, which exceeds AWS's limit of %d", key, utf8.RuneCountInString(own[key]), MaxValueLength)
		case !allowedText.MatchString(key):
			return fmt.Errorf("tag key %q contains invalid characters: must be %s", key, allowedCharacters)
		case !allowedText.MatchString(own[key]):
			return fmt.Errorf("the value of tag %q contains invalid characters: must be %s", key, allowedCharacters)
		}
	}
	return nil
}
