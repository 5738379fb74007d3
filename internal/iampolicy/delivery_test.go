package iampolicy_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

const (
	bucketARN = "arn:aws:s3:::acme-results"
	keyARN    = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// must parses what the test itself has written.
func must[T any](tb testing.TB, parse func(string) (T, error), text string) T {
	tb.Helper()
	value, err := parse(text)
	if err != nil {
		tb.Fatal(err)
	}
	return value
}

func TestTrustGolden(t *testing.T) {
	t.Parallel()
	role := must(t, awsname.ParsePrincipal, "arn:aws:iam::111122223333:role/voicebase-delivery")
	account := must(t, awsname.ParsePrincipal, "111122223333")
	id := must(t, awsname.ParseExternalID, "0e2a8f5c-organization-id")
	goldenDocument(t, "trust_role", iampolicy.Trust(role, id))
	goldenDocument(t, "trust_no_external_id", iampolicy.Trust(role, ""))
	goldenDocument(t, "trust_account_in_us_gov", iampolicy.Trust(account.In("aws-us-gov"), id))
}

func TestDeliveryGolden(t *testing.T) {
	t.Parallel()
	bucket := must(t, awsname.ParseBucketARN, bucketARN)
	key := must(t, awsname.ParseKMSKeyARN, keyARN)
	two := []awsname.KeyPrefix{"voicebase/", "backup/voicebase/"}
	for name, grant := range map[string]iampolicy.Grant{
		"delivery_whole_bucket":          {Bucket: bucket, Access: iampolicy.AccessWrite},
		"delivery_prefix":                {Bucket: bucket, KeyPrefixes: two[:1], Access: iampolicy.AccessWrite},
		"delivery_prefixes_kms":          {Bucket: bucket, KeyPrefixes: two, KMSKey: key, Access: iampolicy.AccessWrite},
		"delivery_documented":            {Bucket: bucket, Access: iampolicy.AccessDocumented},
		"delivery_documented_prefix_kms": {Bucket: bucket, KeyPrefixes: two, KMSKey: key, Access: iampolicy.AccessDocumented},
		"delivery_elsewhere":             {Bucket: bucket, KMSKey: key, Access: iampolicy.AccessWrite, BucketAccount: "444455556666"},
		"delivery_documented_elsewhere":  {Bucket: bucket, KeyPrefixes: two, KMSKey: key, Access: iampolicy.AccessDocumented, BucketAccount: "444455556666"},
	} {
		goldenDocument(t, name, iampolicy.Delivery(grant))
	}
}

// The prefixes are a set: in which order they come, and how often, must not show as a difference.
func TestDeliveryIsStable(t *testing.T) {
	t.Parallel()
	bucket := must(t, awsname.ParseBucketARN, bucketARN)
	a := iampolicy.Grant{Bucket: bucket, KeyPrefixes: []awsname.KeyPrefix{"a/", "b/"}, Access: iampolicy.AccessWrite}
	b := iampolicy.Grant{Bucket: bucket, KeyPrefixes: []awsname.KeyPrefix{"b/", "a/", "b/"}, Access: iampolicy.AccessWrite}
	if iampolicy.Delivery(a).JSON() != iampolicy.Delivery(b).JSON() {
		t.Errorf("%s\n%s", iampolicy.Delivery(a).JSON(), iampolicy.Delivery(b).JSON())
	}
	if !slices.Equal(b.KeyPrefixes, []awsname.KeyPrefix{"b/", "a/", "b/"}) {
		t.Error("Delivery changed its argument")
	}
}

func TestDeadPrincipal(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		`{"Statement":[{"Effect":"Allow","Principal":{"AWS":"AROADBQP57FF2AEXAMPLE"},"Action":"sts:AssumeRole"}]}`:                         "AROADBQP57FF2AEXAMPLE",
		`{"Statement":[{"Principal":"*"},{"Principal":{"AWS":"AROADBQP57FF2AEXAMPLE"}},{"Effect":"Deny"}]}`:                                "AROADBQP57FF2AEXAMPLE",
		`{"Statement":[{"Principal":{"AWS":["arn:aws:iam::111122223333:root","AIDACKCEVSQ6C2EXAMPLE"]}}]}`:                                 "AIDACKCEVSQ6C2EXAMPLE",
		`{"Statement":[{"Principal":{"AWS":"arn:aws:iam::111122223333:role/AROADBQP57FF2AEXAMPLE"}},{"Effect":"Deny"},{"Principal":"*"}]}`: "",
		iampolicy.Trust(must(t, awsname.ParsePrincipal, "111122223333"), "id").JSON():                                                      "",
		`not JSON`: "",
	} {
		if got := iampolicy.DeadPrincipal(document); got != want {
			t.Errorf("DeadPrincipal(%s) = %q, want %q", document, got, want)
		}
	}
}

