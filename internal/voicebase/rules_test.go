package voicebase_test

import (
	"fmt"
	"strings"
	"testing"
)

// The examples come in pairs: one that breaks a rule, and one that is just inside.
func TestValidateURL(t *testing.T) {
	run(t, []example{
		{"60001: no url", `{}`, []string{"60001 error url"}},
		{"60001: a null url", `{"url": null}`, []string{"60001 error url"}},
		{"60001: no url for a delivery by role", `{"s3Delivery": true, "role": "` + role + `"}`, []string{"60001 error url"}},
		{"60002: no host, and none needed", `{"url": "mailto:a@example.org"}`, []string{"60002 error url"}},
		{"60002: a bad S3 URL, of which nothing else is said", `{"url": "ftp://s3.us-east-1.amazonaws.com/a"}`, []string{"60002 error url"}},
		{"60002: a bad S3 URL for a delivery by role", `{"url": "ftp://s3.us-east-1.amazonaws.com/a", "s3Delivery": true, "role": "` + role + `"}`, []string{"60002 error url"}},
		{"60006: a bad S3 URL for a delivery by role", `{"url": "https://s3.us-east-1.amazonaws.com/a", "s3Delivery": true, "role": "` + role + `"}`, []string{"60006 error url"}},
		{"60001 not: any url", `{"url": "https://h"}`, nil},
		{"60002: ftp", `{"url": "ftp://example.org/c"}`, []string{"60002 error url"}},
		{"60002: s3", `{"url": "s3://acme/1.json"}`, []string{"60002 error url"}},
		{"60002: plain http", `{"url": "http://example.org/c"}`, []string{"60002 error url"}},
		{"60002 not: https in capitals", `{"url": "HTTPS://example.org/c"}`, nil},
		{"60005: an empty url", `{"url": ""}`, []string{"60005 error url"}},
		{"60005 not: a url", `{"url": "https://example.org"}`, nil},
		{"60006: no protocol", `{"url": "example.org/c"}`, []string{"60006 error url"}},
		{"60006: malformed", `{"url": "https://example.org:port/c"}`, []string{"60006 error url"}},
		{"60006: no host", `{"url": "https:///c"}`, []string{"60006 error url"}},
		{"60006: half a signature", presigned(host+"X-Amz-Signature="+secret, ""), []string{"60006 error url"}},
		{"60006: a pre-signed bucket", presigned(strings.Replace(typed("application/json"), "1.json", "", 1), ""), []string{"60006 error url"}},
		{"60006: role delivery to no bucket", `{"url": "https://storage.example.com", "s3Delivery": true, "role": "` + role + `"}`, []string{"60006 error url"}},
		{"60006 not: a port, a path, a query", `{"url": "https://example.org:8443/c?x=%20#y"}`, nil},
		{"60006 not: another service of AWS's", `{"url": "https://abc.execute-api.us-east-1.amazonaws.com/prod"}`, nil},
		{"60006 not: a custom endpoint", `{"url": "https://storage.example.com/acme", "s3Delivery": true, "role": "` + role + `"}`, nil},
		{"60011: GET", `{"url": "https://h", "method": "GET"}`, []string{"60011 error method"}},
		{"60011: small letters", `{"url": "https://h", "method": "put"}`, []string{"60011 error method"}},
		{"60011 not: PUT", `{"url": "https://h", "method": "PUT"}`, nil},
		{"60011 not: POST", `{"url": "https://h", "method": "POST"}`, nil},
	})
}

