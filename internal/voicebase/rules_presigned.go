package voicebase

import (
	"fmt"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// presignedRules are about URLs that bear a signature.
var presignedRules = []rule{
	{reads(AttributeURL), checkSignatureVersion},
	{reads(AttributeURL), checkExpired},
	{reads(AttributeURL), checkLifetime},
	{reads(AttributeURL, AttributeMethod), checkPresignedMethod},
	{reads(AttributeURL, AttributeS3Delivery), checkPresignedDelivery},
	{reads(AttributeURL), checkGlobalHost},
}

func checkSignatureVersion(c candidate) []Problem {
	if !c.presigned() || c.s3.Signature.Version != s3url.SigV2 {
		return nil
	}
	return failure(AttributeURL,
		"The URL is signed by SigV2, which AWS accepts for no bucket created after 24 June 2020. The sample on VoiceBase's "+
			"page makes such URLs with boto3's defaults.",
		"SigV2", "SigV4 (boto3: Config(signature_version=\"s3v4\"))")
}

// checkExpired counts the second of the end as expired: no request could arrive in time.
func checkExpired(c candidate) []Problem {
	if !c.presigned() || c.now.Before(c.s3.Signature.ExpiresAt) {
		return nil
	}
	return failure(AttributeURL, "The pre-signed URL has expired.",
		"an end at "+c.s3.Signature.ExpiresAt.Format(time.RFC3339), "an end after "+c.now.UTC().Format(time.RFC3339))
}

func checkLifetime(c candidate) []Problem {
	end := c.s3.Signature.ExpiresAt
	if !c.presigned() || !c.now.Before(end) || end.Sub(c.now) >= LastRetry {
		return nil
	}
	return warning("Pre-signed URL ends before the last retry", AttributeURL,
		fmt.Sprintf("The pre-signed URL ends before VoiceBase's last retry, %d s after the first attempt, which comes once "+
			"processing is over. A delivery that fails at first may be lost.", int(LastRetry.Seconds())),
		"an end at "+end.Format(time.RFC3339),
		"an end at "+c.now.Add(LastRetry).UTC().Format(time.RFC3339)+" or later, and the time of processing")
}

func checkPresignedMethod(c candidate) []Problem {
	if !c.presigned() || c.Method == nil || *c.Method != string(POST) {
		return nil
	}
	return failure(AttributeMethod, "A pre-signed URL takes the method that it was signed for, and results can only be PUT.",
		quoted(*c.Method), list([]Method{PUT})+", or no method")
}

func checkPresignedDelivery(c candidate) []Problem {
	if !c.presigned() || !c.s3Delivery() {
		return nil
	}
	return failure(AttributeS3Delivery,
		"A callback is delivered either by a pre-signed URL or by a role. With s3_delivery the role counts, and the "+
			"signature would go unused.",
		"s3_delivery with a pre-signed url", "s3_delivery with the bucket's base URL, or a pre-signed url without s3_delivery")
}

func checkGlobalHost(c candidate) []Problem {
	if !c.presigned() || !c.s3.Global || c.s3.Region == "" || c.s3.Region == "us-east-1" ||
		strings.Contains(c.endpoint.Hostname(), ".s3-accelerate.") {
		return nil
	}
	return warning("Pre-signed URL without its region in the host", AttributeURL,
		"The host of the pre-signed URL has no region. Until its name is known everywhere, a new bucket outside us-east-1 "+
			"answers there with a redirect, which VoiceBase may not follow.",
		"the global host, for a bucket in "+c.s3.Region, "the host with the region in it")
}
