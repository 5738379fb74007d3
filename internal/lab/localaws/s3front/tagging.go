package s3front

import (
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

const (
	maxBucketTags = 50
	maxTagKey     = 128
	maxTagValue   = 256
)

// tagText is what tags of S3 may consist of.
var tagText = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

func tagging() *setting {
	return &setting{
		root: "Tagging", missing: "NoSuchTagSet",
		check: func(_ *Front, _ *request, root *awsxml.Node) (*awsxml.Node, error) {
			if only(root, "TagSet") != nil || len(root.All("TagSet")) != 1 {
				return nil, malformedXML()
			}
			return root, checkTags(root.Child("TagSet"), "System tags cannot be added/updated by requester")
		},
	}
}

// checkTags refuses the tags that AWS refuses; system says what is wrong with
// one of AWS's own.
func checkTags(set *awsxml.Node, system string) error {
	if set == nil {
		return nil
	}
	if only(set, "Tag") != nil {
		return malformedXML()
	}
	seen := map[string]bool{}
	for _, tag := range set.All("Tag") {
		if only(tag, "Key", "Value") != nil || len(tag.All("Key")) != 1 || len(tag.All("Value")) != 1 {
			return malformedXML()
		}
		key, value := tag.Child("Key").Text, tag.Child("Value").Text
		switch {
		case seen[key]:
			return badRequest("InvalidTag", "Cannot provide multiple Tags with the same key")
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			return badRequest("InvalidTag", "%s", system)
		case key == "", utf8.RuneCountInString(key) > maxTagKey, !tagText.MatchString(key):
			return badRequest("InvalidTag", "The TagKey you have provided is invalid")
		case utf8.RuneCountInString(value) > maxTagValue, !tagText.MatchString(value):
			return badRequest("InvalidTag", "The TagValue you have provided is invalid")
		}
		seen[key] = true
	}
	if len(seen) > maxBucketTags {
		return badRequest("BadRequest", "Bucket tag count cannot be greater than %d", maxBucketTags)
	}
	return nil
}

// tagContext returns the condition keys of tags that a request brings along.
func tagContext(tags []*awsxml.Node) map[string][]string {
	context := map[string][]string{}
	for _, tag := range tags {
		key := tag.Child("Key").Text
		context["aws:RequestTag/"+key] = []string{tag.Child("Value").Text}
		context["aws:TagKeys"] = append(context["aws:TagKeys"], key)
	}
	return context
}

// tagDocument is what GetBucketTagging shows of tags given at the creation,
// "" without any.
func tagDocument(tags []*awsxml.Node) string {
	if len(tags) == 0 {
		return ""
	}
	return string(awsxml.New("Tagging", awsxml.New("TagSet", tags...)).Document(awsxml.S3Namespace))
}

// noSuchTagSet is a setting's absence in the words of its kind.
func missingSetting(name string, s *setting) error {
	if name == "tagging" {
		return fail(http.StatusNotFound, s.missing, "The TagSet does not exist")
	}
	return fail(http.StatusNotFound, s.missing, "The %s configuration was not found", name)
}