func TestValidateType(t *testing.T) {
	with := func(rest string) string { return `{"url": "https://h", ` + rest + `}` }
	run(t, []example{
		{"60003: unknown section", with(`"include": ["metadata", "topics", "speakersentiments"]`), []string{"60003 error include", "60003 error include"}},
		{"60003 not: all sections", with(`"include": ["metadata", "transcript", "knowledge", "prediction", "spotting", "streams", "metrics", "speakerSentiments", "conversation", "categories", "messages"]`), nil},
		{"60003 not: none", with(`"include": []`), nil},
		{"60007: unknown type", with(`"type": "speech"`), []string{"60007 error type"}},
		{"60007: unknown type, of which nothing else is said", with(`"type": "speech", "format": "x", "stream": "x"`), []string{"60007 error type"}},
		{"60007: unknown type, of which no section is said", with(`"type": "speech", "include": ["metadata"]`), []string{"60007 error type"}},
		{"60007: an empty type", with(`"type": ""`), []string{"60007 error type"}},
		{"60007 not: analytics", with(`"type": "analytics"`), nil},
		{"60008: format for analytics", with(`"format": "json"`), []string{"60008 error format"}},
		{"60008: format for media", with(`"type": "media", "stream": "original", "format": "json"`), []string{"60008 error format"}},
		{"60008: stream for analytics", with(`"stream": "original"`), []string{"60008 error stream"}},
		{"60008: stream for a transcript", with(`"type": "transcript", "format": "srt", "stream": "original"`), []string{"60008 error stream"}},
		{"60008: include for a transcript", with(`"type": "transcript", "format": "srt", "include": ["metadata"]`), []string{"60008 error include"}},
		{"60008: include for media", with(`"type": "media", "stream": "original", "include": []`), []string{"60008 error include"}},
		{"60008 not: include for analytics", with(`"type": "analytics", "include": ["metadata"]`), nil},
		{"60009: transcript without format", with(`"type": "transcript"`), []string{"60009 error format"}},
		{"60009: media without stream", with(`"type": "media"`), []string{"60009 error stream"}},
		{"60009 not: media with stream", with(`"type": "media", "stream": "redacted-audio"`), nil},
		{"60010: unknown format", with(`"type": "transcript", "format": "pdf"`), []string{"60010 error format"}},
		{"60010: format in capitals", with(`"type": "transcript", "format": "SRT"`), []string{"60010 error format"}},
		{"60010 not: dfxp", with(`"type": "transcript", "format": "dfxp"`), nil},
		{"unknown stream", with(`"type": "media", "stream": "left"`), []string{"0 error stream"}},
		{"known stream", with(`"type": "media", "stream": "original"`), nil},
	})
}

func TestValidateContentType(t *testing.T) {
	v2Typed := host + "content-type=application%2Fjson&" + v2
	none := host + v4For("us-east-1", "host")
	run(t, []example{
		{"60012: SigV4 without any", presigned(none, ""), []string{"60012 error url"}},
		{"60012: SigV4 signs the header and hides its value", presigned(host+v4, ""), []string{"60012 warning url"}},
		{"60012: SigV2 without any", presigned(host+v2, ""), []string{"60012 error url", "0 warning url"}},
		{"60012: response-content-type is another thing", presigned(none+"&response-content-type=application%2Fjson", ""), []string{"60012 error url"}},
		{"60012: at a custom endpoint", presigned("https://127.0.0.1:9000/acme/1.json?"+v4For("us-east-1", "host"), ""), []string{"60012 error url"}},
		{"60012: at an access point", presigned("https://acme-111122223333.s3-accesspoint.us-east-1.amazonaws.com/1.json?"+v4For("us-east-1", "host"), ""), []string{"60012 error url"}},
		{"60012 not: SigV4 with the parameter", presigned(typed("application/json"), ""), nil},
		{"60012 not: the other spelling", presigned(strings.Replace(typed("application/json"), "content-type=", "Content-Type=", 1), ""), nil},
		{"60012 not: the parameter, without the header signed", presigned(none+"&content-type=application%2Fjson", ""), nil},
		{"60012 not: SigV2 with the parameter", presigned(v2Typed, ""), []string{"0 warning url"}},
		{"60013: a transcript's for analytics", presigned(typed("text/vtt"), ""), []string{"60013 error url"}},
		{"60013: analytics' for a transcript", presigned(typed("application/json"), `, "type": "transcript", "format": "webvtt"`), []string{"60013 error url"}},
		{"60013: a charset", presigned(typed("application/json; charset=utf-8"), ""), []string{"60013 error url"}},
		{"60013: something else", presigned(host+"content-type="+secret+"&"+v4, ""), []string{"60013 error url"}},
		{"60013: capitals", presigned(typed("Application/JSON"), ""), []string{"60013 error url"}},
		{"60013: a plus that is a blank", presigned(host+"content-type=application/ttaf+xml&"+v4, `, "type": "transcript", "format": "dfxp"`), []string{"60013 error url"}},
		{"60013: SigV2", presigned(v2Typed, `, "type": "media", "stream": "original"`), []string{"60013 error url", "0 warning url"}},
		{"60013 not: json", presigned(typed("application/json"), `, "type": "transcript", "format": "json"`), nil},
		{"60013 not: text", presigned(typed("text/plain"), `, "type": "transcript", "format": "text"`), nil},
		{"60013 not: srt", presigned(typed("text/srt"), `, "type": "transcript", "format": "srt"`), nil},
		{"60013 not: webvtt", presigned(typed("text/vtt"), `, "type": "transcript", "format": "webvtt"`), nil},
		{"60013 not: dfxp", presigned(typed("application/ttaf+xml"), `, "type": "transcript", "format": "dfxp"`), nil},
		{"60013 not: media", presigned(typed("application/octet-stream"), `, "type": "media", "stream": "original"`), nil},
		{"60013 not: a type of which 60007 tells", presigned(typed("text/vtt"), `, "type": "speech"`), []string{"60007 error type"}},
	})
}

