package voicebase

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// contentTypeRules check the content type that a pre-signed URL was signed for, as VoiceBase reads it.
var contentTypeRules = []rule{
	{reads(AttributeURL, AttributeType, AttributeFormat), checkContentTypePresent},
	{reads(AttributeURL, AttributeType, AttributeFormat), checkContentType},
}

// checkContentTypePresent looks for the content type in the URL, because VoiceBase receives nothing else. A SigV4 URL
// may sign the header without showing its value; whether VoiceBase accepts that is not documented.
func checkContentTypePresent(c candidate) []Problem {
	expected, ok := c.contentType()
	if !c.presigned() || !ok || c.s3.ContentType != "" {
		return nil
	}
	problem := fault(ContentTypeMissing, AttributeURL,
		"The pre-signed URL doesn't say which content type it was signed for.", "no content-type query parameter",
		fmt.Sprintf("a URL signed with the query parameter content-type=%s", url.QueryEscape(expected)))
	if slices.Contains(c.s3.Signature.SignedHeaders, "content-type") {
		problem[0].Severity = Warning
		problem[0].Heading = fmt.Sprintf("VoiceBase may reject the callback with error %d", ContentTypeMissing)
		problem[0].Reason = "The pre-signed URL signs the Content-Type header, but its value is not in the URL, where VoiceBase looks for it."
	}
	return problem
}

func checkContentType(c candidate) []Problem {
	expected, ok := c.contentType()
	if !c.presigned() || !ok || c.s3.ContentType == "" || c.s3.ContentType == expected {
		return nil
	}
	return fault(ContentTypeWrong, AttributeURL, "The pre-signed URL is signed for a content type that VoiceBase does not send with this type and format.",
		contentTypeGiven(c.s3.ContentType), quoted(expected)+", without parameters")
}

// contentType is what VoiceBase will send. It is false if type and format do not match, which other rules report.
func (c candidate) contentType() (string, bool) {
	format := Format("")
	if c.Format != nil {
		format = Format(*c.Format)
	}
	contentType, err := ContentType(c.resultType(), format)
	return contentType, err == nil
}

// contentTypePattern is a media type with parameters, such as application/json; charset=utf-8.
var contentTypePattern = regexp.MustCompile(`^[\w.+-]{1,40}/[\w.+-]{1,40}(?: ?; ?[\w-]{1,20}="?[\w.+-]{1,40}"?){0,3}$`)

// contentTypeGiven quotes a content type. Anything else that a broken URL has in its place must not be in an error.
func contentTypeGiven(text string) string {
	switch {
	case contentTypePattern.MatchString(text):
		return quoted(text)
	case contentTypePattern.MatchString(strings.ReplaceAll(text, " ", "+")):
		return "a content type with a space (in a query, + means a space: write %2B)"
	}
	return "something that is not a content type"
}
