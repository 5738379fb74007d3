package s3refusal_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3refusal"
)

func TestFind(t *testing.T) {
	for answer, want := range map[[2]string]string{
		{"SignatureDoesNotMatch", "The request signature we calculated does not match"}:               "403 SignatureDoesNotMatch",
		{"AccessDenied", "Request has expired"}:                                                       `403 AccessDenied, "Request has expired"`,
		{"AccessDenied", "Request is not valid yet"}:                                                  `403 AccessDenied, "Request is not yet valid"`,
		{"AccessDenied", "User: x is not authorized to perform: kms:GenerateDataKey on the resource"}: "403 AccessDenied about kms:GenerateDataKey",
		{"AccessDenied", "User: x is not authorized to perform: s3:PutObject on resource"}:            "403 AccessDenied",
		{"AccessDenied", ""}: "403 AccessDenied",
		{"ExpiredToken", "The provided token has expired."}:                                                                              "403 ExpiredToken or InvalidToken",
		{"PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint."}:                 "307 TemporaryRedirect or 301 PermanentRedirect",
		{"AuthorizationQueryParametersError", "Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong"}:           "400 AuthorizationQueryParametersError",
		{"InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."}:               `400 InvalidRequest, "Please use AWS4-HMAC-SHA256"`,
		{"InvalidRequest", "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters"}: "400 InvalidRequest about a checksum or Content-MD5",
		{"AllAccessDisabled", "All access to this object has been disabled"}:                                                             "403 AccessDenied",
		{"InvalidToken", "The provided token is malformed or otherwise not valid."}:                                                      "403 ExpiredToken or InvalidToken",
		{"TokenRefreshRequired", "The provided token must be refreshed."}:                                                                "403 ExpiredToken or InvalidToken",
		{"TemporaryRedirect", "Please re-send this request to the specified temporary endpoint."}:                                        "307 TemporaryRedirect or 301 PermanentRedirect",
		{"Redirect", "Please re-send this request to the specified temporary endpoint."}:                                                 "307 TemporaryRedirect or 301 PermanentRedirect",
		{"AuthorizationHeaderMalformed", "The authorization header is malformed; the region is wrong"}:                                   "400 AuthorizationQueryParametersError",
		{"IllegalLocationConstraintException", "The unspecified location constraint is incompatible."}:                                   "400 AuthorizationQueryParametersError",
		{"KMS.NotFoundException", "Key is not found."}:                                                                                   "400 KMS errors",
		{"KMS.KMSInvalidStateException", "The key is pending import."}:                                                                   "400 KMS errors",
		{"KMS.KMSInvalidStateException.PendingDeletion", "The key is pending deletion."}:                                                 "400 KMS errors",
		{"ServiceUnavailable", "Please reduce your request rate."}:                                                                       "503 SlowDown or 500 InternalError",
		{"InternalError", "We encountered an internal error. Please try again."}:                                                         "503 SlowDown or 500 InternalError",
		{"RequestTimeout", "Your socket connection to the server was not read from within the time."}:                                    "503 SlowDown or 500 InternalError",
		{"InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."}:                                      "403 InvalidAccessKeyId",
		{"RequestTimeTooSkewed", "The difference between the request time and the current time is too large."}:                           "403 RequestTimeTooSkewed",
		{"NoSuchBucket", "The specified bucket does not exist"}:                                                                          "404 NoSuchBucket",
		{"KMS.DisabledException", "arn:aws:kms:us-east-1:111122223333:key/1 is disabled."}:                                               "400 KMS errors",
		{"SlowDown", "Please reduce your request rate."}:                                                                                 "503 SlowDown or 500 InternalError",
		{"InvalidRequest", "Missing required header"}:                                                                                    "",
		{"Teapot", ""}: "",
		{"AccessDenied", "The lease has expired"}:                                      "403 AccessDenied",
		{"AccessDenied", "The address is not valid"}:                                   "403 AccessDenied",
		{"AccessDenied", "User: kms-admin is not authorized to perform: s3:PutObject"}: "403 AccessDenied",
		{"InvalidRequest", "The object has a lock"}:                                    "",
	} {
		got, found := s3refusal.Find(answer[0], answer[1])
		if got.Title != want || found != (want != "") {
			t.Errorf("%q: %q, want %q", answer, got.Title, want)
		}
	}
}

// TestAll holds that each entry can be found, and says something.
func TestAll(t *testing.T) {
	titles := map[string]bool{}
	for _, refusal := range s3refusal.All() {
		if titles[refusal.Title] || refusal.Title == "" || !strings.HasSuffix(refusal.Advice, ".") {
			t.Errorf("%q: %q", refusal.Title, refusal.Advice)
		}
		titles[refusal.Title] = true
	}
}
