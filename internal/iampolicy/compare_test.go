package iampolicy_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

func TestSameTrust(t *testing.T) {
	t.Parallel()
	trust := policy(assume(`{"AWS":"`+voiceBase+`"}`, `{"StringEquals":{"sts:ExternalId":"org-a"}}`))
	for name, test := range map[string]struct {
		other string
		want  bool
	}{
		"itself":                 {trust, true},
		"otherwise written":      {`{"Version":"2008-10-17","Statement":` + assume(`{"AWS":["`+voiceBase+`"]}`, `{"StringLike":{"STS:ExternalId":["org-a"]}}`) + `}`, true},
		"another external ID":    {policy(assume(`{"AWS":"`+voiceBase+`"}`, `{"StringEquals":{"sts:ExternalId":"org-b"}}`)), false},
		"no external ID":         {policy(assume(`{"AWS":"`+voiceBase+`"}`, "")), false},
		"another partition":      {strings.ReplaceAll(trust, "arn:aws:", "arn:aws-cn:"), false},
		"another principal":      {policy(assume(`{"AWS":"`+voiceBase+`2"}`, `{"StringEquals":{"sts:ExternalId":"org-a"}}`)), false},
		"no principal":           {policy(), false},
		"a principal more":       {policy(assume(`{"AWS":["`+voiceBase+`","`+ownRoot+`"]}`, `{"StringEquals":{"sts:ExternalId":"org-a"}}`)), false},
		"a condition more":       {policy(assume(`{"AWS":"`+voiceBase+`"}`, `{"StringEquals":{"sts:ExternalId":"org-a"},"Bool":{"aws:MultiFactorAuthPresent":"true"}}`)), false},
		"a deleted principal":    {policy(assume(`{"AWS":["`+voiceBase+`","AROADBQP57FF2AEXAMPLE"]}`, `{"StringEquals":{"sts:ExternalId":"org-a"}}`)), false},
		"an action more":         {policy(strings.Replace(assume(`{"AWS":"`+voiceBase+`"}`, `{"StringEquals":{"sts:ExternalId":"org-a"}}`), `"sts:AssumeRole"`, `"sts:*"`, 1)), false},
		"what is no JSON at all": {"{", false},
	} {
		if got := iampolicy.SameTrust(trust, test.other); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
		if got := iampolicy.SameTrust(test.other, trust); got != test.want {
			t.Errorf("%s, the other way round: %t", name, got)
		}
	}
	// Trust cannot say what these allow, or refuse, besides: they are not even the same as themselves.
	for _, document := range []string{
		policy(), policy(assume(`{"AWS":"AROADBQP57FF2AEXAMPLE"}`, "")),
		policy(assume(`{"AWS":"`+voiceBase+`"}`, ""), assume(`{"Service":"lambda.amazonaws.com"}`, "")),
		policy(strings.Replace(assume(`{"AWS":"`+voiceBase+`"}`, ""), "sts:AssumeRole", "sts:*", 1)),
		policy(assume(`{"AWS":"`+voiceBase+`"}`, `{"StringEqualsIfExists":{"sts:ExternalId":"org-a"}}`)),
	} {
		if iampolicy.SameTrust(document, document) {
			t.Errorf("Trust can say all of %s", document)
		}
	}
}

func TestWithoutSids(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		`{"Statement":[{"Sid":"a","Effect":"Deny"},{"Effect":"Allow"}],"Version":"2012-10-17"}`: `{"Statement":[{"Effect":"Deny"},{"Effect":"Allow"}],"Version":"2012-10-17"}`,
		`{"Statement":{"Effect":"Deny","Sid":"a"}}`:                                             `{"Statement":[{"Effect":"Deny"}]}`,
		`{"Statement":["Sid"]}`: `{"Statement":["Sid"]}`,
		`{"Statement":"Sid"}`:   `{"Statement":"Sid"}`,
		`no JSON`:               `no JSON`,
		``:                      ``,
	} {
		if got := iampolicy.WithoutSids(document); got != want {
			t.Errorf("%s: got %s, want %s", document, got, want)
		}
	}
}

