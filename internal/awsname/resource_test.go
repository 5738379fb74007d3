package awsname_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

func TestParseKeyPrefix(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"voicebase/", "a/b/c/", "with space/", "a+b=c/", "$money/", "{braces}/", "a.b/..c/", ".../", "[a-z]/", "^a|b$/", `back\slash/`,
		"Zürich/", "%2F/", "a/$/{x}/", strings.Repeat("p", 1022) + "/",
	} {
		if prefix, err := awsname.ParseKeyPrefix(text); err != nil || string(prefix) != text {
			t.Errorf("ParseKeyPrefix(%q) = %q, %v", text, prefix, err)
		}
	}
}

func TestParseKeyPrefixRefuses(t *testing.T) {
	t.Parallel()
	for text, reason := range map[string]string{
		"":                               "does not end with a slash",
		"voicebase":                      `does not end with a slash, so it would also match other folders, such as "voicebase-other/"`,
		"calls/2026":                     "does not end with a slash",
		"x":                              "does not end with a slash",
		"/":                              "starts with a slash",
		"/voicebase/":                    "starts with a slash",
		"a//":                            "empty path segment",
		"a//b/":                          "empty path segment",
		"./":                             `segment "."`,
		"a/./b/":                         `segment "."`,
		"a/../b/":                        `segment ".."`,
		"../":                            `segment ".."`,
		"*/":                             "wildcard",
		"voicebase/*":                    `drop the "*"`,
		"voicebase/**":                   `drop the "*"`,
		"*":                              "leave it out",
		"voice*/":                        `contains "*"`,
		"a?/":                            `contains "?"`,
		"${aws:username}/":               "variable",
		"a/${s3:prefix}/":                "variable",
		"a\xff/":                         "UTF-8",
		"日本/":                            "U+00FF",
		"a\x00/":                         "U+0000",
		"a\n/":                           "U+000A",
		"a\u0085/":                       "U+0085",
		strings.Repeat("p", 1023) + "/":  "1024 bytes",
		strings.Repeat("ü", 600) + "/a/": "bytes",
	} {
		prefix, err := awsname.ParseKeyPrefix(text)
		if err == nil {
			t.Errorf("ParseKeyPrefix(%q) = %q, want an error with %q", text, prefix, reason)
			continue
		}
		if !strings.Contains(err.Error(), reason) {
			t.Errorf("ParseKeyPrefix(%q): %v, want %q in it", text, err, reason)
		}
	}
}

func TestParseARNs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name             string
		parse            func(string) (awsname.ARN, error)
		accepts, refuses []string
	}{
		{
			name: "ParseBucketARN", parse: awsname.ParseBucketARN,
			accepts: []string{
				"arn:aws:s3:::acme-results", "arn:aws-cn:s3:::acme", "arn:aws-us-gov:s3:::acme", "arn:aws:s3:::with.dots.in",
				"arn:aws:s3:::Legacy_US_Bucket", "arn:aws:s3:::" + strings.Repeat("b", 255),
			},
			refuses: []string{
				"", "acme-results", "arn:aws:s3:::", "arn:aws:s3:::acme/*", "arn:aws:s3:::acme/", "arn:aws:s3:::acme/key", "arn:aws:s3:::*",
				"arn:aws:s3:::acme*", "arn:aws:s3:::ac?e", "arn:aws:s3:::${aws:username}", "arn:aws:s3:us-east-1:111122223333:accesspoint/ap",
				"arn:aws:s3:us-east-1::acme", "arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-1/bucket/acme", "arn:aws:sqs:::acme",
				"arn:nowhere:s3:::acme", "arn:aws:s3:::ab", "arn:aws:s3:::" + strings.Repeat("b", 256), "arn:aws:s3:::a b c", "arn:aws:s3:::-acme",
			},
		},
		{
			name: "ParseKMSKeyARN", parse: awsname.ParseKMSKeyARN,
			accepts: []string{
				"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
				"arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
				"arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
				"arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
				"arn:aws-eusc:kms:eusc-de-east-1:111122223333:key/1234abcd", "arn:aws:kms:us-east-1:111122223333:key/" + strings.Repeat("k", 128),
			},
			refuses: []string{
				"", "1234abcd-12ab-34cd-56ef-1234567890ab", "alias/delivery", "arn:aws:kms:us-east-1:111122223333:alias/delivery",
				"arn:aws:kms:us-east-1:111122223333:key/*", "arn:aws:kms:*:111122223333:key/1234abcd", "arn:aws:kms::111122223333:key/1234abcd",
				"arn:aws:kms:us-east-1:111122223333:key/" + strings.Repeat("k", 129), "arn:aws:kms:us-east-1:111122223333:key/a/b",
				"arn:aws:kms:us-east-1:111122223333:key/a.b", "arn:aws:kms:local:111122223333:key/1234abcd", "arn:aws:kms:us-east-1:111122223333:my-key/1",
				"arn:aws:kms:us-east-1::key/1234abcd", "arn:aws:kms:us-east-1:111122223333:1234abcd", "arn:aws:s3:::acme",
			},
		},
		{
			name: "ParsePolicyARN", parse: awsname.ParsePolicyARN,
			accepts: []string{
				"arn:aws:iam::111122223333:policy/boundary", "arn:aws:iam::111122223333:policy/with/path/boundary",
				"arn:aws:iam::111122223333:policy/" + strings.Repeat("p", 128),
				"arn:aws:iam::aws:policy/PowerUserAccess", "arn:aws-cn:iam::aws:policy/service-role/X",
			},
			refuses: []string{
				"", "boundary", "arn:aws:iam::111122223333:role/x", "arn:aws:iam::111122223333:policy/", "arn:aws:iam::111122223333:policy/*",
				"arn:aws:iam::111122223333:policy/" + strings.Repeat("p", 129), "arn:aws:iam::my-aws:policy/x", "arn:aws:iam::1111222233334:policy/x",
				"arn:aws:iam::111122223333:policy/a b", "arn:aws:iam::111122223333:my-policy/x",
				"arn:aws:iam:us-east-1:111122223333:policy/x", "arn:aws:iam:::policy/x", "arn:aws:s3:::policy/x",
			},
		},
		{
			name: "ParseAccessPointARN", parse: awsname.ParseAccessPointARN,
			accepts: []string{
				"arn:aws:s3:us-east-1:111122223333:accesspoint/abc", "arn:aws:s3:us-east-1:111122223333:accesspoint:abc",
				"arn:aws:s3:us-east-1:111122223333:accesspoint/" + strings.Repeat("a", 50), "arn:aws:s3:local:111122223333:accesspoint/abc",
			},
			refuses: []string{
				"arn:aws:s3:us-east-1:111122223333:accesspoint/ab", "arn:aws:s3:us-east-1:111122223333:accesspoint/" + strings.Repeat("a", 51),
				"arn:aws:s3:us-east-1:111122223333:accesspoint/-abc", "arn:aws:s3:us-east-1:111122223333:accesspoint/abc-",
				"arn:aws:s3:us-east-1:111122223333:accesspoint/Abc", "arn:aws:s3:us-east-1:111122223333:accesspoint-abc",
				"arn:aws:s3:us-east-1:111122223333:accesspoint/a/b", "arn:aws:s3:aws-global:111122223333:accesspoint/abc",
				"arn:aws:s3:us-east-1:1111222233334:accesspoint/abc", "arn:aws:kms:us-east-1:111122223333:accesspoint/abc",
			},
		},
	} {
		for _, text := range test.accepts {
			if arn, err := test.parse(text); err != nil || arn.String() != text {
				t.Errorf("%s(%q) = %s, %v", test.name, text, arn, err)
			}
		}
		for _, text := range test.refuses {
			if arn, err := test.parse(text); err == nil {
				t.Errorf("%s(%q) = %s, want an error", test.name, text, arn)
			}
		}
	}
}

