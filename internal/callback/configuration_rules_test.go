package callback_test

import "testing"

// TestAccConfigurationDataSource_rules writes each of VoiceBase's codes, and each further rule that is an
// error, in HCL. The rules themselves, and what is just inside them, are tested in package voicebase.
func TestAccConfigurationDataSource_rules(t *testing.T) {
	expectRefused(t, []refusal{
		{"60001", inCallbacks(`{ type = "analytics" }`), `error 60001`},
		{"60002", inCallbacks(`{ url = "ftp://example.org/c" }`), `error 60002`},
		{"60002 plain http", inCallbacks(`{ url = "http://example.org/c" }`), `callbacks[0].url: Results of calls must not travel unencrypted. Given: "http" Allowed: "https"`},
		{"60003", inCallbacks(`{ url = "https://example.org/c", include = ["metadata", "topics"] }`), `Given: "topics" Allowed: "metadata", "transcript", "knowledge"`},
		{"60005", inCallbacks(`{ url = "" }`), `error 60005`},
		{"60006", inCallbacks(`{ url = "example.org/c" }`), `error 60006`},
		{"60006 half a signature", inCallbacks(`{ url = "` + bucketHost + scope + `" }`), `X-Amz-SignedHeaders is missing from the query.`},
		{"60007 the second", inCallbacks(`{ url = "https://example.org/c" }, { url = "https://example.org/d", type = "speech" }`), `callbacks[1].type: VoiceBase does not know this type of result. Given: "speech" Allowed: "analytics", "transcript", "media"`},
		{"60008", inCallbacks(`{ url = "https://example.org/c", format = "json" }`), `error 60008`},
		{"60009", inCallbacks(`{ url = "https://example.org/c", type = "transcript" }`), `callbacks[0].format: A callback of type "transcript" needs a format.`},
		{"60010", inCallbacks(`{ url = "https://example.org/c", type = "transcript", format = "pdf" }`), `error 60010`},
		{"60011", inCallbacks(`{ url = "https://example.org/c", method = "GET" }`), `Given: "GET" Allowed: "POST", "PUT"`},
		{"60012", inCallbacks(`{ url = "` + hostOnly + `" }`), `error 60012`},
		{"60013", inCallbacks(`{ url = "` + signed + `", type = "transcript", format = "webvtt" }`), `Given: "application/json" Allowed: "text/vtt"`},
		{"SigV2", inCallbacks(`{ url = "` + sigV2 + `" }`), `The URL is signed by SigV2, which AWS accepts for no bucket created after 24 June 2020.`},
		{"POST", inCallbacks(`{ url = "` + signed + `", method = "POST" }`), `callbacks[0].method: A pre-signed URL takes the method that it was signed for`},
		{"no role", inCallbacks(`{ url = "` + baseURL + `", s3_delivery = true }`), `callbacks[0].role: With s3_delivery VoiceBase needs the role`},
		{"another partition", inCallbacks(`{ url = "` + baseURL + `", s3_delivery = true, role = "arn:aws-cn:iam::111122223333:role/r" }`), `a role in aws-cn for a bucket in aws`},
		{"a trailing slash", inCallbacks(`{ url = "` + baseURL + `/", s3_delivery = true, role = "` + role + `" }`), `so it must not end in a slash`},
		{"the same object", inCallbacks(`{ url = "` + signed + `" }, { url = "` + signed + `" }`), `callbacks[1].url: Two callbacks PUT to the same URL, so the later delivery overwrites the earlier.`},
		{"plain http for a role", inCallbacks(`{ url = "http://s3-us-east-1.amazonaws.com/acme", s3_delivery = true, role = "` + role + `" }`), `VoiceBase's page shows one so, but there the URL only names the bucket`},
		{"a pre-signed s3_delivery", inCallbacks(`{ url = "` + signed + `", s3_delivery = true, role = "` + role + `" }`), `callbacks[0].s3_delivery: A callback is delivered either by a pre-signed URL or by a role.`},
		{"a base that is no JSON", inDataSource("callbacks = []\nbase_configuration = \"{\""), `The configuration is not JSON: unexpected end of JSON input`},
		{"a base of another type", inDataSource("callbacks = []\nbase_configuration = jsonencode({ publish = { callbacks = {} } })"), `Publish.callbacks is an object, and must be an array.`},
		{"a callback of the base", inDataSource("callbacks = [{ url = \"https://example.org/c\" }]\nbase_configuration = jsonencode({ publish = { callbacks = [{ url = \"https://example.org/c\", type = \"speech\" }] } })"), `publish.callbacks[0].type: VoiceBase does not know this type of result.`},
		{"the base's object again", inDataSource("callbacks = [{ url = \"" + signed + "\" }]\nbase_configuration = jsonencode({ publish = { callbacks = [{ url = \"" + signed + "\", method = \"PUT\" }] } })"), `Given: the target of publish.callbacks[0] again`},
		{"a callback that is null", inCallbacks(`null`), `Callbacks[0] must be an object.`},
	})
}