func TestValidatePresigned(t *testing.T) {
	good := typed("application/json")
	eu := "content-type=application%2Fjson&" + v4For("eu-west-1", "content-type%3Bhost")
	run(t, []example{
		{"SigV2", presigned(host+"content-type=application%2Fjson&"+v2, ""), []string{"0 warning url"}},
		{"SigV2 in Ireland, which had it too", presigned(sigV2In("eu-west-1"), ""), []string{"0 warning url"}},
		{"SigV2 in Frankfurt, which never had it", presigned(sigV2In("eu-central-1"), ""), []string{"0 error url"}},
		{"SigV2 in a region to come", presigned(sigV2In("eu-north-9"), ""), []string{"0 error url"}},
		{"SigV2 in GovCloud (US-West)", presigned(sigV2In("us-gov-west-1"), ""), []string{"0 warning url"}},
		{"SigV2 in GovCloud (US-East)", presigned(sigV2In("us-gov-east-1"), ""), []string{"0 error url"}},
		{"SigV2 at the global host, which does not tell the region", presigned("https://acme.s3.amazonaws.com/1.json?content-type=application%2Fjson&"+v2, ""), []string{"0 warning url"}},
		{"SigV2 at a custom endpoint", presigned("https://127.0.0.1:9000/acme/1.json?content-type=application%2Fjson&"+v2, ""), []string{"0 warning url"}},
		{"SigV4", presigned(good, ""), nil},
		{"POST", presigned(good, `, "method": "POST"`), []string{"0 error method"}},
		{"PUT", presigned(good, `, "method": "PUT"`), nil},
		{"plain http", presigned(strings.Replace(good, "https", "http", 1), ""), []string{"60002 error url"}},
		{"with s3_delivery", presigned(good, `, "s3Delivery": true, "role": "`+role+`"`), []string{"0 error s3_delivery"}},
		{"with s3_delivery that is false", presigned(good, `, "s3Delivery": false`), nil},
		{"with a role and a folder, as VoiceBase's page shows", presigned(good, `, "role": "`+role+`", "prependFolder": "my_files"`), []string{"0 warning role", "0 warning prepend_folder"}},
		{"a global host for eu-west-1", presigned("https://acme.s3.amazonaws.com/1.json?"+eu, ""), []string{"0 warning url"}},
		{"the host of eu-west-1", presigned("https://acme.s3.eu-west-1.amazonaws.com/1.json?"+eu, ""), nil},
		{"a global host for us-east-1", presigned("https://acme.s3.amazonaws.com/1.json?content-type=application%2Fjson&"+v4, ""), nil},
		{"an accelerated host", presigned("https://acme.s3-accelerate.amazonaws.com/1.json?"+eu, ""), nil},
		{"a custom endpoint", presigned("https://127.0.0.1:9000/acme/1.json?"+eu, ""), nil},
	})
}

func sigV2In(region string) string {
	return "https://acme.s3." + region + ".amazonaws.com/1.json?content-type=application%2Fjson&" + v2
}