func TestParseRoleSettings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name             string
		parse            func(string) error
		accepts, refuses []string
	}{
		{
			name: "ParseRoleName", parse: errorOf(awsname.ParseRoleName),
			accepts: []string{"r", "s3-delivery_role+=,.@-", strings.Repeat("r", 64)},
			refuses: []string{"", strings.Repeat("r", 65), "a b", "a/b", "rôle", "a*"},
		},
		{
			name: "ParseRoleNamePrefix", parse: errorOf(awsname.ParseRoleNamePrefix),
			accepts: []string{"r", strings.Repeat("r", 38)},
			refuses: []string{"", strings.Repeat("r", 39), "a b"},
		},
		{
			name: "ParsePath", parse: errorOf(awsname.ParsePath),
			accepts: []string{"/", "/a/", "/a/b/", "/" + strings.Repeat("p", 510) + "/"},
			refuses: []string{"", "a", "/a", "a/", "/a b/", "/a*/", "/a?/", "/${a}/", "/" + strings.Repeat("p", 511) + "/", "/é/"},
		},
		{
			name: "ParseRoleDescription", parse: errorOf(awsname.ParseRoleDescription),
			accepts: []string{"d", "Für VoiceBase\r\n\tsecond line", strings.Repeat("ü", 1000), " ~¡ÿ"},
			refuses: []string{"", strings.Repeat("d", 1001), "日本", "a\x00", "a\x0b", "a\x1f", "a\x7f", "a\u00a0", "a\u0100"},
		},
	} {
		for _, text := range test.accepts {
			if err := test.parse(text); err != nil {
				t.Errorf("%s(%q): %v", test.name, text, err)
			}
		}
		for _, text := range test.refuses {
			if test.parse(text) == nil {
				t.Errorf("%s(%q) is accepted", test.name, text)
			}
		}
	}
}

func errorOf[T any](parse func(string) (T, error)) func(string) error {
	return func(text string) error {
		_, err := parse(text)
		return err
	}
}

// The limits that schemas and descriptions take are AWS's.
func TestLimits(t *testing.T) {
	t.Parallel()
	got := []int{
		awsname.MaxBucketPrefix, awsname.MaxKeyBytes, awsname.MaxRoleName, awsname.MaxRoleNamePrefix, awsname.MaxRoleDescription,
		awsname.MinSessionDuration, awsname.MaxSessionDuration, int(awsname.MaxPresignedLife.Seconds()), awsname.GeneratedSuffix,
	}
	if want := []int{37, 1024, 64, 38, 1000, 3600, 43_200, 604_800, 26}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
