package voicebase

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// requestRules check pre-signed URLs whose signature covers more, or something else, than the request that VoiceBase
// sends: a PUT of one object, with a Content-Type header and no headers of S3.
var requestRules = []rule{
	{reads(AttributeURL), checkSignedHeaders},
	{reads(AttributeURL), checkOperation},
	{reads(AttributeURL), checkChecksum},
	{reads(AttributeURL), checkDottedHost},
	{reads(AttributeURL), checkPath},
}

func checkSignedHeaders(c candidate) []Problem {
	if !c.presigned() {
		return nil
	}
	var surplus []string
	for _, header := range c.s3.Signature.SignedHeaders {
		if header != "host" && header != "content-type" {
			surplus = append(surplus, safeName(header, "another header"))
		}
	}
	if surplus == nil {
		return nil
	}
	return failure(AttributeURL,
		"The pre-signed URL signs headers that VoiceBase does not send, so S3 would refuse the delivery (403). Sign the URL without "+
			"them: encryption, tags and access are settings of the bucket.",
		strings.Join(surplus, ", "), `"host" and "content-type" as the only signed headers`)
}

// subresources are the query parameters with which a PUT does not store an object:
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html.
var subresources = []string{"acl", "legal-hold", "partnumber", "retention", "tagging", "uploadid", "versionid", "x-amz-copy-source"}

// checkOperation reads the name that AWS's SDKs write into a URL (x-id), and the parameters by which S3 decides.
func checkOperation(c candidate) []Problem {
	if !c.presigned() {
		return nil
	}
	allowed := "a URL signed for PutObject"
	if operation := c.s3.Operation; operation != "" && operation != "PutObject" {
		return failure(AttributeURL, "The pre-signed URL is signed for another operation, and VoiceBase sends a PUT of the object.",
			"x-id="+safeName(operation, "another operation"), allowed)
	}
	for _, subresource := range subresources {
		if slices.Contains(c.s3.Parameters, subresource) {
			return failure(AttributeURL, "The pre-signed URL has a query parameter by which S3 does not store what VoiceBase sends as the object.",
				quoted(subresource)+" in the query", allowed)
		}
	}
	return nil
}

// checkChecksum only warns: AWS was recorded to accept the checksum of an empty body with another body, and users
// report refusals.
func checkChecksum(c candidate) []Problem {
	if !c.presigned() {
		return nil
	}
	for _, name := range c.s3.Parameters {
		if name == "content-md5" || strings.HasPrefix(name, "x-amz-checksum-") || name == "x-amz-sdk-checksum-algorithm" {
			return warning("Pre-signed URL with a checksum", AttributeURL,
				"The pre-signed URL fixes a checksum of the body, which is not known when the URL is signed. S3 may refuse the delivery. "+
					"Recent AWS SDKs add a checksum by default.",
				safeName(name, "a checksum")+" in the query",
				`a URL without a checksum (boto3: Config(request_checksum_calculation="when_required"))`)
		}
	}
	return nil
}

// checkDottedHost is about TLS: the certificate of *.s3.amazonaws.com does not cover another label.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html.
func checkDottedHost(c candidate) []Problem {
	if !c.presigned() || c.s3.Style != s3url.VirtualHosted || !strings.Contains(c.s3.Bucket, ".") {
		return nil
	}
	return failure(AttributeURL,
		"The bucket's name has dots and stands in the host of the URL. S3's TLS certificate does not match such a host, so VoiceBase "+
			"cannot connect.",
		"the bucket in the host", "the bucket in the path, as in https://s3.<region>.amazonaws.com/<bucket>/<key>, or a bucket without dots")
}

// checkPath checks for paths that HTTP clients normalize before they send them. The segments are those of the escaped
// path, in which an escaped slash separates nothing.
func checkPath(c candidate) []Problem {
	if !c.presigned() {
		return nil
	}
	path := strings.TrimPrefix(c.endpoint.EscapedPath(), "/")
	for segment := range strings.SplitSeq(path, "/") {
		if decoded, err := url.PathUnescape(segment); err == nil && (decoded == "." || decoded == "..") {
			return failure(AttributeURL, "HTTP clients resolve \".\" and \"..\" in a URL before they send it, and the signature no longer matches.",
				fmt.Sprintf("a key with the segment %q", decoded), `a key without "." and ".." segments`)
		}
	}
	if strings.HasPrefix(path, "/") || strings.Contains(path, "//") {
		return warning("Object key with an empty segment", AttributeURL,
			"Some HTTP clients reduce \"//\" in a URL to \"/\" before they send it, and the signature no longer matches.",
			`"//" in the path`, "a key without empty segments")
	}
	return nil
}

var namePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,47}$`)

// safeName quotes a name from a URL. Text in another form must not be in an error: a broken URL may have a signature in
// its place.
func safeName(name, otherwise string) string {
	if !namePattern.MatchString(name) {
		return otherwise
	}
	return quoted(name)
}
