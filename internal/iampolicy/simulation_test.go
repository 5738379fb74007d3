package iampolicy_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

var write = iampolicy.Probe{Action: "s3:PutObject", Resource: "arn:aws:s3:::results/voicebase/a.json"}

// TestBucketStatements looks at which statements of a bucket policy reach the simulator, and as what.
func TestBucketStatements(t *testing.T) {
	writer := iampolicy.Writer{Principal: principal(t, "arn:aws:iam::111122223333:role/path/delivery")}
	request := iampolicy.Request{"aws:securetransport": {"true"}, "s3:x-amz-acl": nil, "s3:authtype": {"REST-HEADER"}, "s3:prefix": {"voicebase/"}}
	statement := func(effect, rest string) string {
		return `{"Effect":"` + effect + `","Action":"s3:PutObject","Resource":"*",` + rest + `}`
	}
	bare := func(effect, condition string) []string {
		return []string{`{"Statement":[{"Effect":"` + effect + `","Action":["s3:PutObject"],"Resource":["*"]` + condition + `}],"Version":"2012-10-17"}`}
	}
	for name, test := range map[string]struct {
		statement string
		want      []string
	}{
		"everyone":                                 {statement("Deny", `"Principal":"*"`), bare("Deny", "")},
		"the role":                                 {statement("Allow", `"Principal":{"AWS":["arn:aws:iam::111122223333:role/path/delivery"]}`), bare("Allow", "")},
		"another role":                             {statement("Deny", `"Principal":{"AWS":"arn:aws:iam::111122223333:role/delivery"}`), nil},
		"the account is denied":                    {statement("Deny", `"Principal":{"AWS":"111122223333"}`), bare("Deny", "")},
		"the account is allowed":                   {statement("Allow", `"Principal":{"AWS":"111122223333"}`), nil},
		"everyone but the role":                    {statement("Deny", `"NotPrincipal":{"AWS":"arn:aws:iam::111122223333:role/path/delivery"}`), nil},
		"everyone but the account":                 {statement("Deny", `"NotPrincipal":{"AWS":"111122223333"}`), bare("Deny", "")},
		"everyone but another role":                {statement("Deny", `"NotPrincipal":{"AWS":"arn:aws:iam::111122223333:role/other"}`), bare("Deny", "")},
		"another action":                           {`{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"*"}`, nil},
		"another bucket's objects":                 {`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::results","arn:aws:s3:::results/other/*"]}`, nil},
		"these objects":                            {`{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":["arn:aws:s3:::results/voicebase/*"]}`, []string{`{"Statement":[{"Effect":"Deny","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::results/voicebase/*"]}],"Version":"2012-10-17"}`}},
		"all but these objects":                    {`{"Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":["arn:aws:s3:::results/voicebase/*"]}`, nil},
		"a variable that is known":                 {`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::results/${s3:authType}/*"]}`, nil},
		"a variable that is not":                   {`{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":["arn:aws:s3:::results/${aws:username}/*"]}`, []string{`{"Statement":[{"Effect":"Deny","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::results/${aws:username}/*"]}],"Version":"2012-10-17"}`}},
		"all but a variable that is not":           {`{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","NotResource":["arn:aws:s3:::results/${aws:username}/*"]}`, []string{`{"Statement":[{"Effect":"Deny","Action":["s3:PutObject"],"NotResource":["arn:aws:s3:::results/${aws:username}/*"]}],"Version":"2012-10-17"}`}},
		"all but a variable that is known":         {`{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","NotResource":["arn:aws:s3:::results/${s3:prefix}*"]}`, nil},
		"two keys of one operator":                 {statement("Deny", `"Principal":"*","Condition":{"StringEquals":{"s3:authType":"REST-HEADER","aws:SecureTransport":"true"}}`), bare("Deny", `,"Condition":{"StringEquals":{"aws:SecureTransport":["true"],"s3:authType":["REST-HEADER"]}}`)},
		"a condition on what is there":             {statement("Deny", `"Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`), bare("Deny", `,"Condition":{"Bool":{"aws:SecureTransport":["false"]}}`)},
		"a condition on what is not there":         {statement("Deny", `"Principal":"*","Condition":{"StringNotEquals":{"s3:x-amz-acl":"private"}}`), bare("Deny", "")},
		"a condition that needs what is not there": {statement("Deny", `"Principal":"*","Condition":{"StringEquals":{"s3:x-amz-acl":"private"}}`), nil},
		"both": {
			statement("Deny", `"Principal":"*","Condition":{"Null":{"s3:x-amz-acl":true},"StringEquals":{"s3:authType":"REST-HEADER"}}`),
			bare("Deny", `,"Condition":{"StringEquals":{"s3:authType":["REST-HEADER"]}}`),
		},
		"the absence of what is there": {statement("Deny", `"Principal":"*","Condition":{"Null":{"s3:authType":"true"}}`), nil},
		"a Sid of a bucket":            {statement("Deny", `"Sid":"No way in","Principal":"*"`), bare("Deny", "")},
		"a control character": {
			`{"Effect":"Deny","Principal":"*","NotAction":"s3:GetObject","NotResource":"a\u007f~"}`,
			[]string{`{"Statement":[{"Effect":"Deny","NotAction":["s3:GetObject"],"NotResource":["a\u007f~"]}],"Version":"2012-10-17"}`},
		},
		"characters beyond Latin-1": {
			`{"Effect":"Deny","Principal":"*","NotAction":"s3:GetObject","NotResource":"arn:aws:s3:::results/日😀*"}`,
			[]string{`{"Statement":[{"Effect":"Deny","NotAction":["s3:GetObject"],"NotResource":["arn:aws:s3:::results/\u65e5\ud83d\ude00*"]}],"Version":"2012-10-17"}`},
		},
	} {
		statements, err := iampolicy.BucketStatements(`{"Statement":`+test.statement+`}`, writer, write, request)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range statements {
			got = append(got, s.Policy)
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}

func TestBucketStatements_names(t *testing.T) {
	session := iampolicy.Writer{Principal: principal(t, "arn:aws:iam::111122223333:role/signer"), AnyPath: true, Session: "arn:aws:sts::111122223333:assumed-role/signer/me"}
	document := `{"Statement":[
		{"Sid":"One","Effect":"Deny","Principal":{"AWS":"arn:aws:sts::111122223333:assumed-role/signer/me"},"Action":"*","Resource":"*"},
		{"Effect":"Deny","Principal":{"AWS":"444455556666"},"Action":"*","Resource":"*"},
		{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:role/path/signer"},"Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1","s3:authType":"POST"},"StringNotLike":{"aws:PrincipalOrgID":"r-*"}}}]}`
	got, err := iampolicy.BucketStatements(document, session, write, iampolicy.Request{"s3:authtype": {"REST-HEADER"}})
	if err != nil || len(got) != 2 {
		t.Fatalf("got %+v, %v", got, err)
	}
	if got[0].Name != `"One"` || got[1].Name != "number 3" || !reflect.DeepEqual(got[1].Open, []string{"aws:principalorgid"}) || got[0].Open != nil {
		t.Errorf("got %+v", got)
	}
	if got, err := iampolicy.BucketStatements("", session, write, nil); got != nil || err != nil {
		t.Errorf("no policy: %v, %v", got, err)
	}
	if _, err := iampolicy.BucketStatements("[", session, write, nil); err == nil {
		t.Error("no error for what is no policy")
	}
}

func TestDeniesPlainHTTP(t *testing.T) {
	const bucket = "arn:aws:s3:::results"
	guards := iampolicy.BucketGuards{BucketARN: bucket}
	document, err := iampolicy.BucketPolicy(guards, "")
	if err != nil {
		t.Fatal(err)
	}
	good := `{"Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":["s3:Put*"],"Resource":["arn:aws:s3:::results/*"],"Condition":{"Bool":{"aws:SecureTransport":false}}}]}`
	for policy, want := range map[string]bool{
		document: true,
		good:     true,
		"":       false,
		"{":      false,
		strings.Replace(good, "Deny", "Allow", 1):                                                                         false,
		strings.Replace(good, "s3:Put*", "s3:Get*", 1):                                                                    false,
		strings.Replace(good, "results/*", "results/a/*", 1):                                                              false,
		strings.Replace(good, "results/*", "results/*x", 1):                                                               false,
		strings.Replace(good, "s3:Put*", "s3:PutObject", 1):                                                               true,
		strings.Replace(good, `"*"}`, `"111122223333"}`, 1):                                                               false,
		strings.Replace(good, "false", "true", 1):                                                                         false,
		strings.Replace(good, "false}", `false},"StringEquals":{"s3:authType":"REST-HEADER"}`, 1):                         false,
		strings.Replace(good, `{"Bool":{"aws:SecureTransport":false}}`, `{}`, 1):                                          true, // nobody may, TLS or not
		strings.Replace(good, `{"Bool":{"aws:SecureTransport":false}}`, `{"NumericLessThan":{"s3:TlsVersion":"1.2"}}`, 1): false,
	} {
		if got := iampolicy.DeniesPlainHTTP(policy, bucket); got != want {
			t.Errorf("%s: %v", policy, got)
		}
	}
}
