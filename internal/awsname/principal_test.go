package awsname_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

func TestParsePrincipal(t *testing.T) {
	t.Parallel()
	for _, partition := range []string{"aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"} {
		for _, resource := range []string{
			"root",
			"role/voicebase-delivery",
			"role/with/a/path/voicebase",
			"role/" + strings.Repeat("p", 510) + "/" + strings.Repeat("n", 64),
			"user/voicebase",
			"user/team/name+of=all,kinds.of@chars-_1",
		} {
			text := "arn:" + partition + ":iam::111122223333:" + resource
			principal, err := awsname.ParsePrincipal(text)
			if err != nil {
				t.Errorf("ParsePrincipal(%q): %v", text, err)
				continue
			}
			want := awsname.TrustedPrincipal{Partition: partition, AccountID: "111122223333", Resource: resource}
			if principal != want || principal.String() != text {
				t.Errorf("ParsePrincipal(%q) = %+v, %s", text, principal, principal)
			}
		}
	}
}

func TestParsePrincipalAccountID(t *testing.T) {
	t.Parallel()
	account, err := awsname.ParsePrincipal("111122223333")
	if err != nil {
		t.Fatal(err)
	}
	if got := account.String(); got != "111122223333" {
		t.Errorf("String() = %q without a partition", got)
	}
	for _, partition := range []string{"aws", "aws-cn", "aws-us-gov"} {
		root := "arn:" + partition + ":iam::111122223333:root"
		if got := account.In(partition).String(); got != root {
			t.Errorf("In(%q) = %q, want %q", partition, got, root)
		}
		parsed, err := awsname.ParsePrincipal(root)
		if err != nil {
			t.Fatal(err)
		}
		if !account.Same(parsed) || !parsed.Same(account) {
			t.Errorf("%s and %s are the same principal", account, parsed)
		}
		if parsed.In("aws-iso") != parsed {
			t.Errorf("In moved %s out of its partition", parsed)
		}
	}
}

func TestSamePrincipalDiffers(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"111122223333", "444455556666"},
		{"111122223333", "arn:aws:iam::444455556666:root"},
		{"111122223333", "arn:aws:iam::111122223333:role/voicebase"},
		{"arn:aws:iam::111122223333:root", "arn:aws-cn:iam::111122223333:root"},
		{"arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"},
		{"arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:user/a"},
	} {
		a, err := awsname.ParsePrincipal(pair[0])
		if err != nil {
			t.Fatal(err)
		}
		b, err := awsname.ParsePrincipal(pair[1])
		if err != nil {
			t.Fatal(err)
		}
		if a.Same(b) || b.Same(a) {
			t.Errorf("%s and %s are not the same principal", a, b)
		}
	}
}

// Each refusal says why, since the reason is what leads the user to the right ARN.
func TestParsePrincipalRefuses(t *testing.T) {
	t.Parallel()
	for text, reason := range map[string]string{
		"*":                                  "every AWS account",
		"":                                   "not an ARN",
		"11112222333":                        "not an ARN",
		"1111222233334":                      "not an ARN",
		" 111122223333":                      "not an ARN",
		"s3.amazonaws.com":                   "AWS service",
		"ec2.amazonaws.com.cn":               "AWS service",
		"s3.amazonaws.eu":                    "AWS service",
		"s3.c2s.ic.gov":                      "AWS service",
		"s3.sc2s.sgov.gov":                   "AWS service",
		"AROADBQP57FF2AEXAMPLE":              "unique ID",
		"AIDACKCEVSQ6C2EXAMPLE":              "unique ID",
		"arn:aws:iam::111122223333:*":        `contains "*"`,
		"arn:aws:iam::*:root":                `contains "*"`,
		"arn:aws:iam::111122223333:role/a*":  `contains "*"`,
		"arn:aws:iam::111122223333:role/a?c": `contains "?"`,
		"arn:aws:iam::111122223333:user/${aws:username}":                    `contains "${"`,
		"arn:aws:sts::111122223333:assumed-role/voicebase/session":          "session",
		"arn:aws:sts::111122223333:federated-user/someone":                  "session",
		"arn:aws-cn:sts::111122223333:assumed-role/voicebase/session":       "session",
		"arn:aws:iam::111122223333:group/admins":                            "group",
		"arn:aws:iam::111122223333:saml-provider/corporate":                 "identity provider",
		"arn:aws:iam::111122223333:oidc-provider/accounts.google.com":       "identity provider",
		"arn:aws:iam::111122223333:instance-profile/web":                    "instance profile",
		"arn:aws:iam::111122223333:policy/boundary":                         "is not a valid principal",
		"arn:aws:iam::111122223333:rooted":                                  "is not a valid principal",
		"arn:aws:iam::111122223333:role":                                    "is not a valid role: names must be",
		"arn:aws:iam::111122223333:role/":                                   "is not a valid role: names must be",
		"arn:aws:iam::111122223333:role/a/":                                 "is not a valid role: names must be",
		"arn:aws:iam::111122223333:role/" + strings.Repeat("n", 65):         "is not a valid role: names must be",
		"arn:aws:iam::111122223333:role/" + strings.Repeat("p", 511) + "/n": "is not a valid role: names must be",
		"arn:aws:iam::111122223333:user/a b":                                "is not a valid user: names must be",
		"arn:aws:iam::111122223333:user/a\n":                                "is not a valid user: names must be",
		"arn:aws:iam::11112222333:root":                                     "12-digit account ID",
		"arn:aws:iam:us-east-1:111122223333:root":                           "empty region",
		"arn:aws:iam::aws:role/x":                                           "12-digit account ID",
		"arn:aws:s3:::bucket":                                               `an ARN of the service "s3"`,
		"arn:aws:mysts::111122223333:root":                                  `an ARN of the service "mysts"`,
		"arn:azure:iam::111122223333:root":                                  `partition "azure"`,
		"arn:aws-us-gov-west:iam::111122223333:root":                        `partition "aws-us-gov-west"`,
		"arn:aws:iam::111122223333":                                         "not an ARN",
		"arn:aws:iam::111122223333:":                                        "not an ARN",
		"ARN:aws:iam::111122223333:root":                                    "not an ARN",
	} {
		principal, err := awsname.ParsePrincipal(text)
		if err == nil {
			t.Errorf("ParsePrincipal(%q) = %s, want an error with %q", text, principal, reason)
			continue
		}
		if !strings.Contains(err.Error(), reason) {
			t.Errorf("ParsePrincipal(%q): %v, want %q in it", text, err, reason)
		}
	}
}