// TestValidateRequest has URLs whose signature covers more, or something else, than the PUT that VoiceBase sends.
func TestValidateRequest(t *testing.T) {
	signing := func(headers string) string {
		return presigned(host+"content-type=application%2Fjson&"+v4For("us-east-1", headers), "")
	}
	with := func(parameter string) string { return presigned(typed("application/json")+"&"+parameter, "") }
	at := func(target string) string {
		return presigned("https://"+target+"?content-type=application%2Fjson&"+v4, "")
	}
	refused, doubted := []string{"0 error url"}, []string{"0 warning url"}
	run(t, []example{
		{"an ACL signed", signing("content-type%3Bhost%3Bx-amz-acl"), refused},
		{"metadata signed", signing("content-type%3Bhost%3Bx-amz-meta-a"), refused},
		{"encryption signed", signing("content-type%3Bhost%3Bx-amz-server-side-encryption"), refused},
		{"a checksum header signed", signing("content-type%3Bhost%3Bx-amz-checksum-crc32%3Bx-amz-sdk-checksum-algorithm"), refused},
		{"a length signed", signing("content-length%3Bcontent-type%3Bhost"), refused},
		{"a storage class signed", signing("content-type%3Bhost%3Bx-amz-storage-class"), refused},
		{"a hash of the content signed", signing("content-type%3Bhost%3Bx-amz-content-sha256"), refused},
		{"a date signed", signing("content-type%3Bhost%3Bx-amz-date"), refused},
		{"a token signed", signing("content-type%3Bhost%3Bx-amz-security-token"), refused},
		{"a signed header of any name", signing("content-type%3Bhost%3B" + secret), refused},
		{"the two headers in the other order", signing("host%3Bcontent-type"), nil},
		{"an ACL in the query, which S3 reads there", with("x-amz-acl=private"), nil},
		{"x-id of a GET", with("x-id=GetObject"), refused},
		{"x-id of a part", with("x-id=UploadPart&partNumber=1&uploadId=u"), refused},
		{"x-id of something else", with("x-id=" + secret), refused},
		{"x-id of a PUT", with("x-id=PutObject"), nil},
		{"a part without x-id", with("partNumber=1&uploadId=u"), refused},
		{"a part's number alone", with("partNumber=1"), refused},
		{"an upload alone", with("uploadId=u"), refused},
		{"a legal hold", with("legal-hold"), refused},
		{"a retention", with("retention"), refused},
		{"a version", with("versionId=v"), refused},
		{"the object's ACL", with("acl"), refused},
		{"the object's tags", with("tagging="), refused},
		{"a copy", with("x-amz-copy-source=acme%2F2.json"), refused},
		{"a checksum of the empty body", with("x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32"), doubted},
		{"the algorithm of a checksum alone", with("x-amz-sdk-checksum-algorithm=CRC32"), doubted},
		{"a parameter with the name of a checksum in it", with("my-x-amz-checksum-crc32=AAAAAA%3D%3D"), nil},
		{"a Content-MD5 in the query", with("Content-MD5=1B2M2Y8AsgTpgAmY7PhCfg%3D%3D"), doubted},
		{"a bucket with dots in the host", at("calls.acme.s3.us-east-1.amazonaws.com/1.json"), refused},
		{"a bucket with dots in the accelerated host", at("calls.acme.s3-accelerate.amazonaws.com/1.json"), refused},
		{"a bucket with dots in the path", at("s3.us-east-1.amazonaws.com/calls.acme/1.json"), nil},
		{"an endpoint of one's own with dots", at("s3.storage.example.com/acme/1.json"), nil},
		{"a key with an empty segment", at("acme.s3.us-east-1.amazonaws.com/calls//1.json"), doubted},
		{"a key that starts with a slash", at("acme.s3.us-east-1.amazonaws.com//1.json"), doubted},
		{"a key that climbs", at("acme.s3.us-east-1.amazonaws.com/calls/../1.json"), refused},
		{"a key that climbs, escaped", at("acme.s3.us-east-1.amazonaws.com/calls/%2E%2e/1.json"), refused},
		{"a key with a dot segment, in the path", at("s3.us-east-1.amazonaws.com/acme/./1.json"), refused},
		{"dots inside a segment", at("acme.s3.us-east-1.amazonaws.com/calls..2026/...json"), nil},
		{"an escaped slash is no segment's end", at("acme.s3.us-east-1.amazonaws.com/calls%2F..%2F1.json"), nil},
		{"a key that ends in a slash", at("acme.s3.us-east-1.amazonaws.com/calls/"), nil},
	})
}

