package arguments

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What AWS must have before the samples below are applied.
const (
	LogBucket      = "acc-samples-log"
	OtherLogBucket = "acc-samples-other-log"
	Boundary       = "arn:aws:iam::000000000000:policy/acc-samples-boundary"
	OtherBoundary  = "arn:aws:iam::000000000000:policy/acc-samples-other-boundary"
)

// Name stands in the samples for a name that no other object has. Those who apply them put one in its place.
const Name = "acc-samples-name"

const (
	bucketARN = "arn:aws:s3:::" + Name
	kmsKey    = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-00000000000"
	account   = "arn:aws:iam::444455556666:"
	statement = `{"Version":"2012-10-17","Statement":[{"Sid":"SID","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::` + Name + `/*"}]}`
)

func ownPolicy(sid string) string { return strings.Replace(statement, "SID", sid, 1) }

// bases are the smallest configurations of the objects. A bucket has a region of its own, so that a call in another one is
// seen.
var bases = map[string]map[string]any{
	"provider": {"region": "us-east-1"},

	"resource voicebase_delivery_bucket":        {"bucket": Name, "region": "eu-west-1"},
	"resource voicebase_delivery_role":          {"name": Name, "bucket_arn": bucketARN},
	"resource voicebase_presigned_callback_url": {"bucket": Name, "key": "calls/1.json", "type": "analytics", "region": "eu-west-1"},

	"data voicebase_delivery_bucket":        {"bucket": Name, "region": "eu-west-1"},
	"data voicebase_delivery_role":          {"name": Name},
	"data voicebase_delivery_check":         {"bucket": Name, "region": "eu-west-1"},
	"data voicebase_delivery_policies":      {"bucket_arn": bucketARN},
	"data voicebase_presigned_callback_url": {"bucket": Name, "key": "calls/1.json", "type": "analytics", "region": "eu-west-1"},
	"data voicebase_callback_configuration": {"callbacks": []any{map[string]any{"url": "https://example.com/a"}}},

	"ephemeral voicebase_presigned_callback_url": {"bucket": Name, "key": "calls/1.json", "type": "analytics", "region": "eu-west-1"},
	"action voicebase_test_delivery":             {"bucket": Name, "region": "eu-west-1"},
}

// required are what an argument or block needs inside of it.
var required = map[string]any{
	"access_logging.bucket":                            LogBucket,
	"retention.transitions.after_days":                 30,
	"retention.transitions.storage_class":              "STANDARD_IA",
	"retention.noncurrent_transitions.after_days":      30,
	"retention.noncurrent_transitions.storage_class":   "STANDARD_IA",
	"callbacks.url":                                    "https://example.com/a",
	"assume_role.session_name":                         "base",
	"assume_role_with_web_identity.session_name":       "base",
	"assume_role.role_arn":                             account + "role/base",
	"assume_role_with_web_identity.role_arn":           account + "role/base",
	"assume_role_with_web_identity.web_identity_token": "base-token",
}

var (
	on  = Sample{First: true, Second: false}
	off = Sample{First: false, Second: true}
)

// text is an argument of text.
func text(first, second string, refused ...any) Sample {
	return Sample{First: first, Second: second, Refused: refused}
}

func set(first, second string, refused ...any) Sample {
	return Sample{First: []any{first}, Second: []any{first, second}, Refused: refused}
}

// one is a set that has the one text or the other.
func one(first, second string, refused ...any) Sample {
	return Sample{First: []any{first}, Second: []any{second}, Refused: refused}
}

func number(first, second int, refused ...any) Sample {
	return Sample{First: first, Second: second, Refused: refused}
}

func (s Sample) taken(values ...any) Sample {
	s.Taken = values
	return s
}

func (s Sample) beside(arguments map[string]any) Sample {
	s.Beside = arguments
	return s
}

func object(name string, value any) map[string]any { return map[string]any{name: value} }