// TestIsUniqueID has each kind of unique ID, the shortest one, and what only looks like one.
func TestIsUniqueID(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"AROA", "AIDA", "AGPA", "AIPA", "ANPA", "ANVA", "ASCA", "AKIA", "ASIA"} {
		if !awsname.IsUniqueID(prefix + "DBQP57FF2AEX") {
			t.Errorf("%s starts a unique ID", prefix)
		}
	}
	for _, text := range []string{"AROADBQP57FF2AE", "ABIADBQP57FF2AEXAMPLE", "aroadbqp57ff2aexample", "AROADBQP57FF2A-XAMPLE", "xAROADBQP57FF2AEXAMPLE", "AROADBQP57FF2AEXAMPLE:session", ""} {
		if awsname.IsUniqueID(text) {
			t.Errorf("%q is no unique ID", text)
		}
	}
}

// TestParseExternalIDNamesTheFault has faults that are easily overlooked.
func TestParseExternalIDNamesTheFault(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"organization id": "the external ID contains ' ', which is not allowed",
		"0e2a8f5c\n":      `the external ID contains '\n', which is not allowed`,
		" 0e2a8f5c ":      "the external ID contains ' ', which is not allowed",
		"0e2a8f5c–id":     "the external ID contains '–', which is not allowed",
		"a":               "the length of the external ID is 1",
	} {
		if _, err := awsname.ParseExternalID(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseExternalID(%q): got %v, want %s", text, err, want)
		}
	}
}

func TestParseExternalID(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"ab", "0e2a8f5c-organization-id", "a_+=,.@:/-Z9", strings.Repeat("x", 1224)} {
		if id, err := awsname.ParseExternalID(text); err != nil || string(id) != text {
			t.Errorf("ParseExternalID(%q) = %q, %v", text, id, err)
		}
	}
	for _, text := range []string{"", "a", strings.Repeat("x", 1225), "a b", "a*", "${aws:username}", "é1", "ab\n", "a#b", `a"b`, `a\b`} {
		if id, err := awsname.ParseExternalID(text); err == nil {
			t.Errorf("ParseExternalID(%q) = %q, want an error", text, id)
		} else if !strings.Contains(err.Error(), "2–1224 characters") {
			t.Errorf("ParseExternalID(%q): %v does not say what is allowed", text, err)
		}
	}
}

func TestPartitionMatches(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"aws", "aws"}, {"", "aws"}, {"aws-cn", ""}, {"", ""}} {
		if err := awsname.PartitionMatches(pair[0], pair[1]); err != nil {
			t.Errorf("PartitionMatches(%q, %q): %v", pair[0], pair[1], err)
		}
	}
	const want = `it is in partition "aws", but the provider's region is in partition "aws-us-gov", and AWS partitions cannot refer to each other`
	if err := awsname.PartitionMatches("aws", "aws-us-gov"); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
