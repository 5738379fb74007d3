package voicebase

import (
	"fmt"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// presignedRules check URLs with a signature.
var presignedRules = []rule{
	{reads(AttributeURL), checkSignatureVersion},
	{reads(AttributeURL), checkExpired},
	{reads(AttributeURL), checkStart},
	{reads(AttributeURL), checkLifetime},
	{reads(AttributeURL, AttributeMethod), checkPresignedMethod},
	{reads(AttributeURL, AttributeS3Delivery), checkPresignedDelivery},
	{reads(AttributeURL), checkGlobalHost},
}

func checkSignatureVersion(c candidate) []Problem {
	if !c.presigned() || c.s3.Signature.Version != s3url.SigV2 {
		return nil
	}
	given, allowed := "Signature Version 2 (AWSAccessKeyId)", "Signature Version 4 (boto3: Config(signature_version=\"s3v4\"))"
	if region := c.s3.Region; region != "" && !s3url.SigV2Region(region) {
		return failure(AttributeURL, "The URL is signed with Signature Version 2, which S3 does not support in the bucket's region.",
			given+" in "+region, allowed)
	}
	return warning("Pre-signed URL with Signature Version 2", AttributeURL,
		"The URL is signed with Signature Version 2. AWS has deprecated it, and S3 supports it only in some older regions, so the "+
			"delivery may be refused. The sample on VoiceBase's page makes such URLs with boto3's defaults.",
		given, allowed)
}

// checkExpired counts the last second as expired: no request could arrive in time.
func checkExpired(c candidate) []Problem {
	if !c.presigned() || c.now.Before(c.s3.Signature.ExpiresAt) {
		return nil
	}
	return failure(AttributeURL, "The pre-signed URL has expired.",
		"expired at "+c.s3.Signature.ExpiresAt.Format(time.RFC3339), "an expiry after "+c.now.UTC().Format(time.RFC3339))
}

// clockSkew is how far the signer's clock and ours may differ without a warning.
const clockSkew = 5 * time.Minute

// checkStart needs a clock: the zero time would be before every start.
func checkStart(c candidate) []Problem {
	start := c.s3.Signature.SignedAt
	if !c.presigned() || c.now.IsZero() || !start.After(c.now.Add(clockSkew)) {
		return nil
	}
	return warning("Pre-signed URL is not valid yet", AttributeURL,
		"The pre-signed URL is signed for a time in the future. S3 refuses every delivery before then (403).",
		"a start at "+start.Format(time.RFC3339), "a start at "+c.now.UTC().Format(time.RFC3339)+" or earlier")
}

func checkLifetime(c candidate) []Problem {
	end := c.s3.Signature.ExpiresAt
	if !c.presigned() || !c.now.Before(end) || end.Sub(c.now) >= LastRetry {
		return nil
	}
	return warning("Pre-signed URL expires before the last retry", AttributeURL,
		fmt.Sprintf("The pre-signed URL expires before VoiceBase's last retry, %d seconds after the first attempt. The first attempt "+
			"comes when processing is complete. If it fails, the result may be lost.", int(LastRetry.Seconds())),
		"an expiry at "+end.Format(time.RFC3339),
		"an expiry at "+c.now.Add(LastRetry).UTC().Format(time.RFC3339)+" or later, plus the processing time")
}

func checkPresignedMethod(c candidate) []Problem {
	if !c.presigned() || c.Method == nil || *c.Method != string(POST) {
		return nil
	}
	return failure(AttributeMethod, "A pre-signed URL accepts only the method it was signed for, which is PUT for deliveries.",
		quoted(*c.Method), list([]Method{PUT})+", or leave method out")
}

func checkPresignedDelivery(c candidate) []Problem {
	if !c.presigned() || !c.s3Delivery() {
		return nil
	}
	return failure(AttributeS3Delivery,
		"A callback is delivered either with a pre-signed URL or with a role. With s3_delivery, VoiceBase uses the role and "+
			"ignores the signature.",
		"s3_delivery with a pre-signed url", "s3_delivery with the bucket's base URL, or a pre-signed url without s3_delivery")
}

func checkGlobalHost(c candidate) []Problem {
	if !c.presigned() || !c.s3.Global || c.s3.Region == "" || c.s3.Region == "us-east-1" ||
		strings.Contains(c.endpoint.Hostname(), ".s3-accelerate.") {
		return nil
	}
	return warning("Pre-signed URL without its region in the host", AttributeURL,
		"The host of the pre-signed URL has no region. For a new bucket outside us-east-1, S3 answers there with a redirect, which "+
			"VoiceBase may not follow.",
		"the global host, for a bucket in "+c.s3.Region, "a host with the region, as in https://<bucket>.s3."+c.s3.Region+".amazonaws.com")
}
