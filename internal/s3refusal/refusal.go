// Package s3refusal explains S3's refusals of a PUT with a pre-signed URL, and says what to do about them. The guide
// "Troubleshooting" is generated from the same table, so that users find the provider's messages there.
package s3refusal

import "strings"

// Refusal is one answer of S3. The codes are those of
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
type Refusal struct {
	// Title describes the answer, as a heading.
	Title string
	// Advice is what it means and what to do, in Markdown without links.
	Advice string

	codes []string
	// message is part of S3's message in lower case, "" for any message.
	message string
}

// All are all refusals. If two match, the first one counts.
func All() []Refusal {
	return []Refusal{
		{
			Title:  "403 SignatureDoesNotMatch",
			Advice: "The request differs from what was signed: another content type (see the guide \"Pre-signed URLs\"), key or method, a header that was signed and is not sent, or a URL that was truncated, decoded or encoded again on the way. It also happens when the secret access key is wrong, for example with a line break at its end.",
			codes:  []string{"SignatureDoesNotMatch"},
		},
		{
			Title:   "403 AccessDenied, \"Request has expired\"",
			Advice:  "The URL has expired. Increase `expires_in`, and check `effective_expires_at`.",
			codes:   []string{"AccessDenied"},
			message: "request has expired",
		},
		{
			Title:   "403 AccessDenied, \"Request is not yet valid\"",
			Advice:  "The URL is signed for a time in the future. Check `signed_at`, and the clock of the machine that signs.",
			codes:   []string{"AccessDenied"},
			message: "not valid yet",
		},
		{
			Title:   "403 AccessDenied about kms:GenerateDataKey",
			Advice:  "The bucket encrypts with a KMS key that the signer of the URL may not use. Allow the signer `kms:GenerateDataKey` for the key, and let the key policy allow the account.",
			codes:   []string{"AccessDenied"},
			message: "kms:",
		},
		{
			Title: "403 AccessDenied",
			Advice: "The signature is correct, but the signer may not write the object. Check the signer's policies, the bucket policy and the KMS key policy; `voicebase_delivery_check` names the statement of the bucket policy. " +
				"A guard of `voicebase_delivery_bucket` gives the same answer: the URL is older than `presigned_url_max_age`, or the request comes from an address outside `presigned_url_source_ips`.",
			codes: []string{"AccessDenied", "AllAccessDisabled"},
		},
		{
			Title:  "403 ExpiredToken or InvalidToken",
			Advice: "The temporary credentials that signed the URL have expired. Sign with the access key of an IAM user, or sign closer to the time of use.",
			codes:  []string{"ExpiredToken", "InvalidToken", "TokenRefreshRequired"},
		},
		{
			Title:  "403 InvalidAccessKeyId",
			Advice: "The access key that signed the URL was deleted, or belongs to another partition of AWS. Sign with a key that is active.",
			codes:  []string{"InvalidAccessKeyId"},
		},
		{
			Title:  "403 RequestTimeTooSkewed",
			Advice: "The clock of the machine that signs is wrong by more than 15 minutes. Set it.",
			codes:  []string{"RequestTimeTooSkewed"},
		},
		{
			Title:  "404 NoSuchBucket",
			Advice: "There is no bucket of that name. Check the name, and whether the bucket was deleted since.",
			codes:  []string{"NoSuchBucket"},
		},
		{
			Title: "307 TemporaryRedirect or 301 PermanentRedirect",
			Advice: "The host of the URL is not the bucket's: it has no region (`bucket.s3.amazonaws.com`), and the bucket is new and outside us-east-1, or it is of another region. Clients may not follow the redirect, and the signature " +
				"does not hold at the other host. Sign for the host with the bucket's region, as this provider does.",
			codes: []string{"TemporaryRedirect", "PermanentRedirect", "Redirect"},
		},
		{
			Title:  "400 AuthorizationQueryParametersError",
			Advice: "The URL is signed for another region than the bucket's, or for more than 7 days. Pass the bucket's `region`.",
			codes:  []string{"AuthorizationQueryParametersError", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"},
		},
		{
			Title: "400 InvalidRequest, \"Please use AWS4-HMAC-SHA256\"",
			Advice: "The URL is signed with Signature Version 2 (`AWSAccessKeyId`, `Signature`, `Expires`). S3 supports it only in regions that opened before 2014, and AWS has deprecated it there too. " +
				"VoiceBase's Python sample makes such URLs with boto3's defaults; sign with `Config(signature_version=\"s3v4\")` instead. This provider signs with Signature Version 4.",
			codes:   []string{"InvalidRequest"},
			message: "aws4-hmac-sha256",
		},
		{
			Title:   "400 InvalidRequest about a checksum or Content-MD5",
			Advice:  "The bucket has a default Object Lock retention, which requires a checksum header with each PUT. VoiceBase sends none. Deliver to a bucket without a default retention, and copy the objects from there.",
			codes:   []string{"InvalidRequest"},
			message: "object lock",
		},
		{
			Title:  "400 KMS errors",
			Advice: "The bucket encrypts with a KMS key that is disabled, is to be deleted, or is in another region. Enable the key, or set the bucket's default encryption to another one.",
			codes:  []string{"KMS.NotFoundException", "KMS.DisabledException", "KMS.KMSInvalidStateException", "KMS.KMSInvalidStateException.PendingDeletion"},
		},
		{
			Title:  "503 SlowDown or 500 InternalError",
			Advice: "S3 is busy. Try again; VoiceBase does, for more than 15 hours.",
			codes:  []string{"SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout"},
		},
	}
}

// Find returns the refusal for S3's code and message.
func Find(code, message string) (Refusal, bool) {
	message = strings.ToLower(message)
	for _, refusal := range All() {
		for _, known := range refusal.codes {
			if known == code && strings.Contains(message, refusal.message) {
				return refusal, true
			}
		}
	}
	return Refusal{}, false
}
