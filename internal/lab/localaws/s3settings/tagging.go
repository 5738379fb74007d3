package s3settings

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

const (
	maxBucketTags = 50
	maxTagKey     = 128
	maxTagValue   = 256
)

// tagText is what tags of S3 may consist of.
var tagText = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

func tagging() *Setting {
	return &Setting{
		Root: "Tagging", Missing: "NoSuchTagSet",
		Check: func(root *awsxml.Node) (*awsxml.Node, error) {
			if Only(root, "TagSet") != nil || len(root.All("TagSet")) != 1 {
				return nil, s3error.MalformedXML()
			}
			return root, CheckTags(root.Child("TagSet"), "System tags cannot be added/updated by requester")
		},
	}
}

// CheckTags refuses the tags that AWS refuses; system says what is wrong with
// one of AWS's own.
func CheckTags(set *awsxml.Node, system string) error {
	if set == nil {
		return nil
	}
	if Only(set, "Tag") != nil {
		return s3error.MalformedXML()
	}
	seen := map[string]bool{}
	for _, tag := range set.All("Tag") {
		if Only(tag, "Key", "Value") != nil || len(tag.All("Key")) != 1 || len(tag.All("Value")) != 1 {
			return s3error.MalformedXML()
		}
		key, value := tag.Child("Key").Text, tag.Child("Value").Text
		switch {
		case seen[key]:
			return s3error.BadRequest("InvalidTag", "Cannot provide multiple Tags with the same key")
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			return s3error.BadRequest("InvalidTag", "%s", system)
		case key == "", utf8.RuneCountInString(key) > maxTagKey, !tagText.MatchString(key):
			return s3error.BadRequest("InvalidTag", "The TagKey you have provided is invalid")
		case utf8.RuneCountInString(value) > maxTagValue, !tagText.MatchString(value):
			return s3error.BadRequest("InvalidTag", "The TagValue you have provided is invalid")
		}
		seen[key] = true
	}
	if len(seen) > maxBucketTags {
		return s3error.BadRequest("BadRequest", "Bucket tag count cannot be greater than %d", maxBucketTags)
	}
	return nil
}

// TagContext returns the condition keys of tags that a request brings along.
func TagContext(tags []*awsxml.Node) map[string][]string {
	context := map[string][]string{}
	for _, tag := range tags {
		key := tag.Child("Key").Text
		context["aws:RequestTag/"+key] = []string{tag.Child("Value").Text}
		context["aws:TagKeys"] = append(context["aws:TagKeys"], key)
	}
	return context
}

// TagDocument is what GetBucketTagging shows of tags given at the creation,
// "" without any.
func TagDocument(tags []*awsxml.Node) string {
	if len(tags) == 0 {
		return ""
	}
	return string(awsxml.New("Tagging", awsxml.New("TagSet", tags...)).Document(awsxml.S3Namespace))
}
