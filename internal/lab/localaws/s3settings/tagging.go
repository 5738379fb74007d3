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
			return root, nil // CheckTags needs the tags that there are
		},
	}
}

// SystemTags are those of a set that AWS keeps for itself, such as CloudFormation's.
func SystemTags(set []*awsxml.Node) map[string]string {
	tags := map[string]string{}
	for _, tag := range set {
		if isSystem(tag.Value("Key")) {
			tags[tag.Value("Key")] = tag.Value("Value")
		}
	}
	return tags
}

func isSystem(key string) bool { return strings.HasPrefix(strings.ToLower(key), "aws:") }

// CheckTags refuses the tags that AWS refuses; system says what is wrong with
// one of AWS's own that is not there before. Those that are have to come along.
func CheckTags(set *awsxml.Node, before map[string]string, system string) error {
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
		case isSystem(key):
			if was, there := before[key]; !there || was != value {
				return s3error.BadRequest("InvalidTag", "%s", system)
			}
		case key == "", utf8.RuneCountInString(key) > maxTagKey, !tagText.MatchString(key):
			return s3error.BadRequest("InvalidTag", "The TagKey you have provided is invalid")
		case utf8.RuneCountInString(value) > maxTagValue, !tagText.MatchString(value):
			return s3error.BadRequest("InvalidTag", "The TagValue you have provided is invalid")
		}
		seen[key] = true
	}
	for key := range before {
		if !seen[key] {
			return s3error.BadRequest("InvalidTag", "System tags cannot be removed by requester")
		}
	}
	if len(seen)-len(before) > maxBucketTags {
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