// TestValidateFolder has folders that would make keys with slashes that nobody meant.
func TestValidateFolder(t *testing.T) {
	in := func(folder string) string {
		return fmt.Sprintf(`{"url": %q, "s3Delivery": true, "role": %q, "prependFolder": %q}`, base, role, folder)
	}
	doubted := []string{"0 warning prepend_folder"}
	run(t, []example{
		{"slashes at both ends", in("/calls/"), doubted},
		{"a slash at the start", in("/calls"), doubted},
		{"a slash at the end", in("calls/"), doubted},
		{"an empty segment", in("a//b"), doubted},
		{"a folder that climbs", in("calls/../other"), doubted},
		{"a folder that stays", in("./calls"), doubted},
		{"a folder that climbs, and is not used", `{"url": "https://example.org/c", "prependFolder": "../calls"}`, []string{"0 warning prepend_folder"}},
		{"nothing but a slash", in("/"), doubted},
		{"a folder", in("calls"), nil},
		{"a folder of one letter", in("x"), nil},
		{"a folder in a folder", in("calls/2026"), nil},
		{"no folder", in(""), nil},
	})
}

func TestValidateRole(t *testing.T) {
	delivery := func(url, role string) string {
		return fmt.Sprintf(`{"url": %q, "s3Delivery": true, "role": %q}`, url, role)
	}
	run(t, []example{
		{"no role", `{"url": "` + base + `", "s3Delivery": true}`, []string{"0 error role"}},
		{"a role", delivery(base, role), nil},
		{"a role with a path", delivery(base, "arn:aws:iam::111122223333:role/team/voicebase/s3-delivery-role"), nil},
		{"not an ARN", delivery(base, "s3-delivery-role"), []string{"0 error role"}},
		{"the ARN of a user", delivery(base, "arn:aws:iam::111122223333:user/voicebase"), []string{"0 error role"}},
		{"an account of 11 digits", delivery(base, "arn:aws:iam::11112222333:role/r"), []string{"0 error role"}},
		{"another partition", delivery(base, govRole), []string{"0 error role"}},
		{"the same partition", delivery("https://s3.us-gov-west-1.amazonaws.com/acme", govRole), nil},
		{"a role of China's for a bucket there", delivery("https://s3.cn-north-1.amazonaws.com.cn/acme", strings.Replace(role, "aws", "aws-cn", 1)), nil},
		{"a partition that is not known", delivery("https://storage.example.com/acme", govRole), nil},
		{"a trailing slash", delivery(base+"/", role), []string{"0 error url"}},
		{"a trailing slash elsewhere", `{"url": "https://example.org/c/"}`, nil},
		{"plain http, as VoiceBase's page shows", delivery("http://s3-us-east-1.amazonaws.com/your-bucket-name", role), []string{"0 error url"}},
		{"the same with https", delivery("https://s3-us-east-1.amazonaws.com/your-bucket-name", role), nil},
		{"the URL of a folder", delivery(base+"/voicebase", role), []string{"0 warning url"}},
		{"the URL of a folder of one letter", delivery(base+"/x", role), []string{"0 warning url"}},
		{"nothing but slashes below the bucket", delivery(base+"//", role), []string{"0 error url"}},
		{"a role that is not used", `{"url": "https://h", "role": "` + role + `"}`, []string{"0 warning role"}},
		{"a folder that is not used", `{"url": "https://h", "prependFolder": "f"}`, []string{"0 warning prepend_folder"}},
		{"a bucket without s3_delivery", `{"url": "` + base + `"}`, []string{"0 error url"}},
		{"an object without s3_delivery, by PUT", `{"url": "` + base + `/1.json", "method": "PUT"}`, []string{"0 error url"}},
		{"a bucket whose role is not used", `{"url": "` + base + `", "role": "` + role + `"}`, []string{"0 warning role", "0 error url"}},
		{"an unsigned access point", `{"url": "https://acme-111122223333.s3-accesspoint.us-east-1.amazonaws.com/1.json"}`, []string{"0 error url"}},
		{"a web server of one's own", `{"url": "https://s3.example.com/acme/1.json"}`, nil},
	})
}
