package iampolicy_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

func principal(t *testing.T, text string) awsname.TrustedPrincipal {
	t.Helper()
	p, err := awsname.ParsePrincipal(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestJudgeTrust has VoiceBase's role come with the external ID "organization".
func TestJudgeTrust(t *testing.T) {
	type verdict struct{ allowed, named iampolicy.Truth }
	const (
		no    = iampolicy.False
		yes   = iampolicy.True
		maybe = iampolicy.Unknown
	)
	caller := iampolicy.Caller{Principal: principal(t, "arn:aws:iam::111122223333:role/path/voicebase"), ExternalID: "organization"}
	allow := func(rest string) string { return `{"Effect":"Allow","Action":"sts:AssumeRole",` + rest + `}` }
	condition := `,"Condition":{"StringEquals":{"sts:ExternalId":"organization"}}`
	for name, test := range map[string]struct {
		statements string
		want       verdict
	}{
		"its ARN":                    {allow(`"Principal":{"AWS":"arn:aws:iam::111122223333:role/path/voicebase"}` + condition), verdict{yes, yes}},
		"one of several":             {allow(`"Principal":{"AWS":["arn:aws:iam::999999999999:root","arn:aws:iam::111122223333:role/path/voicebase"]}` + condition), verdict{yes, yes}},
		"the first of several":       {allow(`"Principal":{"AWS":["arn:aws:iam::111122223333:role/path/voicebase","arn:aws:iam::999999999999:root"]}` + condition), verdict{yes, yes}},
		"over TLS":                   {allow(`"Principal":{"AWS":"111122223333"},"Condition":{"Bool":{"aws:SecureTransport":"true"}}`), verdict{yes, yes}},
		"without TLS":                {allow(`"Principal":{"AWS":"111122223333"},"Condition":{"Bool":{"aws:SecureTransport":"false"}}`), verdict{no, yes}},
		"not through a service":      {allow(`"Principal":{"AWS":"111122223333"},"Condition":{"Bool":{"aws:ViaAWSService":"false"}}`), verdict{yes, yes}},
		"not as a service":           {allow(`"Principal":{"AWS":"111122223333"},"Condition":{"Bool":{"aws:PrincipalIsAWSService":"false"}}`), verdict{yes, yes}},
		"its account's root":         {allow(`"Principal":{"AWS":"arn:aws:iam::111122223333:root"}`), verdict{yes, yes}},
		"its account":                {allow(`"Principal":{"AWS":"111122223333"}`), verdict{yes, yes}},
		"everyone":                   {allow(`"Principal":"*"` + condition), verdict{yes, yes}},
		"every AWS principal":        {allow(`"Principal":{"AWS":"*"}`), verdict{yes, yes}},
		"another role":               {allow(`"Principal":{"AWS":"arn:aws:iam::111122223333:role/voicebase"}`), verdict{no, no}},
		"another account":            {allow(`"Principal":{"AWS":"444455556666"}`), verdict{no, no}},
		"another partition":          {allow(`"Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"}`), verdict{no, no}},
		"a dead principal":           {allow(`"Principal":{"AWS":"AROADBQP57FF2AEXAMPLE"}`), verdict{no, no}},
		"a service":                  {allow(`"Principal":{"Service":"lambda.amazonaws.com"}`), verdict{no, no}},
		"another ID":                 {allow(`"Principal":{"AWS":"111122223333"},"Condition":{"StringEquals":{"sts:ExternalId":"another"}}`), verdict{no, yes}},
		"a list of IDs":              {allow(`"Principal":{"AWS":"111122223333"},"Condition":{"StringLike":{"sts:ExternalID":["another","organ*"]}}`), verdict{yes, yes}},
		"no ID wanted":               {allow(`"Principal":{"AWS":"111122223333"},"Condition":{"Null":{"sts:ExternalId":"true"}}`), verdict{no, yes}},
		"a key that nobody knows":    {allow(`"Principal":{"AWS":"111122223333"},"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`), verdict{maybe, yes}},
		"its ARN as a condition":     {allow(`"Principal":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/path/voicebase"}}`), verdict{yes, yes}},
		"another ARN as a condition": {allow(`"Principal":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/x"}}`), verdict{no, yes}},
		"two statements":             {allow(`"Principal":{"AWS":"444455556666"}`) + `,` + allow(`"Principal":{"AWS":"111122223333"}`+condition), verdict{yes, yes}},
		"another action":             {`{"Effect":"Allow","Action":"sts:TagSession","Principal":{"AWS":"111122223333"}}`, verdict{no, no}},
		"all actions of STS":         {`{"Effect":"Allow","Action":["STS:Assume*"],"Principal":{"AWS":"111122223333"}}`, verdict{yes, yes}},
		"a denial":                   {allow(`"Principal":{"AWS":"111122223333"}`) + `,{"Effect":"Deny","Action":"sts:*","Principal":"*"}`, verdict{no, yes}},
		"a denial of others": {allow(`"Principal":{"AWS":"111122223333"}`) +
			`,{"Effect":"Deny","Action":"sts:*","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:role/path/voicebase"}}`, verdict{yes, yes}},
		"a denial of other IDs": {allow(`"Principal":{"AWS":"111122223333"}`) +
			`,{"Effect":"Deny","Action":"sts:AssumeRole","Principal":"*","Condition":{"StringNotEquals":{"sts:ExternalId":"organization"}}}`, verdict{yes, yes}},
		"a denial that may apply": {allow(`"Principal":{"AWS":"111122223333"}`) +
			`,{"Effect":"Deny","Action":"sts:AssumeRole","Principal":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}`, verdict{maybe, yes}},
	} {
		got, err := iampolicy.JudgeTrust(`{"Version":"2012-10-17","Statement":[`+test.statements+`]}`, caller)
		if err != nil || (verdict{got.Allowed, got.Named}) != test.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if (got.Allowed == maybe) != (len(got.Open) > 0) {
			t.Errorf("%s: %v, and %v are open", name, got.Allowed, got.Open)
		}
	}
}

func TestJudgeTrust_details(t *testing.T) {
	const document = `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["AROADBQP57FF2AEXAMPLE","111122223333"]},
		"Condition":{"StringLike":{"sts:ExternalId":["a*","b"]}}}}`
	account := iampolicy.Caller{Principal: principal(t, "111122223333"), ExternalID: "c"}
	got, err := iampolicy.JudgeTrust(document, account)
	if err != nil {
		t.Fatal(err)
	}
	want := iampolicy.TrustVerdict{
		Allowed: iampolicy.False, Named: iampolicy.True,
		Trusted: []string{"111122223333", "AROADBQP57FF2AEXAMPLE"}, ExternalIDs: []string{"a*", "b"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	// An account is VoiceBase, and one role of it is trusted: it may be the one that calls.
	one := strings.ReplaceAll(document, `"111122223333"`, `"arn:aws:iam::111122223333:role/x"`)
	if got, _ := iampolicy.JudgeTrust(one, account); got.Named != iampolicy.Unknown {
		t.Errorf("one role of the account: %+v", got)
	}
	// Whether the role that is named is the one that calls is open, and with it what its statement does.
	const someRole = `"Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::111122223333:role/x"}}`
	for name, test := range map[string]struct {
		statements     string
		allowed, named iampolicy.Truth
	}{
		"one role is allowed": {`{"Effect":"Allow",` + someRole, iampolicy.Unknown, iampolicy.Unknown},
		"one role is denied":  {`{"Effect":"Deny",` + someRole + `,{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111122223333"}}`, iampolicy.Unknown, iampolicy.True},
		"the account is named, for another ID": {`{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111122223333"},"Condition":{"StringEquals":{"sts:ExternalId":"x"}}},` +
			`{"Effect":"Allow",` + someRole, iampolicy.Unknown, iampolicy.True},
	} {
		if got, err := iampolicy.JudgeTrust(`{"Statement":[`+test.statements+`]}`, account); err != nil || got.Allowed != test.allowed || got.Named != test.named {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	// What is open, and which IDs are accepted, is gathered from all statements.
	const open = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111122223333"},"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1","sts:ExternalId":"c"}}}`
	got, err = iampolicy.JudgeTrust(`{"Statement":[`+open+`,`+strings.Replace(open, `"c"`, `"d"`, 1)+`,`+open+`]}`, account)
	want = iampolicy.TrustVerdict{
		Allowed: iampolicy.Unknown, Named: iampolicy.True, Trusted: []string{"111122223333"}, ExternalIDs: []string{"c", "d"}, Open: []string{"aws:principalorgid"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := iampolicy.JudgeTrust(`{"Statement": 1}`, account); err == nil {
		t.Error("no error for what is no policy")
	}
	if got, _ := iampolicy.JudgeTrust(strings.Replace(document, `["AROADBQP57FF2AEXAMPLE","111122223333"]`, `"*"`, 1), account); !got.Everyone {
		t.Errorf("everyone: %+v", got)
	}
}