// samples has each argument, by its address where another object's argument of that path takes other values, by its path,
// or by its own name where all of that name take the same.
var samples = map[string]Sample{
	// Buckets and objects.
	"bucket": text("acc-samples-name", "acc-samples-name-2", "", "ab", "a b", "-acme", "a/b", "s3://acme", strings.Repeat("b", 256)).
		taken("acme-results", "results.acme.example", "Made_Before_2018", strings.Repeat("b", 255)),
	"region": text("eu-west-1", "us-west-2", "US-EAST-1", "aws-global", "us east 1", "us-east-1.", "fips-us-east-1", "us-east-1-fips", "s3-external-1").
		taken("cn-north-1", "eusc-de-east-1", "eu-central-99", "garage"),
	"key":                       text("calls/1.json", "calls/2.json", "", "/a", "a//b", "a/../b", strings.Repeat("k", 1025)),
	"tags":                      {First: object("Team", "speech"), Second: object("Team", "sales"), Refused: []any{object("aws:x", "y"), object("", "y"), object(strings.Repeat("k", 129), "y")}},
	"policy":                    text(ownPolicy("First"), ownPolicy("Second"), "{", "[]", `{"Version":"2012-10-17"}`),
	"versioning":                off,
	"force_destroy":             on,
	"eventbridge_notifications": on,
	"manage_policy":             off,
	"manage_lifecycle":          off,
	"kms_key_arn": text(kmsKey+"1", kmsKey+"2", "", "1234abcd", "alias/a", "arn:aws:kms:us-east1:111122223333:key/1", "arn:nowhere:kms:us-east-1:111122223333:key/1", "arn:aws:kms:us-east-1:111122223333:alias/", "arn:aws:kms:us-east-1:11112222333:key/1").
		taken("arn:aws:kms:us-east-1:111122223333:key/1234abcd", "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-1"),
	"blocked_encryption_types": {First: []any{"NONE"}, Second: []any{"SSE-C"}, Refused: []any{[]any{}, []any{"SSE-S3"}, []any{"SSE-C", "NONE"}}},
	"presigned_url_max_age":    text("24h", "90m", "", "1d", "0s", "169h"),
	"presigned_url_source_ips": set("52.6.244.43/32", "2001:db8::/32", []any{}, []any{"52.6.244.43"}, []any{"0.0.0.0/33"}),
	"bucket_prefix":            text("acc-samples-", "acc-samples-2-", strings.Repeat("b", 38), "A").beside(object("bucket", nil)),
	"prefix":                   text("acc-", "acc-samples-"),

	"access_logging":        {First: object("bucket", LogBucket), Second: object("bucket", OtherLogBucket), Refused: []any{object("prefix", "a/")}},
	"access_logging.bucket": text(LogBucket, OtherLogBucket, "", "a b"),
	"access_logging.prefix": text("log/", "logs/"),

	"retention":                                     {First: object("expire_after_days", 30), Second: object("expire_after_days", 40)},
	"retention.expire_after_days":                   number(30, 40, 0, -1),
	"retention.noncurrent_expire_after_days":        number(30, 40, 0, -1),
	"retention.abort_incomplete_uploads_after_days": number(3, 4, 0, -1),
	"retention.transitions": {
		First: []any{transition(30, "STANDARD_IA")}, Second: []any{transition(30, "STANDARD_IA"), transition(90, "GLACIER")},
		Refused: []any{[]any{transition(29, "STANDARD_IA")}, []any{transition(90, "GLACIER"), transition(30, "STANDARD_IA")}},
	},
	"retention.noncurrent_transitions": {
		First: []any{transition(0, "GLACIER_IR")}, Second: []any{transition(0, "GLACIER_IR"), transition(90, "GLACIER")},
		Refused: []any{[]any{transition(29, "ONEZONE_IA")}},
	},
	"after_days":    number(40, 50, -1),
	"storage_class": text("GLACIER", "DEEP_ARCHIVE", "", "STANDARD", "glacier"),

	"create": duration, "read": duration, "update": duration, "delete": duration,
	"timeouts": {First: object("create", "20m"), Second: object("create", "30m"), Refused: []any{object("create", "1 day")}},

	// Roles and policies.
	"name":                  text("acc-samples-name", "acc-samples-name-2", "", "a b", strings.Repeat("n", 65)),
	"name_prefix":           text("acc-samples-", "acc-samples-2-", "a b", strings.Repeat("n", 39)).beside(object("name", nil)),
	"path":                  text("/acc/", "/acc/samples/", "", "acc", "/acc", "/a b/"),
	"path_prefix":           text("/acc/", "/acc/samples/", "", "acc", "/acc", "/a b/"),
	"description":           text("one", "another", "\x01", strings.Repeat("d", 1001)),
	"permissions_boundary":  text(Boundary, OtherBoundary, "", "PowerUserAccess", "arn:aws:iam::000000000000:role/a"),
	"max_session_duration":  number(7200, 10800, 3599, 43201),
	"force_detach_policies": on,
	"exclusive_policies":    on,
	"voicebase_arn": text("arn:aws:iam::111122223333:root", "arn:aws:iam::000000000000:root", "", "*", "11112222333", "arn:nowhere:iam::111122223333:root", "arn:aws:iam::11112222333:root", "s3.amazonaws.com").
		taken("111122223333", "arn:aws-cn:iam::111122223333:role/a/b"),
	"external_id": text("organization-1", "organization-2", "", "a", "a b", "id\n", strings.Repeat("a", 1225)).
		taken("0e2a8f5c-organization-id", "ab", strings.Repeat("a", 1224)),
	"bucket_arn": text(bucketARN, bucketARN+"-2", "", "acme", "arn:aws:s3:::ab", "arn:aws:s3:::acme/*", "arn:nowhere:s3:::acme", "arn:aws:s3:::"+strings.Repeat("b", 256)).
		taken("arn:aws-cn:s3:::Made_Before_2018", "arn:aws:s3:::"+strings.Repeat("b", 255)),
	"bucket_account_id": text("111122223333", "444455556666", "", "1111", "arn:aws:iam::111122223333:root"),
	"key_prefixes":      set("calls/", "later/", []any{}, []any{""}, []any{"calls"}, []any{"/calls/"}, []any{"calls/*/"}),
	"key_prefix":        text("calls/", "later/", "", "calls", "/calls/", "calls/*/"),
	"access":            text("documented", "write", "", "read"),
	"role_arn":          text(account+"role/first", account+"role/second", "", "first", account+"user/first", "arn:aws:iam::11112222333:role/a"),

	// Pre-signed URLs and callbacks.
	"expires_in":           number(3600, 7200, 0, 604801),
	"signing_window":       text("10m", "20m", "", "1d", "-1s", "24h"),
	"signed_at":            text("2026-11-24T12:00:00Z", "2026-11-24T13:00:00Z", "", "yesterday", "2026-11-24", "2026-11-24T12:00:00.5Z"),
	"content_type":         text("text/csv", "text/tab-separated-values", "", "json").beside(object("type", nil)),
	"content_type_query":   off,
	"type":                 text("media", "analytics", "", "video"),
	"format":               text("srt", "webvtt", "", "pdf").beside(object("type", "transcript")),
	"renew_before":         text("10m", "20m", "", "1d", "-1s", "24h"),
	"credentials_lifetime": text("1h", "2h", "", "1d", "0s"),
	"keep":                 on,
	"base_configuration":   text(`{"a":1}`, `{"a":2}`, "", "{", "[]"),
	"callbacks": {
		First: []any{object("url", "https://example.com/a")}, Second: []any{object("url", "https://example.com/b")},
		Refused: []any{[]any{map[string]any{}}},
	},
	"callbacks.url":            text("https://example.com/a", "https://example.com/b", "", "ftp://example.com/a"),
	"callbacks.method":         text("PUT", "POST", "", "GET"),
	"callbacks.include":        set("transcript", "metadata", []any{"transcripts"}),
	"callbacks.stream":         text("original", "redacted-audio", "", "left").beside(object("callbacks.type", "media")),
	"callbacks.format":         text("srt", "webvtt", "", "pdf").beside(object("callbacks.type", "transcript")),
	"callbacks.s3_delivery":    {First: true, Second: tftypes.UnknownValue, Beside: delivery},                   // Without it, the URL is refused.
	"callbacks.type":           {First: "analytics", Second: tftypes.UnknownValue, Refused: []any{"", "video"}}, // Any other needs an argument more.
	"callbacks.role":           text(account+"role/first", account+"role/second", "", "first").beside(delivery),
	"callbacks.prepend_folder": text("calls", "later").beside(delivery),

	"function content_type type":                text("media", "analytics", "", "video"),
	"function content_type format":              text("srt", "webvtt", "", "pdf").beside(object("type", "transcript")),
	"function parse_presigned_url url":          text(signed("a"), signed("b"), "", "https://acme.s3.us-east-1.amazonaws.com/a", "ftp://a"),
	"function callback_configuration callbacks": {First: []any{object("url", "https://example.com/a")}, Second: []any{object("url", "https://example.com/b")}, Refused: []any{[]any{map[string]any{}}, []any{object("url", "ftp://a")}}},
}

var (
	duration = text("20m", "30m", "", "1 day")
	delivery = map[string]any{
		"callbacks.url": "https://s3.us-east-1.amazonaws.com/acme", "callbacks.s3_delivery": true, "callbacks.role": account + "role/first",
	}
)

func transition(days int, class string) any {
	return map[string]any{"after_days": days, "storage_class": class}
}

func signed(key string) string {
	return "https://acme.s3.us-east-1.amazonaws.com/" + key + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261124%2Fus-east-1%2Fs3%2Faws4_request" +
		"&X-Amz-Date=20261124T120000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=" + strings.Repeat("0", 64)
}
