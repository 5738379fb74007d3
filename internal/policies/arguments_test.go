package policies_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
)

// base is a configuration that each case of the golden file adds to.
var base = map[string]any{"bucket_arn": "arn:aws:s3:::acme-results", "voicebase_arn": "444455556666", "external_id": "acme"}

// cases are the arguments, each with what it is set to.
var cases = []struct {
	name      string
	arguments map[string]any
}{
	{"bucket_arn", map[string]any{"bucket_arn": "arn:aws:s3:::other-results"}},
	{"voicebase_arn", map[string]any{"voicebase_arn": "arn:aws:iam::444455556666:role/voicebase"}},
	{"external_id", map[string]any{"external_id": "another"}},
	{"bucket_account_id", map[string]any{"bucket_account_id": "111122223333"}},
	{"key_prefixes", map[string]any{"key_prefixes": []any{"calls/", "chats/"}}},
	{"kms_key_arn", map[string]any{"kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"}},
	{"access", map[string]any{"access": "documented"}},
	{"presigned_url_max_age", map[string]any{"presigned_url_max_age": "90m"}},
	{"presigned_url_source_ips", map[string]any{"presigned_url_source_ips": []any{"52.6.244.43/32", "2001:db8::/32"}}},
	{"policy", map[string]any{"policy": `{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-results/*"}]}`}},
}

// TestDocuments_eachArgument has all of what each argument changes, and nothing that it doesn't.
func TestDocuments_eachArgument(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	unchanged, _, errs := read(t, nil, base)
	if errs != "" {
		t.Fatal(errs)
	}
	write(t, &got, "without further arguments", unchanged, nil)
	for _, test := range cases {
		config := maps.Clone(base)
		maps.Copy(config, test.arguments)
		documents, _, errs := read(t, nil, config)
		if errs != "" {
			t.Fatalf("%s: %s", test.name, errs)
		}
		write(t, &got, test.name, documents, unchanged)
	}
	golden.Compare(t, "documents.txt", got.String())
}

// write writes the documents that differ from others.
func write(t *testing.T, to *bytes.Buffer, name string, documents, others map[string]string) {
	t.Helper()
	fmt.Fprintf(to, "== %s\n", name)
	for _, document := range []string{"trust_policy", "permissions_policy", "bucket_policy"} {
		if documents[document] == others[document] {
			continue
		}
		fmt.Fprintf(to, "%s: ", document)
		if err := json.Indent(to, []byte(documents[document]), "", "  "); err != nil {
			t.Fatal(err)
		}
		to.WriteByte('\n')
	}
}

// TestDocuments_partition has an account ID in the provider's partition, and in the bucket's where the provider has
// none that is known.
func TestDocuments_partition(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		region         any
		bucketARN      string
		principal, err string
	}{
		"the provider's":                {"cn-north-1", "arn:aws-cn:s3:::acme", `"arn:aws-cn:iam::444455556666:root"`, ""},
		"the bucket's":                  {acctest.Unknown, "arn:aws-cn:s3:::acme", `"arn:aws-cn:iam::444455556666:root"`, ""},
		"a bucket of another":           {"us-east-1", "arn:aws-cn:s3:::acme", "", `AttributeName("bucket_arn"): Wrong partition`},
		"another, region yet to come":   {acctest.Unknown, "arn:aws:s3:::acme", `"arn:aws:iam::444455556666:root"`, ""},
		"a bucket of another, GovCloud": {"us-gov-east-1", "arn:aws:s3:::acme", "", `AttributeName("bucket_arn"): Wrong partition`},
	} {
		documents, _, errs := read(t, map[string]any{"region": test.region}, map[string]any{
			"bucket_arn": test.bucketARN, "voicebase_arn": "444455556666", "external_id": "acme",
		})
		if !strings.Contains(documents["trust_policy"], test.principal) || test.err == "" && errs != "" || !strings.Contains(errs, test.err) {
			t.Errorf("%s: errors %q, documents %v", name, errs, documents)
		}
	}
}

