package voicebase

import (
	"fmt"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// urlRules check the URL of any callback. VoiceBase has two codes for a missing URL, and its page does not explain the
// difference. Here, 60001 is for an absent attribute and 60005 for an empty one.
var urlRules = []rule{
	{reads(AttributeURL), checkURLPresent},
	{reads(AttributeURL, AttributeType), checkURLNotEmpty},
	{reads(AttributeURL), checkURLValid},
	{reads(AttributeURL, AttributeS3Delivery), checkDeliveryURL},
	{reads(AttributeURL), checkProtocol},
	{reads(AttributeURL, AttributeS3Delivery), checkPlainHTTP},
	{reads(AttributeMethod), checkMethod},
}

const anHTTPSURL = "a URL that starts with https://"

func checkURLPresent(c candidate) []Problem {
	if c.URL != nil {
		return nil
	}
	return fault(URLMissing, AttributeURL, "A callback needs a URL to deliver to.", "no url", anHTTPSURL)
}

func checkURLNotEmpty(c candidate) []Problem {
	if c.URL == nil || *c.URL != "" {
		return nil
	}
	return fault(URLMissingForType, AttributeURL,
		fmt.Sprintf("A callback of type %q needs a URL to deliver to.", c.resultType()), `""`, anHTTPSURL)
}

// checkURLValid does not quote the URL, which may be a credential.
func checkURLValid(c candidate) []Problem {
	switch {
	case c.URL == nil, *c.URL == "":
		return nil
	case c.endpoint == nil:
		return fault(URLInvalid, AttributeURL, c.reason, "", anHTTPSURL)
	case !web(c.endpoint.Scheme):
		return nil
	case s3url.Is(*c.URL) && c.s3Err != nil:
		return fault(URLInvalid, AttributeURL, sentence(c.s3Err), "", "the URL of an S3 bucket or object")
	case c.presigned() && c.s3.Key == "":
		return fault(URLInvalid, AttributeURL, "The pre-signed URL names a bucket and no object.", "", "the URL of an object")
	}
	return nil
}

// checkDeliveryURL checks hosts that are not AWS's. For a role delivery they must be a custom endpoint.
func checkDeliveryURL(c candidate) []Problem {
	if !c.s3Delivery() || c.endpoint == nil || !web(c.endpoint.Scheme) || s3url.Is(*c.URL) || c.s3Err == nil {
		return nil
	}
	return fault(URLInvalid, AttributeURL, sentence(c.s3Err), "", "the base URL of a bucket")
}

func checkProtocol(c candidate) []Problem {
	if c.endpoint == nil || web(c.endpoint.Scheme) {
		return nil
	}
	return fault(ProtocolUnsupported, AttributeURL, "VoiceBase does not support this protocol.",
		fmt.Sprintf("%q", c.endpoint.Scheme), `"https"`)
}

func checkPlainHTTP(c candidate) []Problem {
	if c.endpoint == nil || c.endpoint.Scheme != "http" {
		return nil
	}
	if c.s3Delivery() {
		return failure(AttributeURL,
			"The URL uses plain HTTP, which a bucket with a TLS policy refuses. The example on VoiceBase's page has http, but its URL "+
				"works with https as well.",
			`"http"`, `the same URL with "https"`)
	}
	return fault(ProtocolUnsupported, AttributeURL, "Call results must be encrypted in transit.", `"http"`, `"https"`)
}

func checkMethod(c candidate) []Problem {
	if c.Method == nil {
		return nil
	}
	if _, err := ParseMethod(*c.Method); err == nil {
		return nil
	}
	return fault(MethodUnknown, AttributeMethod, "VoiceBase does not support this method.", quoted(*c.Method), list(Methods()))
}

func quoted(text string) string { return fmt.Sprintf("%q", text) }

// sentence turns an error of another package into the reason of a problem.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
