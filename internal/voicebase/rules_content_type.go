package voicebase

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// contentTypeRules are about the content type that a pre-signed URL was signed for, as VoiceBase reads it.
var contentTypeRules = []rule{
	{reads(AttributeURL, AttributeType, AttributeFormat), checkContentTypePresent},
	{reads(AttributeURL, AttributeType, AttributeFormat), checkContentType},
}

// checkContentTypePresent looks for the content type in the URL, since nothing else reaches VoiceBase. A SigV4
// URL may have the header signed and not say its value; whether VoiceBase accepts that is not documented.
func checkContentTypePresent(c candidate) []Problem {
	expected, ok := c.contentType()
	if !c.presigned() || !ok || c.s3.ContentType != "" {
		return nil
	}
	problem := fault(ContentTypeMissing, AttributeURL,
		"The pre-signed URL does not say for which content type it was signed.", "no content-type query parameter",
		fmt.Sprintf("a URL signed with the content-type query parameter %q", expected))
	if slices.Contains(c.s3.Signature.SignedHeaders, "content-type") {
		problem[0].Severity = Warning
		problem[0].Heading = fmt.Sprintf("Content type not visible: VoiceBase may reject the callback with error %d", ContentTypeMissing)
		problem[0].Reason = "The pre-signed URL has a content type signed, but does not say which. VoiceBase may not accept that."
	}
	return problem
}

func checkContentType(c candidate) []Problem {
	expected, ok := c.contentType()
	if !c.presigned() || !ok || c.s3.ContentType == "" || c.s3.ContentType == expected {
		return nil
	}
	return fault(ContentTypeWrong, AttributeURL, "The pre-signed URL is signed for another content type than VoiceBase sends.",
		mediaType(c.s3.ContentType), quoted(expected))
}

// contentType is what VoiceBase will send; false when type and format do not go together, of which other
// rules tell.
func (c candidate) contentType() (string, bool) {
	format := Format("")
	if c.Format != nil {
		format = Format(*c.Format)
	}
	contentType, err := ContentType(c.resultType(), format)
	return contentType, err == nil
}

var mediaTypePattern = regexp.MustCompile(`^[\w.+-]{1,64}/[\w.+-]{1,64}$`)

// mediaType quotes a content type. Anything else that a broken URL has in its place is not for an error text.
func mediaType(text string) string {
	text, _, _ = strings.Cut(text, ";")
	if !mediaTypePattern.MatchString(text) {
		return "something that is not a media type"
	}
	return quoted(text)
}