// TestDocuments_errors has each error on the argument that is wrong, also where only the documents show it.
func TestDocuments_errors(t *testing.T) {
	t.Parallel()
	const policy = `{"Version":"2012-10-17","Statement":[{"Sid":"%s","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"*"}]}`
	var prefixes []any
	for i := range 300 {
		prefixes = append(prefixes, fmt.Sprintf("%s%03d/", strings.Repeat("p", 60), i))
	}
	for name, test := range map[string]struct {
		arguments map[string]any
		at, want  string
	}{
		"no prefix":         {map[string]any{"key_prefixes": []any{}}, "key_prefixes", "The set is empty"},
		"too many prefixes": {map[string]any{"key_prefixes": prefixes}, "key_prefixes", "exceeds IAM's limit"},
		"a null prefix":     {map[string]any{"key_prefixes": []any{nil}}, "key_prefixes", "Null"},
		"a bad prefix":      {map[string]any{"key_prefixes": []any{"calls"}}, "key_prefixes", "\n\nAllowed: "},
		"a bad account":     {map[string]any{"bucket_account_id": "1111"}, "bucket_account_id", "\n\nAllowed: 12 digits"},
		"a bad key":         {map[string]any{"kms_key_arn": "alias/mine"}, "kms_key_arn", "\n\nAllowed: "},
		"a key elsewhere":   {map[string]any{"kms_key_arn": "arn:aws-cn:kms:cn-north-1:111122223333:key/1"}, "kms_key_arn", "Wrong partition"},
		"a bad principal":   {map[string]any{"voicebase_arn": "voicebase"}, "voicebase_arn", "\n\nAllowed: the ARN of an IAM role"},
		"a stranger":        {map[string]any{"voicebase_arn": "arn:aws-cn:iam::444455556666:root"}, "voicebase_arn", "Wrong partition"},
		"a short ID":        {map[string]any{"external_id": "x"}, "external_id", "\n\nAllowed: 2–1224 characters"},
		"a bad bucket":      {map[string]any{"bucket_arn": "acme"}, "bucket_arn", "\n\nAllowed: "},
		"a bad access":      {map[string]any{"access": "read"}, "access", "\n\nAllowed: one of `write`, `documented`"},
		"no duration":       {map[string]any{"presigned_url_max_age": "1d"}, "presigned_url_max_age", "write 24h"},
		"too old":           {map[string]any{"presigned_url_max_age": "169h"}, "presigned_url_max_age", "\n\nAllowed: a duration of 1ms to 168h"},
		"no source":         {map[string]any{"presigned_url_source_ips": []any{}}, "presigned_url_source_ips", "at least 1"},
		"a null source":     {map[string]any{"presigned_url_source_ips": []any{nil}}, "presigned_url_source_ips", "Null"},
		"an address":        {map[string]any{"presigned_url_source_ips": []any{"52.6.244.43"}}, "presigned_url_source_ips", "\n\nAllowed: an IPv4 or IPv6 range"},
		"a guard's Sid":     {map[string]any{"policy": fmt.Sprintf(policy, "VoiceBaseDenyOldTLS")}, "policy", "\n\nAllowed: "},
		"a large policy":    {map[string]any{"policy": fmt.Sprintf(policy, strings.Repeat("a", 20_000))}, "policy", "exceeds S3's limit"},
	} {
		config := maps.Clone(base)
		maps.Copy(config, test.arguments)
		_, _, errs := read(t, nil, config)
		if !strings.Contains(errs, `AttributeName("`+test.at+`")`) || !strings.Contains(errs, test.want) || strings.Count(errs, "\n") > 3 {
			t.Errorf("%s: %q", name, errs)
		}
	}
	// The provider's defaults are checked as the arguments are, and blamed on the arguments that they stand for.
	for want, settings := range map[string]map[string]any{
		`AttributeName("voicebase_arn"): Wrong partition`:     {"voicebase_arn": "arn:aws-cn:iam::444455556666:root"},
		`AttributeName("external_id"): Invalid external ID: `: {"voicebase_arn": "444455556666", "external_id": "x"},
	} {
		if _, _, errs := read(t, settings, nil); !strings.Contains(errs, want) {
			t.Errorf("the provider's %v: %q", settings, errs)
		}
	}
}

// TestDocuments_state has the arguments as they are, with the defaults that the documents were made from.
func TestDocuments_state(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings, arguments map[string]any
		want                map[string]string
	}{
		"defaults":     {map[string]any{"voicebase_arn": "444455556666", "external_id": "theirs"}, nil, map[string]string{"voicebase_arn": "444455556666", "external_id": "theirs", "access": "write"}},
		"own":          {map[string]any{"voicebase_arn": "444455556666", "external_id": "theirs"}, map[string]any{"voicebase_arn": "777788889999", "external_id": "mine", "access": "documented"}, map[string]string{"voicebase_arn": "777788889999", "external_id": "mine", "access": "documented"}},
		"none of both": {nil, nil, map[string]string{"voicebase_arn": "", "external_id": "", "access": "write"}},
	} {
		config := map[string]any{"bucket_arn": "arn:aws:s3:::acme-results"}
		maps.Copy(config, test.arguments)
		got, errs := acctest.NewServer(t, test.settings).Read(t, "voicebase_delivery_policies", config)
		if errs != "" {
			t.Fatalf("%s: %s", name, errs)
		}
		for attribute, want := range test.want {
			var text *string
			if err := got[attribute].As(&text); err != nil || (text == nil) != (want == "") || text != nil && *text != want {
				t.Errorf("%s: %s is %s, want %q", name, attribute, got[attribute], want)
			}
		}
	}
}