func TestListsSources(t *testing.T) {
	t.Parallel()
	addresses := []string{"52.6.244.43", "2001:db8::1"}
	denied := func(condition string) string { return own(`"Condition":` + condition) }
	for document, want := range map[string]bool{
		policy(denied(`{"NotIpAddress":{"aws:SourceIp":["52.6.0.0/16","2001:db8::/32"]}}`)):                                                 true,
		policy(denied(`{"NotIpAddress":{"AWS:sourceip":["10.0.0.0/8","2001:db8::1","52.6.244.43"]}}`)):                                      true,
		policy(own(), denied(`{"Bool":{"aws:SecureTransport":"true"},"NotIpAddress":{"aws:SourceIp":["52.6.244.43/32","2001:db8::/32"]}}`)): true,
		policy(denied(`{"NotIpAddress":{"aws:SourceIp":"52.6.244.43"}}`)):                                                                   false,
		policy(denied(`{"NotIpAddress":{"aws:SourceIp":"52.6.244.43"}}`), denied(`{"NotIpAddress":{"aws:SourceIp":"2001:db8::1"}}`)):        false,
		policy(denied(`{"NotIpAddress":{"aws:VpcSourceIp":["52.6.244.43","2001:db8::1"]}}`)):                                                false,
		policy(denied(`{"NotIpAddress":{"aws:SourceIp":["52.6.244.44","2001:db8::1"]}}`)):                                                   false,
		policy(denied(`{"NotIpAddress":{"aws:SourceIp":["somewhere","2001:db8::1"]}}`)):                                                     false,
		policy(own()): false,
		`{`:           false,
	} {
		if got := iampolicy.ListsSources(document, addresses); got != want {
			t.Errorf("%s: %t", document, got)
		}
	}
}

func TestNewWriter(t *testing.T) {
	t.Parallel()
	principal := func(partition, account, resource string) awsname.TrustedPrincipal {
		return awsname.TrustedPrincipal{Partition: partition, AccountID: account, Resource: resource}
	}
	const session = "arn:aws-cn:sts::111122223333:assumed-role/signer/me"
	for arn, want := range map[string]iampolicy.Writer{
		"arn:aws:iam::111122223333:user/a/b": {Principal: principal("aws", "111122223333", "user/a/b")},
		"arn:aws:iam::111122223333:root":     {Principal: principal("aws", "111122223333", "root")},
		session:                              {Principal: principal("aws-cn", "111122223333", "role/signer"), Session: session, AnyPath: true},
		"arn:aws:iam::111122223333":          {},
		"":                                   {},
	} {
		if got := iampolicy.NewWriter(arn); got != want {
			t.Errorf("%s: got %+v, want %+v", arn, got, want)
		}
	}
}

// TestBucketStatements_writers asks which principals of a statement a writer is.
func TestBucketStatements_writers(t *testing.T) {
	t.Parallel()
	const session = "arn:aws:sts::111122223333:assumed-role/signer/me"
	for name, test := range map[string]struct {
		writer, effect, named string
		want                  bool
	}{
		"a session as itself":               {session, "Allow", session, true},
		"another session":                   {session, "Allow", "arn:aws:sts::111122223333:assumed-role/signer/you", false},
		"a session as its role":             {session, "Allow", "arn:aws:iam::111122223333:role/path/signer", true},
		"a session as a user of that name":  {session, "Allow", "arn:aws:iam::111122223333:user/signer", false},
		"a session as another role":         {session, "Allow", "arn:aws:iam::111122223333:role/signer2", false},
		"a session of another account":      {session, "Deny", "arn:aws:iam::444455556666:role/signer", false},
		"a session as its account":          {session, "Deny", "111122223333", true},
		"a session as its account, allowed": {session, "Allow", "111122223333", false},
		"a session as anyone":               {session, "Allow", "*", true},
		"a user at its path":                {"arn:aws:iam::111122223333:user/a/signer", "Allow", "arn:aws:iam::111122223333:user/a/signer", true},
		"a user at another path":            {"arn:aws:iam::111122223333:user/a/signer", "Allow", "arn:aws:iam::111122223333:user/signer", false},
		"what is no principal":              {"arn:aws:iam::111122223333:user/signer", "Deny", "signer", false},
		"nobody that is known":              {"", "Deny", "", false},
	} {
		document := policy(`{"Effect":"` + test.effect + `","Principal":{"AWS":"` + test.named + `"},"Action":"s3:PutObject","Resource":"*"}`)
		got, err := iampolicy.BucketStatements(document, iampolicy.NewWriter(test.writer), write, nil)
		if err != nil || (len(got) == 1) != test.want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
		if len(got) == 1 && got[0].Effect != test.effect {
			t.Errorf("%s: %s", name, got[0].Effect)
		}
	}
	everyoneElse := policy(`{"Effect":"Allow","NotPrincipal":{"AWS":"444455556666"},"Action":"s3:PutObject","Resource":"*"}`)
	if got, err := iampolicy.BucketStatements(everyoneElse, iampolicy.NewWriter(session), write, nil); err != nil || len(got) > 0 {
		t.Errorf("everyone else is allowed: %+v, %v", got, err)
	}
}

func TestInputName(t *testing.T) {
	t.Parallel()
	if first, tenth := iampolicy.InputName(0), iampolicy.InputName(9); first != "PolicyInputList.1" || tenth != "PolicyInputList.10" {
		t.Errorf("got %s and %s", first, tenth)
	}
}

func TestRemark(t *testing.T) {
	t.Parallel()
	if got := (iampolicy.Remark{Statement: "{}", Why: "it denies"}).String(); got != "it denies: {}" {
		t.Errorf("got %s", got)
	}
}
