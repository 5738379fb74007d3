package callback_test

import (
	"strings"
	"testing"
)

// TestAccConfigurationDataSource_rules writes each of VoiceBase's codes, and each further rule that is an
// error, in HCL. The rules themselves, and what is just inside them, are tested in package voicebase.
func TestAccConfigurationDataSource_rules(t *testing.T) {
	expectRefused(t, []refusal{
		{"60001", inCallbacks(`{ type = "analytics" }`), `error 60001`},
		{"60002", inCallbacks(`{ url = "ftp://example.org/c" }`), `error 60002`},
		{"60002 plain http", inCallbacks(`{ url = "http://example.org/c" }`), `callbacks[0].url: Call results must be encrypted in transit. Given: "http" Allowed: "https"`},
		{"60003", inCallbacks(`{ url = "https://example.org/c", include = ["metadata", "topics"] }`), `Given: "topics" Allowed: "metadata", "transcript", "knowledge"`},
		{"60005", inCallbacks(`{ url = "" }`), `error 60005`},
		{"60006", inCallbacks(`{ url = "example.org/c" }`), `error 60006`},
		{"60006 half a signature", inCallbacks(`{ url = "` + bucketHost + scope + `" }`), `The query has no X-Amz-SignedHeaders.`},
		{"60007 the second", inCallbacks(`{ url = "https://example.org/c" }, { url = "https://example.org/d", type = "speech" }`), `callbacks[1].type: VoiceBase does not support this type. Given: "speech" Allowed: "analytics", "transcript", "media"`},
		{"60008", inCallbacks(`{ url = "https://example.org/c", format = "json" }`), `error 60008`},
		{"60009", inCallbacks(`{ url = "https://example.org/c", type = "transcript" }`), `callbacks[0].format: format is required with type "transcript".`},
		{"60010", inCallbacks(`{ url = "https://example.org/c", type = "transcript", format = "pdf" }`), `error 60010`},
		{"60011", inCallbacks(`{ url = "https://example.org/c", method = "GET" }`), `Given: "GET" Allowed: "POST", "PUT"`},
		{"60012", inCallbacks(`{ url = "` + hostOnly + `" }`), `error 60012`},
		{"60013", inCallbacks(`{ url = "` + signed + `", type = "transcript", format = "webvtt" }`), `Given: "application/json" Allowed: "text/vtt"`},
		{"SigV2 where S3 never had it", inCallbacks(`{ url = "` + strings.Replace(sigV2, "us-east-1", "eu-central-1", 1) + `" }`), `Signature Version 2, which S3 does not support in the bucket's region. Given: Signature Version 2 (AWSAccessKeyId) in eu-central-1`},
		{"a signed header", inCallbacks(`{ url = "` + strings.Replace(signed, "content-type%3Bhost", "content-type%3Bhost%3Bx-amz-acl", 1) + `" }`), `Given: "x-amz-acl" Allowed: "host" and "content-type" as the only signed headers`},
		{"another operation", inCallbacks(`{ url = "` + signed + `&x-id=GetObject" }`), `Given: x-id="GetObject" Allowed: a URL signed for PutObject`},
		{"a host with dots", inCallbacks(`{ url = "` + strings.Replace(signed, "acme-", "acme.", 1) + `" }`), `S3's TLS certificate does not match such a host`},
		{"a key that climbs", inCallbacks(`{ url = "` + strings.Replace(signed, "calls/", "calls/../", 1) + `" }`), `a key with the segment ".."`},
		{"an unsigned URL of S3's", inCallbacks(`{ url = "` + baseURL + `", role = "` + role + `" }`), `Given: an unsigned S3 url without s3_delivery Allowed: a pre-signed url, or s3_delivery = true with a role`},
		{"a content type with parameters", inCallbacks(`{ url = "` + strings.Replace(signed, "%2Fjson", "%2Fjson%3Bcharset%3Dutf-8", 1) + `" }`), `Given: "application/json;charset=utf-8" Allowed: "application/json", without parameters`},
		{"the base's spelling", inDataSource("callbacks = []\nbase_configuration = jsonencode({ publish = { callbacks = [{ s3_delivery = true }] } })"), `In base_configuration, publish.callbacks[0] has the key "s3_delivery", which VoiceBase spells "s3Delivery".`},
		{"POST", inCallbacks(`{ url = "` + signed + `", method = "POST" }`), `callbacks[0].method: A pre-signed URL accepts only the method it was signed for`},
		{"no role", inCallbacks(`{ url = "` + baseURL + `", s3_delivery = true }`), `callbacks[0].role: With s3_delivery, VoiceBase needs the ARN of the role to assume.`},
		{"another partition", inCallbacks(`{ url = "` + baseURL + `", s3_delivery = true, role = "arn:aws-cn:iam::111122223333:role/r" }`), `a role in aws-cn for a bucket in aws`},
		{"a trailing slash", inCallbacks(`{ url = "` + baseURL + `/", s3_delivery = true, role = "` + role + `" }`), `so the URL must have no trailing slash`},
		{"the same object", inCallbacks(`{ url = "` + signed + `" }, { url = "` + signed + `" }`), `callbacks[1].url: Two callbacks PUT to the same URL, so the later delivery overwrites the earlier one.`},
		{"plain http for a role", inCallbacks(`{ url = "http://s3-us-east-1.amazonaws.com/acme", s3_delivery = true, role = "` + role + `" }`), `The URL uses plain HTTP, which a bucket with a TLS policy refuses.`},
		{"a pre-signed s3_delivery", inCallbacks(`{ url = "` + signed + `", s3_delivery = true, role = "` + role + `" }`), `callbacks[0].s3_delivery: A callback is delivered either with a pre-signed URL or with a role.`},
		{"a base that is no JSON", inDataSource("callbacks = []\nbase_configuration = \"{\""), `In base_configuration, the value is not valid JSON: unexpected end of JSON input`},
		{"a base of another type", inDataSource("callbacks = []\nbase_configuration = jsonencode({ publish = { callbacks = {} } })"), `In base_configuration, publish.callbacks is an object, but must be an array.`},
		{"a callback of the base", inDataSource("callbacks = [{ url = \"https://example.org/c\" }]\nbase_configuration = jsonencode({ publish = { callbacks = [{ url = \"https://example.org/c\", type = \"speech\" }] } })"), `publish.callbacks[0].type: VoiceBase does not support this type.`},
		{"the base's object again", inDataSource("callbacks = [{ url = \"" + signed + "\" }]\nbase_configuration = jsonencode({ publish = { callbacks = [{ url = \"" + signed + "\", method = \"PUT\" }] } })"), `Given: the same target as publish.callbacks[0]`},
		{"a callback that is null", inCallbacks(`null`), `callbacks[0] must be an object.`},
	})
}