// FuzzDeliveryNeverWidens holds the promise of ParseKeyPrefix: whatever prefix is accepted, a key is granted if and
// only if it begins with the prefix.
func FuzzDeliveryNeverWidens(f *testing.F) {
	for _, prefix := range []string{"voicebase/", "*/", "a?/", "${aws:username}/", "$/{x}/", "[a-z]/", "../", "é/", "a\x00/", `\u002a/`, `"/`} {
		f.Add(prefix, prefix+"key")
		f.Add(prefix, "voicebase/key")
		f.Add(prefix, "other/"+prefix)
	}
	bucket := must(f, awsname.ParseBucketARN, bucketARN)
	f.Fuzz(func(t *testing.T, text, key string) {
		prefix, err := awsname.ParseKeyPrefix(text)
		if err != nil {
			return
		}
		for _, access := range iampolicy.Accesses {
			grant := iampolicy.Grant{Bucket: bucket, KeyPrefixes: []awsname.KeyPrefix{prefix}, Access: access}
			document := iampolicy.Delivery(grant).JSON()
			read, err := iampolicy.UnderstandDelivery(document)
			if err != nil || !reflect.DeepEqual(read, iampolicy.DeliveryMeaning{Grant: grant}) {
				t.Fatalf("UnderstandDelivery(%s) = %+v, %v", document, read, err)
			}
		}
		document := iampolicy.Delivery(iampolicy.Grant{Bucket: bucket, KeyPrefixes: []awsname.KeyPrefix{prefix}, Access: iampolicy.AccessWrite})
		for _, pattern := range document.Statement[0].Resource {
			if granted, below := matches(pattern, bucketARN+"/"+key), strings.HasPrefix(key, text); granted != below {
				t.Errorf("prefix %q, key %q: granted %t", text, key, granted)
			}
		}
	})
}

// FuzzTrust holds that no accepted principal or external ID can break out of its string.
func FuzzTrust(f *testing.F) {
	f.Add("111122223333", "organization")
	f.Add("arn:aws:iam::111122223333:role/a\"b", `x","aws:SourceIp":"0.0.0.0/0`)
	f.Add("arn:aws:iam::111122223333:user/path/*/x", "${aws:username}")
	f.Fuzz(func(t *testing.T, text, idText string) {
		principal, err := awsname.ParsePrincipal(text)
		if err != nil {
			return
		}
		id, err := awsname.ParseExternalID(idText)
		if err != nil {
			return
		}
		read, err := iampolicy.UnderstandTrust(iampolicy.Trust(principal, id).JSON(), iampolicy.TrustHint{})
		if err != nil || !reflect.DeepEqual(read, iampolicy.TrustMeaning{Principal: principal, ExternalID: id}) || strings.ContainsAny(read.Principal.String(), "*?\"") {
			t.Errorf("UnderstandTrust(Trust(%q, %q)) = %+v, %v", text, idText, read, err)
		}
	})
}

// matches is IAM's pattern language, written apart from the code under test: * stands for any run of characters,
// ? for one; ${ begins a variable, which here matches anything.
func matches(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case strings.HasPrefix(pattern, "${"):
		return true
	case pattern[0] == '*':
		return matches(pattern[1:], text) || text != "" && matches(pattern, text[1:])
	case text == "":
		return false
	default:
		return (pattern[0] == '?' || pattern[0] == text[0]) && matches(pattern[1:], text[1:])
	}
}

func TestMatches(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"a/*", "a/b", true}, {"a/*", "a/", true}, {"a/*", "b/a/", false}, {"a?c", "abc", true}, {"a?c", "ac", false}, {"*/x", "a/b/x", true},
	} {
		if got := matches(test.pattern, test.text); got != test.want {
			t.Errorf("matches(%q, %q) = %t", test.pattern, test.text, got)
		}
	}
}
