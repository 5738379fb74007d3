package iampolicy_test

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

const (
	voiceBase = "arn:aws:iam::123456789012:role/voicebase"
	ownRoot   = "arn:aws:iam::111122223333:root"
)

// policy joins statements to a document.
func policy(statements ...string) string {
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
}

func assume(principal, condition string) string {
	if condition != "" {
		condition = `,"Condition":` + condition
	}
	return `{"Effect":"Allow","Principal":` + principal + `,"Action":"sts:AssumeRole"` + condition + `}`
}

func TestUnderstandTrust(t *testing.T) {
	t.Parallel()
	const (
		named = `{"AWS":"` + voiceBase + `"}`
		orgA  = `{"StringEquals":{"sts:ExternalId":"org-a"}}`
	)
	hint := iampolicy.TrustHint{AccountID: "111122223333"}
	told := iampolicy.TrustHint{AccountID: "111122223333", Principal: must(t, awsname.ParsePrincipal, voiceBase), ExternalID: "org-a"}
	for name, test := range map[string]struct {
		document            string
		hint                iampolicy.TrustHint
		principal, id       string
		undecided           bool
		beyond, lost, fails string
	}{
		"as on VoiceBase's page": {document: policy(assume(named, orgA)), principal: voiceBase, id: "org-a"},
		"single statement, no list": {
			document: `{"Version":"2008-10-17","Statement":` + strings.Replace(assume(named, orgA), "{", "{\n  ", 1) + `}`, principal: voiceBase, id: "org-a",
		},
		"in several lines": {
			document: strings.ReplaceAll(policy(assume(`{"AWS":["444455556666","`+voiceBase+`"]}`, orgA)), ",", ",\n  "), hint: told, principal: voiceBase, id: "org-a",
			beyond: "it also trusts 444455556666",
		},
		"lists of one": {
			document:  policy(`{"Sid":"","Effect":"Allow","Principal":{"AWS":["` + voiceBase + `"]},"Action":["STS:assumerole"],"Condition":{"stringequals":{"STS:externalid":["org-a"]}}}`),
			principal: voiceBase, id: "org-a",
		},
		"StringLike without a wildcard": {document: policy(assume(named, `{"StringLike":{"sts:ExternalId":"org-a"}}`)), principal: voiceBase, id: "org-a"},
		"ForAnyValue":                   {document: policy(assume(named, `{"ForAnyValue:StringEquals":{"sts:ExternalId":"org-a"}}`)), principal: voiceBase, id: "org-a"},
		"account ID":                    {document: policy(assume(`{"AWS":"123456789012"}`, orgA)), principal: "123456789012", id: "org-a"},
		"root":                          {document: policy(assume(`{"AWS":"arn:aws:iam::123456789012:root"}`, "")), principal: "arn:aws:iam::123456789012:root"},
		"a user in China":               {document: policy(assume(`{"AWS":"arn:aws-cn:iam::123456789012:user/a/b"}`, "")), principal: "arn:aws-cn:iam::123456789012:user/a/b"},
		"no condition":                  {document: policy(assume(named, "")), principal: voiceBase},
		"an administrator beside": {
			document: policy(assume(`{"AWS":"`+ownRoot+`"}`, ""), assume(named, orgA)), principal: voiceBase, id: "org-a",
			beyond: "it also trusts " + ownRoot,
		},
		"an administrator in one list": {
			document: policy(assume(`{"AWS":["`+ownRoot+`","`+voiceBase+`"]}`, orgA)), principal: voiceBase, id: "org-a", beyond: "it also trusts " + ownRoot,
		},
		"the own account alone": {document: policy(assume(`{"AWS":"`+ownRoot+`"}`, "")), principal: ownRoot},
		"two vendors":           {document: policy(assume(named, orgA), assume(`{"AWS":"444455556666"}`, "")), beyond: "it also trusts " + voiceBase + "; it also trusts 444455556666"},
		"two vendors, one is known": {
			document: policy(assume(`{"AWS":"444455556666"}`, ""), assume(named, orgA)), hint: told, principal: voiceBase, id: "org-a",
			beyond: "it also trusts 444455556666",
		},
		"a service beside": {
			document: policy(assume(named, orgA), assume(`{"Service":"lambda.amazonaws.com"}`, "")), principal: voiceBase, id: "org-a",
			beyond: `it trusts "lambda.amazonaws.com", which voicebase_arn cannot name`,
		},
		"a federation beside": {
			document:  policy(assume(named, orgA), `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/x"},"Action":"sts:AssumeRoleWithSAML"}`),
			principal: voiceBase, id: "org-a", beyond: "it allows other actions than sts:AssumeRole",
		},
		"sessions may be tagged": {
			document:  policy(`{"Effect":"Allow","Principal":` + named + `,"Action":["sts:AssumeRole","sts:TagSession"]}`),
			principal: voiceBase, beyond: "it allows more than sts:AssumeRole",
		},
		"all of STS":           {document: policy(`{"Effect":"Allow","Principal":` + named + `,"Action":"sts:*"}`), principal: voiceBase, beyond: "it allows more than sts:AssumeRole"},
		"a number":             {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":12345678901234567890}}`)), principal: voiceBase, id: "12345678901234567890"},
		"two external IDs":     {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":["org-b","org-a"]}}`)), principal: voiceBase, undecided: true, beyond: "it makes the role accept 2 external IDs"},
		"two, one is known":    {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":["org-b","org-a"]}}`)), hint: told, principal: voiceBase, id: "org-a", beyond: "it makes the role accept 2 external IDs"},
		"one in other letters": {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":["ORG-A","org-b"]}}`)), hint: told, principal: voiceBase, undecided: true, beyond: "it makes the role accept 2 external IDs"},
		"a pattern":            {document: policy(assume(named, `{"StringLike":{"sts:ExternalId":"org-*"}}`)), principal: voiceBase, undecided: true, beyond: "it accepts external IDs that external_id cannot express"},
		"a variable":           {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":"${aws:PrincipalTag/org}"}}`)), principal: voiceBase, undecided: true, beyond: "it accepts external IDs that external_id cannot express"},
		"whatever the case":    {document: policy(assume(named, `{"StringEqualsIgnoreCase":{"sts:ExternalId":"org-a"}}`)), principal: voiceBase, id: "org-a", beyond: "it ignores the case of the external ID"},
		"if it is sent":        {document: policy(assume(named, `{"StringEqualsIfExists":{"sts:ExternalId":"org-a"}}`)), principal: voiceBase, id: "org-a", beyond: "it also takes calls without an external ID"},
		"with and without":     {document: policy(assume(named, orgA), assume(named, "")), principal: voiceBase, id: "org-a", beyond: "it takes calls without an external ID"},
		"everyone, by its ARN": {document: policy(assume(`"*"`, `{"StringEquals":{"sts:ExternalId":"org-a","aws:PrincipalArn":"`+voiceBase+`"}}`)), principal: voiceBase, id: "org-a"},
		"a role of an account": {
			document:  policy(assume(`{"AWS":"arn:aws:iam::123456789012:root"}`, `{"ArnLike":{"aws:PrincipalArn":["`+voiceBase+`"]},"StringEquals":{"sts:ExternalId":"org-a"}}`)),
			principal: voiceBase, id: "org-a",
		},
		"everyone of an account":  {document: policy(assume(`{"AWS":"*"}`, `{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}`)), principal: "123456789012"},
		"a role, by its account":  {document: policy(assume(named, `{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}`)), principal: voiceBase},
		"roles of an account":     {document: policy(assume(`{"AWS":"123456789012"}`, `{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/v*"}}`)), principal: "123456789012", lost: "it has a condition on aws:principalarn"},
		"two of an account":       {document: policy(assume(`{"AWS":"123456789012"}`, `{"ArnEquals":{"aws:PrincipalArn":["`+voiceBase+`","`+voiceBase+`2"]}}`)), principal: "123456789012", lost: "it has a condition on aws:principalarn"},
		"never":                   {document: policy(assume(named, `{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/x"}}`)), principal: voiceBase, lost: "it has a condition on aws:principalarn"},
		"a role, by itself":       {document: policy(assume(named, `{"ArnEquals":{"aws:PrincipalArn":"`+voiceBase+`"}}`)), principal: voiceBase},
		"a role, by its sister":   {document: policy(assume(named, `{"ArnEquals":{"aws:PrincipalArn":"`+voiceBase+`2"}}`)), principal: voiceBase, lost: "it has a condition on aws:principalarn"},
		"anyone but one":          {document: policy(assume(`{"AWS":"123456789012"}`, `{"ArnNotEquals":{"aws:PrincipalArn":"`+voiceBase+`"}}`)), principal: "123456789012", lost: "it has a condition on aws:principalarn"},
		"one, if there is any":    {document: policy(assume(`{"AWS":"123456789012"}`, `{"StringEqualsIfExists":{"aws:PrincipalArn":"`+voiceBase+`"}}`)), principal: "123456789012", lost: "it has a condition on aws:principalarn"},
		"whose ID is the ARN":     {document: policy(assume(`{"AWS":"123456789012"}`, `{"StringEquals":{"aws:userid":"`+voiceBase+`"}}`)), principal: "123456789012", lost: "it has a condition on aws:userid"},
		"whose account is an ARN": {document: policy(assume(`{"AWS":"123456789012"}`, `{"StringEquals":{"aws:PrincipalAccount":"arn:aws:iam::123456789012:root"}}`)), principal: "123456789012", lost: "it has a condition on aws:principalaccount"},
		"the root user":           {document: policy(assume(`{"AWS":"123456789012"}`, `{"ArnEquals":{"aws:PrincipalArn":"`+strings.Replace(voiceBase, "role/voicebase", "root", 1)+`"}}`)), principal: "123456789012", lost: "it has a condition on aws:principalarn"},
		"an organization":         {document: policy(assume(`"*"`, `{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}`)), beyond: "it trusts every AWS account", lost: "it has a condition on aws:principalorgid"},
		"everyone":                {document: policy(assume(`"*"`, orgA)), id: "org-a", beyond: "it trusts every AWS account"},
		"everyone but some":       {document: policy(`{"Effect":"Allow","NotPrincipal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}`), beyond: "it trusts everyone but some"},
		"a deleted principal":     {document: policy(assume(`{"AWS":"AROADBQP57FF2AEXAMPLE"}`, orgA)), id: "org-a"},
		"a session":               {document: policy(assume(`{"AWS":"arn:aws:sts::123456789012:assumed-role/voicebase/s"}`, "")), beyond: `it trusts "arn:aws:sts::123456789012:assumed-role/voicebase/s", which voicebase_arn cannot name`},
		"only from an address":    {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":"org-a"},"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`)), principal: voiceBase, id: "org-a", lost: "it has a condition on aws:sourceip"},
		"but the other does not":  {document: policy(assume(named, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`), assume(named, orgA)), principal: voiceBase, id: "org-a", beyond: "it takes calls without an external ID"},
		"not that external ID":    {document: policy(assume(named, `{"StringNotEquals":{"sts:ExternalId":"org-b"}}`)), principal: voiceBase, lost: "its external ID is compared by stringnotequals"},
		"a denial":                {document: policy(assume(named, orgA), `{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`), principal: voiceBase, id: "org-a", lost: "it denies"},
		// The following cases each try one detail that the cases above leave open.
		"a deleted principal beside, with another ID": {
			document: policy(assume(named, orgA), assume(`{"AWS":"AROADBQP57FF2AEXAMPLE"}`, `{"StringEquals":{"sts:ExternalId":"org-b"}}`)), principal: voiceBase, id: "org-a",
		},
		"an account's ID as an ARN": {
			document:  policy(assume(`{"AWS":"123456789012"}`, `{"StringEquals":{"aws:PrincipalArn":"123456789012"}}`)),
			principal: "123456789012", lost: "it has a condition on aws:principalarn",
		},
		"three vendors, one in the known one's account": {
			document: policy(assume(`{"AWS":["444455556666","777788889999","arn:aws:iam::123456789012:root"]}`, orgA)), hint: told, principal: "arn:aws:iam::123456789012:root", id: "org-a",
			beyond: "it also trusts 444455556666; it also trusts 777788889999",
		},
		"everyone beside": {document: policy(assume(named, orgA), assume(`"*"`, orgA)), principal: voiceBase, id: "org-a", beyond: "it trusts every AWS account"},
		"an account, spelled in two ways": {
			document:  policy(assume(`{"AWS":["123456789012","arn:aws:iam::123456789012:root"]}`, orgA)),
			principal: "123456789012", id: "org-a",
		},
		"one external ID, twice":     {document: policy(assume(named, orgA), assume(named, orgA)), principal: voiceBase, id: "org-a"},
		"an external ID as a power":  {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":1.25e4}}`)), principal: voiceBase, id: "12500"},
		"an external ID as a part":   {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":1.50}}`)), principal: voiceBase, id: "1.5"},
		"an external ID beyond all":  {document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":1e400}}`)), principal: voiceBase, id: "1e400"},
		"every service":              {document: policy(assume(`{"Service":"*"}`, orgA)), beyond: `it trusts "*", which voicebase_arn cannot name`},
		"a canonical user, by an ID": {document: policy(assume(`{"CanonicalUser":"123456789012"}`, orgA)), beyond: `it trusts "123456789012", which voicebase_arn cannot name`},
		"a role of another account": {
			document:  policy(assume(`{"AWS":"123456789012"}`, `{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/x"}}`)),
			principal: "123456789012", lost: "it has a condition on aws:principalarn",
		},
		"an account in China, by its ID": {
			document:  policy(assume(`{"AWS":"arn:aws-cn:iam::123456789012:root"}`, `{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}`)),
			principal: "arn:aws-cn:iam::123456789012:root",
		},
		"from an account": {
			document:  policy(assume(`{"AWS":"123456789012"}`, `{"StringEquals":{"aws:SourceAccount":"123456789012"}}`)),
			principal: "123456789012", lost: "it has a condition on aws:sourceaccount",
		},
		"a session, by its ARN": {
			document:  policy(assume(`{"AWS":"123456789012"}`, `{"ArnEquals":{"aws:PrincipalArn":"arn:aws:sts::123456789012:assumed-role/a/b"}}`)),
			principal: "123456789012", lost: "it has a condition on aws:principalarn",
		},
		// The principals of a statement share its conditions, but each has its own remarks.
		"everyone, by a session": {
			document: policy(assume(`"*"`, `{"ArnEquals":{"aws:PrincipalArn":"arn:aws:sts::123456789012:assumed-role/a/b"}}`)),
			beyond:   "it trusts every AWS account", lost: "it has a condition on aws:principalarn",
		},
		"two that nothing fits": {
			document: policy(assume(`{"AWS":["`+voiceBase+`","arn:aws:iam::123456789012:role/other"]}`,
				`{"Bool":{"a:a":true,"a:b":true,"a:c":true},"StringEquals":{"aws:PrincipalArn":"`+voiceBase+`","aws:PrincipalAccount":"444455556666"}}`)),
			hint: told, principal: voiceBase,
			beyond: "it also trusts arn:aws:iam::123456789012:role/other",
			lost:   "it has a condition on a:a; it has a condition on a:b; it has a condition on a:c; it has a condition on aws:principalaccount",
		},
		"a pattern, and which": {
			document:  policy(assume(named, `{"StringEquals":{"sts:ExternalId":"org-a"},"StringLike":{"sts:ExternalId":"org-*"}}`)),
			principal: voiceBase, id: "org-a", lost: "it has several conditions on the external ID",
		},
		"two that exclude each other": {
			document:  policy(assume(named, `{"StringEquals":{"sts:ExternalId":"org-a"},"StringLike":{"sts:ExternalId":"org-b"}}`)),
			principal: voiceBase, id: "org-a", lost: "it has several conditions on the external ID",
		},
		"two vendors, one in the known one's account": {
			document: policy(assume(`{"AWS":"444455556666"}`, ""), assume(`{"AWS":"arn:aws:iam::123456789012:root"}`, orgA)), hint: told,
			principal: "arn:aws:iam::123456789012:root", id: "org-a", beyond: "it also trusts 444455556666",
		},
		"two vendors, one in the known one's account, with an address": {
			document: policy(assume(`{"AWS":"444455556666"}`, ""), assume(`{"AWS":"123456789012"}`, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`)), hint: told,
			principal: "123456789012", beyond: "it also trusts 444455556666", lost: "it has a condition on aws:sourceip",
		},
		"two vendors, with an address": {
			document: policy(assume(`{"AWS":["444455556666","`+voiceBase+`"]}`, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`)),
			beyond:   "it also trusts 444455556666; it also trusts " + voiceBase, lost: "it has a condition on aws:sourceip",
		},
		"two vendors, one with an address": {
			document: policy(assume(`{"AWS":"444455556666"}`, ""), assume(named, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`)),
			beyond:   "it also trusts 444455556666; it also trusts " + voiceBase, lost: "it has a condition on aws:sourceip",
		},
		"two others, with an address": {
			document: policy(assume(`{"AWS":["444455556666","777788889999"]}`, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`)), hint: told,
			beyond: "it also trusts 444455556666; it also trusts 777788889999",
		},
		"three vendors, one with an address": {
			document: policy(assume(`{"AWS":["444455556666","777788889999"]}`, ""), assume(named, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`)),
			beyond:   "it also trusts 444455556666; it also trusts 777788889999; it also trusts " + voiceBase, lost: "it has a condition on aws:sourceip",
		},
		"an administrator with an address beside": {
			document: policy(assume(`{"AWS":"`+ownRoot+`"}`, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`), assume(named, orgA)), principal: voiceBase, id: "org-a",
			beyond: "it also trusts " + ownRoot,
		},
		"two denials, after what goes beyond": {
			document: policy(assume(`{"AWS":"444455556666"}`, ""), assume(named, orgA), `{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`,
				`{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}`), hint: told, principal: voiceBase, id: "org-a",
			beyond: "it also trusts 444455556666", lost: "it denies; it denies",
		},
		"a denial, before two that go beyond": {
			document: policy(`{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}`, assume(`{"Service":"lambda.amazonaws.com"}`, ""), assume(`{"Service":"ec2.amazonaws.com"}`, ""), assume(named, orgA)),
			hint:     told, principal: voiceBase, id: "org-a", lost: "it denies",
			beyond: `it trusts "lambda.amazonaws.com", which voicebase_arn cannot name; it trusts "ec2.amazonaws.com", which voicebase_arn cannot name`,
		},
		"a pattern of IDs, after a denial": {
			document: policy(`{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}`, assume(named, `{"StringLike":{"sts:ExternalId":"org-*"}}`)), hint: told, principal: voiceBase, undecided: true, beyond: "it accepts external IDs that external_id cannot express", lost: "it denies",
		},
		"two external IDs, after a denial": {
			document: policy(`{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}`, assume(named, `{"StringEquals":{"sts:ExternalId":["org-b","org-a"]}}`)), hint: told, principal: voiceBase, id: "org-a",
			beyond: "it makes the role accept 2 external IDs", lost: "it denies",
		},
		"two external IDs, and without": {
			document: policy(assume(named, `{"StringEquals":{"sts:ExternalId":["org-b","org-a"]}}`), assume(named, "")), principal: voiceBase,
			beyond: "it makes the role accept 2 external IDs; it takes calls without an external ID",
		},
		"no statement":        {document: policy()},
		"no JSON":             {document: `{`, fails: "not a JSON policy document"},
		"nothing":             {fails: "not a JSON policy document"},
		"no statement at all": {document: policy(`7`), fails: "not a policy statement: json: cannot unmarshal number into Go value of type iampolicy.foreignStatement: 7"},
		"no principal at all": {document: policy(assume("7", "")), fails: "not a policy statement: json: cannot unmarshal number into Go struct field"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.hint == (iampolicy.TrustHint{}) {
				test.hint = hint
			}
			got, err := iampolicy.UnderstandTrust(test.document, test.hint)
			if failed(t, err, test.fails) {
				return
			}
			if got.Principal.String() != test.principal || string(got.ExternalID) != test.id {
				t.Errorf("principal %q, external ID %q", got.Principal, got.ExternalID)
			}
			if got.Undecided != test.undecided {
				t.Errorf("undecided: %t", got.Undecided)
			}
			remarks(t, "beyond", got.Beyond, test.beyond, test.document)
			remarks(t, "lost", got.Lost, test.lost, test.document)
		})
	}
}

// failed compares an error with what it is to say, "" for none.
func failed(t *testing.T, err error, want string) bool {
	t.Helper()
	if err == nil && want == "" {
		return false
	}
	if err == nil || want == "" || !strings.Contains(err.Error(), want) {
		t.Fatalf("error %v, want %q", err, want)
	}
	return true
}

// remarks compares what all remarks say, each of a statement of the documents.
func remarks(t *testing.T, kind string, got []iampolicy.Remark, want string, documents ...string) {
	t.Helper()
	var why []string
	for _, remark := range got {
		why = append(why, remark.Why)
		if !strings.HasPrefix(remark.Statement, "{") || !strings.Contains(strings.ReplaceAll(strings.Join(documents, ""), "\n  ", ""), remark.Statement) {
			t.Errorf("%s: %s is no statement", kind, remark.Statement)
		}
	}
	if said := strings.Join(why, "; "); said != want {
		t.Errorf("%s:\n got %s\nwant %s", kind, said, want)
	}
}

func grantTo(action, resource string) string {
	return `{"Effect":"Allow","Action":` + action + `,"Resource":` + resource + `}`
}

const documented = `["s3:ListBucket","s3:GetObject*","s3:PutObject*","s3:DeleteObject*"]`

func TestUnderstandDelivery(t *testing.T) {
	t.Parallel()
	const (
		inbox         = "arn:aws:s3:::acme-inbox"
		all           = `"` + bucketARN + `/*"`
		below         = `"` + bucketARN + `/a/*"`
		both          = `["` + bucketARN + `","` + bucketARN + `/*"]`
		objectActions = `["s3:PutObject*","s3:GetObject*","s3:DeleteObject*"]`
		listsToo      = "it allows s3:ListBucket on " + bucketARN
		putsToo       = "; it allows s3:PutObject* on " + bucketARN + "/*"
		putsBelow     = "; it allows s3:PutObject* on " + bucketARN + "/a/*"
	)
	listing := func(condition string) string {
		return `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"` + bucketARN + `","Condition":` + condition + `}`
	}
	owned := func(condition string) string {
		return policy(`{"Effect":"Allow","Action":"s3:PutObject","Resource":` + all + `,"Condition":` + condition + `}`)
	}
	for name, test := range map[string]struct {
		documents     []string
		bucket        string // bucketARN if there is none
		prefixes      string
		access        iampolicy.Access
		account       string
		noBucket, key bool
		beyond, lost  string
		denied, fails string
	}{
		"as on VoiceBase's page":     {documents: []string{policy(grantTo(documented, both))}, access: iampolicy.AccessDocumented},
		"the same in two statements": {documents: []string{policy(grantTo(`"s3:ListBucket"`, `"`+bucketARN+`"`), grantTo(`["s3:PutObject*","s3:GetObject*","s3:DeleteObject*"]`, all))}, access: iampolicy.AccessDocumented},
		"the same in two policies":   {documents: []string{policy(grantTo(`"s3:ListBucket"`, `"`+bucketARN+`"`)), policy(grantTo(`["s3:PutObject*","s3:GetObject*","s3:DeleteObject*"]`, all))}, access: iampolicy.AccessDocumented},
		"write alone":                {documents: []string{policy(grantTo(`"s3:PutObject"`, all))}},
		"in lower case":              {documents: []string{policy(grantTo(`"S3:putobject"`, all))}},
		"a prefix":                   {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/voicebase/*"`))}, prefixes: "voicebase/"},
		"two prefixes":               {documents: []string{policy(grantTo(`["s3:PutObject"]`, `["`+bucketARN+`/b/*","`+bucketARN+`/a/c/*"]`))}, prefixes: "a/c/ b/"},
		"documented below a prefix": {
			documents: []string{policy(`{"Effect":"Allow","Action":"s3:ListBucket","Resource":"`+bucketARN+`","Condition":{"StringLike":{"s3:prefix":["a/*"]}}}`, grantTo(`["s3:PutObject*","s3:GetObject*","s3:DeleteObject*"]`, `"`+bucketARN+`/a/*"`))},
			prefixes:  "a/", access: iampolicy.AccessDocumented,
		},
		"documented below a prefix, lists all": {
			documents: []string{policy(grantTo(documented, `["`+bucketARN+`","`+bucketARN+`/a/*"]`))},
			prefixes:  "a/", access: iampolicy.AccessDocumented, beyond: "it allows s3:ListBucket on " + bucketARN,
		},
		"lists another prefix": {
			documents: []string{policy(`{"Effect":"Allow","Action":"s3:ListBucket","Resource":"`+bucketARN+`","Condition":{"StringLike":{"s3:prefix":["b/*"]}}}`, grantTo(`["s3:PutObject*","s3:GetObject*","s3:DeleteObject*"]`, `"`+bucketARN+`/a/*"`))},
			prefixes:  "a/", beyond: "it allows s3:ListBucket on " + bucketARN + "; it allows s3:PutObject* on " + bucketARN + "/a/*",
		},
		"a start without a slash":       {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/voicebase*"`))}, prefixes: "voicebase/", beyond: `it lets the role write to "` + bucketARN + `/voicebase*", of which key_prefixes can only say "voicebase/"`},
		"all of S3 on the bucket":       {documents: []string{policy(grantTo(`"s3:*"`, both))}, access: iampolicy.AccessDocumented, beyond: "it allows s3:* on " + bucketARN},
		"some of the documented set":    {documents: []string{policy(grantTo(`["s3:PutObject","s3:GetObject"]`, all))}, beyond: "it allows s3:GetObject on " + bucketARN + "/*"},
		"an ACL too":                    {documents: []string{policy(grantTo(`["s3:PutObject","s3:PutObjectAcl"]`, all))}, beyond: "it allows s3:PutObjectAcl on " + bucketARN + "/*"},
		"with a key":                    {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`["kms:GenerateDataKey*","kms:Decrypt"]`, `"`+keyARN+`"`))}, key: true, beyond: "it allows kms:GenerateDataKey* on " + keyARN},
		"with a key in a policy":        {documents: []string{policy(grantTo(`"s3:PutObject"`, all)), policy(grantTo(`["kms:GenerateDataKey","kms:Decrypt"]`, `"`+keyARN+`"`))}, key: true},
		"with any key":                  {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"kms:GenerateDataKey"`, `"*"`))}, beyond: "it allows kms:GenerateDataKey on *"},
		"everything everywhere":         {documents: []string{policy(grantTo(`"*"`, `"*"`))}, noBucket: true, beyond: `it lets the role write to "*", which bucket_arn cannot express`},
		"a pattern of buckets":          {documents: []string{policy(grantTo(`"s3:PutObject"`, `"arn:aws:s3:::acme-*/*"`))}, noBucket: true, beyond: `it lets the role write to "arn:aws:s3:::acme-*/*", which bucket_arn cannot express`},
		"two buckets":                   {documents: []string{policy(grantTo(`"s3:PutObject"`, `["arn:aws:s3:::acme-a/*","arn:aws:s3:::acme-b/*"]`))}, noBucket: true, beyond: "it lets the role write to acme-a, one of 2 buckets; it lets the role write to acme-b, one of 2 buckets"},
		"a pattern in the middle":       {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/a/*/b/*"`))}, noBucket: true, beyond: `it lets the role write to "` + bucketARN + `/a/*/b/*", which key_prefixes cannot express`},
		"a variable":                    {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/${aws:username}/*"`))}, noBucket: true, beyond: `it lets the role write to "` + bucketARN + `/${aws:username}/*", which key_prefixes cannot express`},
		"one object":                    {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/results.json"`))}, noBucket: true, beyond: `it lets the role write to "` + bucketARN + `/results.json", which key_prefixes cannot express`},
		"all but deleting":              {documents: []string{policy(`{"Effect":"Allow","NotAction":"s3:DeleteObject","Resource":` + all + `}`)}, beyond: "it allows all but what it names"},
		"all but writing":               {documents: []string{policy(`{"Effect":"Allow","NotAction":"s3:Put*","Resource":` + all + `}`)}, noBucket: true, beyond: "it allows all but what it names"},
		"everywhere but":                {documents: []string{policy(`{"Effect":"Allow","Action":"s3:PutObject","NotResource":` + all + `}`)}, noBucket: true, beyond: "it lets the role write everywhere but in some places"},
		"reading alone":                 {documents: []string{policy(grantTo(`"s3:GetObject"`, all))}, noBucket: true, beyond: "it allows s3:GetObject on " + bucketARN + "/*"},
		"only with an ACL":              {documents: []string{policy(`{"Effect":"Allow","Action":"s3:PutObject","Resource":` + all + `,"Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}`)}, lost: "it has a condition on s3:x-amz-acl"},
		"with and without":              {documents: []string{policy(`{"Effect":"Allow","Action":"s3:PutObject","Resource":`+all+`,"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`, grantTo(`"s3:PutObject"`, `"`+bucketARN+`/a/*"`))}, prefixes: "a/", beyond: "it allows s3:PutObject on " + bucketARN + "/*"},
		"only by TLS, in the account":   {account: "111122223333", documents: []string{policy(`{"Effect":"Allow","Action":"s3:PutObject","Resource":` + all + `,"Condition":{"Bool":{"aws:SecureTransport":true},"StringEquals":{"aws:ResourceAccount":"111122223333"}}}`)}},
		"in the role's account":         {documents: []string{policy(`{"Effect":"Allow","Action":"s3:PutObject","Resource":` + all + `,"Condition":{"StringEquals":{"s3:ResourceAccount":"${aws:PrincipalAccount}"}}}`)}},
		"two denials, and a read":       {documents: []string{policy(grantTo(`["s3:PutObject","s3:GetObject"]`, all), `{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}`, `{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}`)}, beyond: "it allows s3:GetObject on " + bucketARN + "/*", denied: "it denies; it denies"},
		"two conditions in the way":     {documents: []string{policy(`{"Effect":"Allow","Action":"s3:PutObject","Resource":`+all+`,"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`, `{"Effect":"Allow","Action":"s3:PutObject","Resource":`+below+`,"Condition":{"StringEquals":{"s3:x-amz-acl":"private"}}}`)}, lost: "it has a condition on aws:sourceip; it has a condition on s3:x-amz-acl"},
		"a bucket beside its objects":   {documents: []string{policy(grantTo(`"s3:PutObject"`, `["`+inbox+`","`+inbox+`/*"]`))}, bucket: inbox},
		"a prefix, with two wildcards":  {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/results/**"`))}, prefixes: "results/"},
		"the parts of uploads too":      {documents: []string{policy(grantTo(`["s3:PutObject","s3:ListMultipartUploadParts"]`, all))}, beyond: "it allows s3:ListMultipartUploadParts on " + bucketARN + "/*"},
		"reading, by a pattern":         {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"s3:GetObject"`, `"arn:aws:s3:::acme-*ults"`))}, beyond: "it allows s3:GetObject on arn:aws:s3:::acme-*ults"},
		"a prefix, and a character":     {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/results/?*"`))}, noBucket: true, beyond: `it lets the role write to "` + bucketARN + `/results/?*", which key_prefixes cannot express`},
		"a prefix, written twice":       {documents: []string{policy(grantTo(`"s3:PutObject"`, `["`+bucketARN+`/b/*","`+bucketARN+`/a/*"]`), grantTo(`"s3:PutObject"`, `"`+bucketARN+`/b/*"`))}, prefixes: "a/ b/"},
		"a start that ends in x":        {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/in/box*"`))}, prefixes: "in/box/", beyond: `it lets the role write to "` + bucketARN + `/in/box*", of which key_prefixes can only say "in/box/"`},
		"the account, in small letters": {documents: []string{policy(`{"Effect":"Allow","Action":"s3:PutObject","Resource":` + all + `,"Condition":{"StringEquals":{"s3:ResourceAccount":"${AWS:principalaccount}"}}}`)}},
		"a denial":                      {documents: []string{policy(grantTo(`"s3:PutObject"`, all), `{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}`)}, denied: "it denies"},
		"a key only for a context":      {documents: []string{policy(grantTo(`"s3:PutObject"`, all), `{"Effect":"Allow","Action":"kms:GenerateDataKey","Resource":"`+keyARN+`","Condition":{"StringEquals":{"kms:EncryptionContext:a":"b"}}}`)}, key: true, lost: "it has a condition on kms:encryptioncontext:a"},
		// The following cases each try one detail that the cases above leave open.
		"the documented set is denied": {
			documents: []string{policy(grantTo(`"s3:PutObject"`, all), strings.Replace(grantTo(documented, both), "Allow", "Deny", 1))}, denied: "it denies",
		},
		"the whole bucket, lists a prefix":       {documents: []string{policy(listing(`{"StringLike":{"s3:prefix":"a/*"}}`), grantTo(objectActions, all))}, beyond: listsToo + putsToo},
		"a prefix, lists all but it":             {documents: []string{policy(listing(`{"StringNotLike":{"s3:prefix":"a/*"}}`), grantTo(objectActions, below))}, prefixes: "a/", beyond: listsToo + putsBelow},
		"a prefix, lists for some":               {documents: []string{policy(listing(`{"StringLike":{"aws:userid":"a/*"}}`), grantTo(objectActions, below))}, prefixes: "a/", beyond: listsToo + putsBelow},
		"all but ACLs":                           {documents: []string{policy(`{"Effect":"Allow","NotAction":"s3:*Acl","Resource":` + both + `}`)}, beyond: "it allows all but what it names"},
		"a key and no bucket":                    {documents: []string{policy(grantTo(`"kms:GenerateDataKey"`, `"`+keyARN+`"`))}, noBucket: true, beyond: "it allows kms:GenerateDataKey on " + keyARN},
		"a key that is denied":                   {documents: []string{policy(grantTo(`"s3:PutObject"`, all), strings.Replace(grantTo(`"kms:GenerateDataKey"`, `"`+keyARN+`"`), "Allow", "Deny", 1))}, denied: "it denies"},
		"a key for reading":                      {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"kms:Decrypt"`, `"`+keyARN+`"`))}, beyond: "it allows kms:Decrypt on " + keyARN},
		"a key and any":                          {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"kms:GenerateDataKey"`, `["`+keyARN+`","*"]`))}, key: true, beyond: "it allows kms:GenerateDataKey on *"},
		"two keys":                               {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"kms:GenerateDataKey"`, `["`+keyARN+`","`+keyARN+`0"]`))}, beyond: "it allows kms:GenerateDataKey on " + keyARN},
		"everywhere but, reading":                {documents: []string{policy(grantTo(`"s3:PutObject"`, all), `{"Effect":"Allow","Action":"s3:GetObject","NotResource":`+all+`}`)}, beyond: "it allows all but what it names"},
		"another service's objects":              {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"lambda:InvokeObject"`, `"arn:aws:lambda:us-east-1:111122223333:function:x"`))}, beyond: "it allows lambda:InvokeObject on arn:aws:lambda:us-east-1:111122223333:function:x"},
		"reading, wherever":                      {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"s3:GetObject"`, `"`+bucketARN+`*"`))}, beyond: "it allows s3:GetObject on " + bucketARN + "*"},
		"what no object has, what no bucket has": {documents: []string{policy(grantTo(`["s3:PutObject","s3:ListBucketVersions"]`, all), grantTo(`["s3:DeleteObject*","s3:AbortMultipartUpload"]`, `"`+bucketARN+`"`))}},
		"the bucket's settings for objects":      {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"s3:GetBucketObjectLockConfiguration"`, `"`+bucketARN+`"`))}, beyond: "it allows s3:GetBucketObjectLockConfiguration on " + bucketARN},
		"what may be a setting":                  {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"s3:Get*ObjectLock*"`, `"`+bucketARN+`"`))}, beyond: "it allows s3:Get*ObjectLock* on " + bucketARN},
		"another bucket is denied":               {documents: []string{policy(grantTo(`"s3:PutObject"`, all), strings.Replace(grantTo(`"s3:PutObject"`, `"arn:aws:s3:::acme-b/*"`), "Allow", "Deny", 1))}, denied: "it denies"},
		"a bucket and all":                       {documents: []string{policy(grantTo(`"s3:PutObject"`, `["`+bucketARN+`/*","*"]`))}, beyond: `it lets the role write to "*", which bucket_arn cannot express`},
		"a bucket and its like":                  {documents: []string{policy(grantTo(`"s3:PutObject"`, all), grantTo(`"s3:PutObject"`, `"`+bucketARN+`*"`))}, beyond: `it lets the role write to "` + bucketARN + `*", which bucket_arn cannot express`},
		"a prefix and one object":                {documents: []string{policy(grantTo(`"s3:PutObject"`, `["`+bucketARN+`/a/*","`+bucketARN+`/b.json"]`))}, prefixes: "a/", beyond: `it lets the role write to "` + bucketARN + `/b.json", which key_prefixes cannot express`},
		"a folder, not what is in it":            {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/a/"`))}, noBucket: true, beyond: `it lets the role write to "` + bucketARN + `/a/", which key_prefixes cannot express`},
		"not in an account":                      {documents: []string{owned(`{"StringNotEquals":{"aws:ResourceAccount":"444455556666"}}`)}, lost: "it has a condition on aws:resourceaccount"},
		"in one of two accounts":                 {documents: []string{owned(`{"StringEquals":{"aws:ResourceAccount":["444455556666","111122223333"]}}`)}, beyond: `it lets the role write to buckets of ["444455556666" "111122223333"], which bucket_account_id cannot express`},
		"in one of two accounts, below two prefixes": {
			documents: []string{policy(`{"Effect":"Allow","Action":"s3:PutObject","Resource":["` + bucketARN + `/a/*","` + bucketARN + `/b/*"],"Condition":{"StringEquals":{"aws:ResourceAccount":["444455556666","111122223333"]}}}`)},
			prefixes:  "a/ b/", beyond: `it lets the role write to buckets of ["444455556666" "111122223333"], which bucket_account_id cannot express`,
		},
		"in the role's account or another": {
			documents: []string{owned(`{"StringEquals":{"aws:ResourceAccount":["${aws:PrincipalAccount}","444455556666"]}}`)},
			beyond:    `it lets the role write to buckets of ["${aws:PrincipalAccount}" "444455556666"], which bucket_account_id cannot express`,
		},
		"in accounts by a pattern": {
			documents: []string{owned(`{"StringLike":{"aws:ResourceAccount":"4444*"}}`)},
			beyond:    `it lets the role write to buckets of ["4444*"], which bucket_account_id cannot express`,
		},
		"like an account":                         {account: "444455556666", documents: []string{owned(`{"StringLike":{"aws:ResourceAccount":"444455556666"}}`)}},
		"an account, if any":                      {account: "444455556666", documents: []string{owned(`{"StringEqualsIfExists":{"s3:ResourceAccount":"444455556666"}}`)}},
		"no object at all":                        {documents: []string{policy(grantTo(`"s3:PutObject"`, `"`+bucketARN+`/"`))}, noBucket: true, beyond: `it lets the role write to "` + bucketARN + `/", which key_prefixes cannot express`},
		"no object, and a prefix":                 {documents: []string{policy(grantTo(`"s3:PutObject"`, `["`+bucketARN+`/","`+bucketARN+`/a/*"]`))}, prefixes: "a/", beyond: `it lets the role write to "` + bucketARN + `/", which key_prefixes cannot express`},
		"by an account":                           {documents: []string{owned(`{"StringEquals":{"aws:PrincipalAccount":"444455556666"}}`)}, lost: "it has a condition on aws:principalaccount"},
		"in an account, and in the role's":        {documents: []string{owned(`{"StringEquals":{"aws:ResourceAccount":"444455556666"}}`), policy(grantTo(`"s3:PutObject"`, below))}},
		"in the role's account, and in another's": {documents: []string{policy(grantTo(`"s3:PutObject"`, below)), owned(`{"StringEquals":{"aws:ResourceAccount":"444455556666"}}`)}},
		"nothing": {noBucket: true},
		"no JSON": {documents: []string{`[`}, fails: "not a JSON policy document"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := iampolicy.UnderstandDelivery(test.documents...)
			if failed(t, err, test.fails) {
				return
			}
			want := iampolicy.Grant{}
			if !test.noBucket {
				want = iampolicy.Grant{Bucket: must(t, awsname.ParseBucketARN, cmp.Or(test.bucket, bucketARN)), Access: iampolicy.AccessWrite}
				for _, prefix := range strings.Fields(test.prefixes) {
					want.KeyPrefixes = append(want.KeyPrefixes, awsname.KeyPrefix(prefix))
				}
				if test.access != "" {
					want.Access = test.access
				}
				want.BucketAccount = test.account
				if test.key {
					want.KMSKey = must(t, awsname.ParseKMSKeyARN, keyARN)
				}
			}
			if !reflect.DeepEqual(got.Grant, want) {
				t.Errorf("grant %+v, want %+v", got.Grant, want)
			}
			remarks(t, "beyond", got.Beyond, test.beyond, test.documents...)
			remarks(t, "lost", got.Lost, test.lost, test.documents...)
			remarks(t, "denied", got.Denied, test.denied, test.documents...)
		})
	}
}

// What Delivery and Trust build is understood as what it was built from, with nothing beyond and nothing lost.
func TestUnderstandOwn(t *testing.T) {
	t.Parallel()
	bucket, key := must(t, awsname.ParseBucketARN, bucketARN), must(t, awsname.ParseKMSKeyARN, keyARN)
	for _, access := range iampolicy.Accesses {
		for _, prefixes := range [][]awsname.KeyPrefix{nil, {"voicebase/"}, {"a b/", "c+d/é/"}} {
			for _, kmsKey := range []awsname.ARN{{}, key} {
				want := iampolicy.DeliveryMeaning{Grant: iampolicy.Grant{Bucket: bucket, KeyPrefixes: prefixes, KMSKey: kmsKey, Access: access}}
				got, err := iampolicy.UnderstandDelivery(iampolicy.Delivery(want.Grant).JSON())
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("UnderstandDelivery(Delivery(%+v)) = %+v, %v", want, got, err)
				}
			}
		}
	}
	for _, text := range []string{"111122223333", "arn:aws-cn:iam::111122223333:root", "arn:aws:iam::111122223333:user/a/b"} {
		for _, id := range []awsname.ExternalID{"", "a+b=c"} {
			want := iampolicy.TrustMeaning{Principal: must(t, awsname.ParsePrincipal, text), ExternalID: id}
			got, err := iampolicy.UnderstandTrust(iampolicy.Trust(want.Principal, id).JSON(), iampolicy.TrustHint{})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("UnderstandTrust(Trust(%s, %q)) = %+v, %v", text, id, got, err)
			}
		}
	}
}

func TestTrusts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		document, principal string
		want                bool
	}{
		{policy(assume(`{"AWS":"`+voiceBase+`"}`, "")), voiceBase, true},
		{policy(assume(`{"AWS":"`+ownRoot+`"}`, ""), assume(`{"AWS":["444455556666","`+voiceBase+`"]}`, "")), voiceBase, true},
		{policy(assume(`{"AWS":"123456789012"}`, "")), voiceBase, true},
		{policy(assume(`{"AWS":"`+voiceBase+`"}`, "")), "123456789012", true},
		{policy(assume(`{"AWS":"`+voiceBase+`-other"}`, "")), voiceBase, false},
		{policy(assume(`{"AWS":"444455556666"}`, "")), voiceBase, false},
		{policy(assume(`"*"`, `{"StringEquals":{"sts:ExternalId":"org-a"}}`)), voiceBase, true},
		{policy(assume(`"*"`, `{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`)), voiceBase, false},
		{policy(assume(`"*"`, `{"StringEquals":{"aws:PrincipalArn":"`+voiceBase+`"}}`)), voiceBase, true},
		{policy(assume(`"*"`, `{"StringEquals":{"aws:PrincipalAccount":"444455556666","sts:ExternalId":"org-a"}}`)), voiceBase, false},
		{policy(assume(`{"AWS":"123456789012"}`, `{"ArnEquals":{"aws:PrincipalArn":"`+voiceBase+`-other"}}`)), voiceBase, false},
		{strings.Replace(policy(assume(`{"AWS":"`+voiceBase+`"}`, "")), "Allow", "Deny", 1), voiceBase, false},
		{strings.Replace(policy(assume(`{"AWS":"`+voiceBase+`"}`, "")), "sts:AssumeRole", "sts:TagSession", 1), voiceBase, false},
		{policy(assume(`{"Service":"lambda.amazonaws.com"}`, "")), voiceBase, false},
		{policy(assume(`{"AWS":"AROADBQP57FF2AEXAMPLE"}`, `{"StringEquals":{"sts:ExternalId":"org-a"}}`)), voiceBase, false},
		{"not JSON", voiceBase, false},
	} {
		if got := iampolicy.Trusts(test.document, must(t, awsname.ParsePrincipal, test.principal)); got != test.want {
			t.Errorf("Trusts(%s, %s) = %t", test.document, test.principal, got)
		}
	}
}

// FuzzUnderstandDelivery holds that reading a policy never grants more than it did: each request that Delivery of
// what was read allows is one that the policy allows. Statements are picked from what people write.
func FuzzUnderstandDelivery(f *testing.F) {
	actions := []string{`"s3:PutObject"`, `"s3:*"`, `"s3:Put*"`, documented, `"s3:GetObject*"`, `["s3:PutObject*","s3:DeleteObject*"]`, `"s3:ListBucket"`, `"*"`, `"s3:?utObject"`}
	resources := []string{
		`"*"`, `"` + bucketARN + `"`, `"` + bucketARN + `/*"`, `"` + bucketARN + `/a/*"`, `"` + bucketARN + `/a*"`, `"` + bucketARN + `*"`,
		`["` + bucketARN + `","` + bucketARN + `/*"]`, `"` + bucketARN + `/a/?*"`, `["` + bucketARN + `/a/b/*","` + bucketARN + `/c/*"]`, `"arn:aws:s3:::acme-other/*"`,
	}
	f.Add([]byte{0, 2})
	f.Add([]byte{3, 6, 1, 3})
	f.Add([]byte{0, 4, 4, 5, 6, 1})
	f.Fuzz(func(t *testing.T, picks []byte) {
		var statements []string
		var granted [][2]string
		for i := 0; i+1 < len(picks); i += 2 {
			action, resource := actions[int(picks[i])%len(actions)], resources[int(picks[i+1])%len(resources)]
			statements = append(statements, grantTo(action, resource))
			for _, a := range strings.Split(strings.Trim(action, `[]"`), `","`) {
				for _, r := range strings.Split(strings.Trim(resource, `[]"`), `","`) {
					granted = append(granted, [2]string{a, r})
				}
			}
		}
		got, err := iampolicy.UnderstandDelivery(policy(statements...))
		if err != nil {
			t.Fatal(err)
		}
		if got.Grant.Bucket == (awsname.ARN{}) {
			return
		}
		for _, statement := range iampolicy.Delivery(got.Grant).Statement {
			for _, action := range []string{"s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:DeleteObjectVersion", "s3:ListBucket"} {
				for _, resource := range []string{bucketARN, bucketARN + "/k", bucketARN + "/a/k", bucketARN + "/a/b/k", bucketARN + "/c/k", bucketARN + "/ab"} {
					if !allowed(statement.Action, statement.Resource, action, resource) {
						continue
					}
					before := false
					for _, grant := range granted {
						before = before || matches(grant[0], action) && matches(grant[1], resource)
					}
					if !before {
						t.Errorf("%s is read as %s, which grants %s on %s", policy(statements...), iampolicy.Delivery(got.Grant).JSON(), action, resource)
					}
				}
			}
		}
	})
}

func allowed(actions, resources []string, action, resource string) bool {
	for _, a := range actions {
		for _, r := range resources {
			if matches(a, action) && matches(r, resource) {
				return true
			}
		}
	}
	return false
}

// FuzzUnderstand holds that no document makes the readers panic, and that what they read can be written again.
func FuzzUnderstand(f *testing.F) {
	for _, document := range []string{
		``, `null`, `{"Statement":{}}`, `{"Statement":[{"Principal":"*"}]}`, policy(assume(`{"AWS":["`+voiceBase+`"]}`, `{"StringLike":{"sts:ExternalId":"a"}}`)),
		policy(grantTo(documented, `"`+bucketARN+`/a*"`)), `{"Statement":[{"Effect":"Allow","Action":"s3:","Resource":"/"}]}`, `{"Statement":[{"Condition":{"a":{"b":[true,7,null]}}}]}`,
	} {
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, document string) {
		trust, err := iampolicy.UnderstandTrust(document, iampolicy.TrustHint{})
		if err == nil && trust.Principal != (awsname.TrustedPrincipal{}) {
			again, err := iampolicy.UnderstandTrust(iampolicy.Trust(trust.Principal, trust.ExternalID).JSON(), iampolicy.TrustHint{})
			if err != nil || again.Principal != trust.Principal || again.ExternalID != trust.ExternalID {
				t.Errorf("%s is read as %+v, and that as %+v", document, trust, again)
			}
		}
		delivery, err := iampolicy.UnderstandDelivery(document)
		if err == nil && delivery.Grant.Bucket != (awsname.ARN{}) {
			again, err := iampolicy.UnderstandDelivery(iampolicy.Delivery(delivery.Grant).JSON())
			if err != nil || fmt.Sprint(again) != fmt.Sprint(iampolicy.DeliveryMeaning{Grant: delivery.Grant}) {
				t.Errorf("%s is read as %+v, and that as %+v", document, delivery, again)
			}
		}
		_ = iampolicy.DeadPrincipal(document)
		_ = iampolicy.Trusts(document, awsname.TrustedPrincipal{AccountID: "123456789012", Resource: "root"})
	})
}
