package iampolicy_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// own is a statement that S3 takes, with some elements replaced: "" leaves an element out.
func own(changes ...string) string {
	elements := []string{`"Effect":"Deny"`, `"Principal":"*"`, `"Action":"s3:GetObject"`, `"Resource":"` + resultsARN + `/*"`}
	var statement []string
	for _, element := range elements {
		name, _, _ := strings.Cut(element, ":")
		for i, change := range changes {
			if changed, value, _ := strings.Cut(change, ":"); changed == name {
				element, changes[i] = change, ""
				if value == "" {
					element = ""
				}
			}
		}
		if element != "" {
			statement = append(statement, element)
		}
	}
	for _, change := range changes {
		if change != "" {
			statement = append(statement, change)
		}
	}
	return "{" + strings.Join(statement, ",") + "}"
}

const (
	allow = `"Effect":"Allow"`
	role  = `"Principal":{"AWS":"arn:aws:iam::111122223333:role/readers"}`
)

// TestOwnStatements tries each rule for a statement of the owner's at its edge: want is the whole error, "" for none.
func TestOwnStatements(t *testing.T) {
	t.Parallel()
	const nothing = "its Action %q applies to none of its resources: an action on objects needs a Resource such as arn:aws:s3:::acme-results/*, an action on the bucket needs arn:aws:s3:::acme-results"
	const public = "it allows access to everyone, which the bucket's public access block makes S3 refuse: " +
		`name who is allowed as Principal, or add a condition such as {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}`
	onlyFor := func(condition string) string { return own(allow, `"Condition":`+condition) }
	for statement, want := range map[string]string{
		own(): "",

		own(`"Sid":7`):              `its Sid is not a string`,
		own(`"sid":"a"`):            `"sid" must be written "Sid": element names are case-sensitive`,
		own(`"Effects":"Deny"`):     `"Effects" is not a valid element here: must be one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition`,
		own(`"Effect":`):            `its Effect is ""; must be "Allow" or "Deny"`,
		own(`"Effect":"allow"`):     `its Effect is "allow"; must be "Allow" or "Deny"`,
		own(`"Effect":["Allow"]`):   `its Effect is not a string`,
		own(allow, role):            "",
		own(`"NotAction":"s3:Get"`): `it has both Action and NotAction; expected one of them`,

		own(`"Principal":`): `it has no Principal, which S3 requires in each statement of a bucket policy`,
		own(`"Principal":`, `"NotPrincipal":{"AWS":"111122223333"}`):        "",
		own(allow, `"Principal":`, `"NotPrincipal":{"AWS":"111122223333"}`): `it has NotPrincipal with Effect Allow, which allows everyone else: use Principal`,
		own(`"Principal":`, `"NotPrincipal":"me"`):                          `its NotPrincipal is "me"; must be "*" or an object such as {"AWS": "arn:aws:iam::111122223333:root"}`,
		own(`"Principal":"everyone"`):                                       `its Principal is "everyone"; must be "*" or an object such as {"AWS": "arn:aws:iam::111122223333:root"}`,
		own(`"Principal":7`):                                                `its Principal is neither "*" nor an object with principals`,
		own(`"Principal":{}`):                                               `its Principal is neither "*" nor an object with principals`,
		own(`"Principal":{"aws":"*"}`):                                      `its Principal: "aws" must be written "AWS": element names are case-sensitive`,
		own(`"Principal":{"User":"*"}`):                                     `its Principal: "User" is not a valid element here: must be one of AWS, Service, Federated, CanonicalUser`,
		own(`"Principal":{"AWS":7}`):                                        `its Principal: its AWS is neither a string nor a list of strings`,
		own(`"Principal":{"AWS":[]}`):                                       `its Principal: its AWS is empty`,
		own(`"Principal":{"AWS":["*","me"]}`):                               `its Principal "me" is not an AWS principal: must be an ARN, a 12-digit account ID or "*"`,
		own(`"Principal":{"AWS":"me"}`):                                     `its Principal "me" is not an AWS principal: must be an ARN, a 12-digit account ID or "*"`,
		own(`"Principal":{"AWS":["AIDAJQABLZS4A3QDU576Q","111122223333","arn:aws:iam::111122223333:root"]}`):    "",
		own(`"Principal":{"Service":"logging.s3.amazonaws.com"}`):                                               "",
		own(`"Principal":{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}`): "",

		own(`"Action":`): `it has no Action, which S3 requires in each statement of a bucket policy`,
		own(`"Action":`, `"NotAction":"s3:GetObject"`):     "",
		own(`"Action":`, `"NotAction":"iam:GetRole"`):      `its NotAction "iam:GetRole" is not an action of S3; a bucket policy takes actions such as s3:GetObject`,
		own(`"Action":"*"`):                                "",
		own(`"Action":"S3:GetObject"`):                     "",
		own(`"Action":["s3:GetObject","sqs:SendMessage"]`): `its Action "sqs:SendMessage" is not an action of S3; a bucket policy takes actions such as s3:GetObject`,
		own(`"Action":"GetObject"`):                        `its Action "GetObject" is not an action of S3; a bucket policy takes actions such as s3:GetObject`,
		own(`"Action":"s3"`):                               `its Action "s3" is not an action of S3; a bucket policy takes actions such as s3:GetObject`,
		own(`"Action":"s3:"`):                              `its Action "s3:" is not an action of S3; a bucket policy takes actions such as s3:GetObject`,
		own(`"Action":[]`):                                 `its Action is empty`,
		own(`"Action":{"s3":"GetObject"}`):                 `its Action is neither a string nor a list of strings`,

		own(`"Resource":`): `it has no Resource, which S3 requires in each statement of a bucket policy`,
		own(`"Resource":`, `"NotResource":"`+resultsARN+`/a/*"`): "",
		own(`"Resource":[]`):                                                                 `its Resource is empty`,
		own(`"Resource":"*"`):                                                                "",
		own(`"Resource":"acme-voicebase-results/*"`):                                         `its Resource "acme-voicebase-results/*" is not the ARN of a bucket or of objects, such as arn:aws:s3:::acme-results/*`,
		own(`"Resource":"nra:aws:s3:::acme-voicebase-results/*"`):                            `its Resource "nra:aws:s3:::acme-voicebase-results/*" is not the ARN of a bucket or of objects, such as arn:aws:s3:::acme-results/*`,
		own(`"Resource":"arn:aws:sqs:::acme-voicebase-results/*"`):                           `its Resource "arn:aws:sqs:::acme-voicebase-results/*" is not the ARN of a bucket or of objects, such as arn:aws:s3:::acme-results/*`,
		own(`"Resource":"arn:aws:s3:us-east-1::acme-voicebase-results/*"`):                   `its Resource "arn:aws:s3:us-east-1::acme-voicebase-results/*" is not the ARN of a bucket or of objects, such as arn:aws:s3:::acme-results/*`,
		own(`"Resource":"arn:aws:s3::111122223333:x/*"`):                                     `its Resource "arn:aws:s3::111122223333:x/*" is not the ARN of a bucket or of objects, such as arn:aws:s3:::acme-results/*`,
		own(`"Resource":"arn:aws:s3:::acme-other/*"`):                                        `its Resource "arn:aws:s3:::acme-other/*" is not in this bucket; a bucket policy takes arn:aws:s3:::acme-voicebase-results and arn:aws:s3:::acme-voicebase-results/*`,
		own(`"Resource":["` + resultsARN + `/a/*","arn:aws:s3:::acme-other/*"]`):             `its Resource "arn:aws:s3:::acme-other/*" is not in this bucket; a bucket policy takes arn:aws:s3:::acme-voicebase-results and arn:aws:s3:::acme-voicebase-results/*`,
		own(`"Resource":"arn:aws-cn:s3:::acme-voicebase-results/*"`):                         `its Resource "arn:aws-cn:s3:::acme-voicebase-results/*" is not in this bucket; a bucket policy takes arn:aws:s3:::acme-voicebase-results and arn:aws:s3:::acme-voicebase-results/*`,
		own(`"Resource":"` + resultsARN + `-other/*"`):                                       `its Resource "arn:aws:s3:::acme-voicebase-results-other/*" is not in this bucket; a bucket policy takes arn:aws:s3:::acme-voicebase-results and arn:aws:s3:::acme-voicebase-results/*`,
		own(`"Resource":"arn:aws:s3:::acme-*/*"`):                                            "",
		own(`"Resource":"` + resultsARN + `"`):                                               strings.Replace(nothing, "%q", `"s3:GetObject"`, 1),
		own(`"Resource":["` + resultsARN + `","` + resultsARN + `/*"]`):                      "",
		own(`"Resource":"` + resultsARN + `*"`):                                              "",
		own(`"Resource":"` + resultsARN + `/a.json"`):                                        "",
		own(`"Resource":"arn:aws:s3"`):                                                       `its Resource "arn:aws:s3" is not the ARN of a bucket or of objects, such as arn:aws:s3:::acme-results/*`,
		own(`"Action":"s3:GetObject*"`, `"Resource":"`+resultsARN+`"`):                       "",
		own(`"Action":"s3:GetLifecycleConfiguration"`, `"Resource":"`+resultsARN+`"`):        "",
		own(`"Resource":"arn:aws:s3:::*results"`):                                            strings.Replace(nothing, "%q", `"s3:GetObject"`, 1),
		own(`"Action":"s3:ListBucket"`):                                                      strings.Replace(nothing, "%q", `"s3:ListBucket"`, 1),
		own(`"Action":"s3:ListBucket"`, `"Resource":"`+resultsARN+`"`):                       "",
		own(`"Action":["s3:GetObject","S3:ListBucket"]`):                                     strings.Replace(nothing, "%q", `"S3:ListBucket"`, 1),
		own(`"Action":"s3:AbortMultipartUpload"`, `"Resource":"`+resultsARN+`"`):             strings.Replace(nothing, "%q", `"s3:AbortMultipartUpload"`, 1),
		own(`"Action":"s3:ListMultipartUploadParts"`, `"Resource":"`+resultsARN+`"`):         strings.Replace(nothing, "%q", `"s3:ListMultipartUploadParts"`, 1),
		own(`"Action":"s3:ListBucket*"`):                                                     "",
		own(`"Action":"s3:GetBucketObjectLockConfiguration"`, `"Resource":"`+resultsARN+`"`): "",
		own(`"Action":"s3:GetLifecycleConfiguration"`):                                       "",

		own(`"Condition":7`): `its Condition is not an object of the form {operator: {key: value}}`,
		own(`"Condition":{"StringSame":{"aws:PrincipalTag/a":"b"}}`):                         `its Condition has the operator "StringSame", which doesn't exist`,
		own(`"Condition":{"Bool":{"aws:SecureTransport":false},"Equal":{"aws:userid":"a"}}`): `its Condition has the operator "Equal", which doesn't exist`,
		own(`"Condition":{"stringequals":{"aws:userid":"a"}}`):                               "",
		own(`"Condition":{"ForAllValues:StringLikeIfExists":{"aws:TagKeys":["a"]}}`):         "",
		own(`"Condition":{"ForAnyValue:StringLike":{"aws:TagKeys":["a"]}}`):                  "",

		own(allow): public,
		own(allow, `"Principal":{"AWS":["111122223333","*"]}`):                       public,
		own(allow, `"Principal":{"Service":"logging.s3.amazonaws.com"}`):             "",
		onlyFor(`{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`):                     "",
		onlyFor(`{"StringEquals":{"AWS:PrincipalAccount":["111122223333"]}}`):        "",
		onlyFor(`{"StringEquals":{"aws:PrincipalTag/team":"a"}}`):                    public,
		onlyFor(`{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}`):                  public,
		onlyFor(`{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}`):             public,
		onlyFor(`{"Null":{"aws:PrincipalOrgID":"false"}}`):                           public,
		onlyFor(`{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:*"}}`): public,
		onlyFor(`{"StringLike":{"aws:PrincipalAccount":"11112222333?"}}`):            public,
		onlyFor(`{"StringEquals":{"aws:userid":["a","${aws:PrincipalTag/a}"]}}`):     public,
		onlyFor(`{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`):                       "",
		onlyFor(`{"IpAddress":{"aws:SourceIp":"10.0.0.0/7"}}`):                       public,
		onlyFor(`{"IpAddress":{"aws:SourceIp":["52.6.244.43","0.0.0.0/0"]}}`):        public,
		onlyFor(`{"IpAddress":{"aws:SourceIp":"52.6.244.43"}}`):                      "",
		onlyFor(`{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}`):                    "",
		onlyFor(`{"IpAddress":{"aws:SourceIp":"2001:db8::/31"}}`):                    public,
	} {
		checkOwn(t, policy(own(), statement), want, "statement 2 of the policy: ")
	}
}

// checkOwn merges the owner's policy with the guards, and compares the error.
func checkOwn(t *testing.T, document, want, place string) {
	t.Helper()
	merged, err := iampolicy.BucketPolicy(iampolicy.BucketGuards{BucketARN: resultsARN}, document)
	if want != "" {
		want = place + want
	}
	got := ""
	if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Errorf("%s:\n got %s\nwant %s", document, got, want)
	}
	if err != nil && merged != "" {
		t.Errorf("%s: an error, and the policy %s", document, merged)
	}
	// What is only wrong in this bucket is not seen before the bucket is known.
	alone := iampolicy.CheckBucketPolicy(document)
	if foreign := strings.Contains(want, "is not in this bucket"); (alone == nil) != (want == "" || foreign) {
		t.Errorf("%s: without a bucket: %v", document, alone)
	}
}

func TestOwnPolicies(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		policy(own(`"Sid":"a"`), own(`"Sid":"b"`)):                                        "",
		policy(own(), own()):                                                              "",
		policy(own(`"Sid":"a"`), own(`"Sid":"a"`)):                                        `statement 2 of the policy: its Sid "a" is that of statement 1 too; each Sid must be unique in a policy`,
		policy(`null`):                                                                    `statement 1 of the policy: it is not a JSON object`,
		`{"version":"2012-10-17","Statement":` + own() + `}`:                              `the policy: "version" must be written "Version": element names are case-sensitive`,
		`{"Version":"2012-10-17","Name":"a","Statement":` + own() + `}`:                   `the policy: "Name" is not a valid element here: must be one of Version, Id, Statement`,
		`{"Version":"2012-10-17","Id":"a","Statement":` + own() + `}`:                     "",
		`{"Version":"2012-10-17","Statement":` + own(`"Resource":"arn:aws:s3:::x"`) + `}`: `statement 1 of the policy: its Action "s3:GetObject" applies to none of its resources: an action on objects needs a Resource such as arn:aws:s3:::acme-results/*, an action on the bucket needs arn:aws:s3:::acme-results`,
	} {
		checkOwn(t, document, want, "")
	}
}

// TestAdoptBucketPolicy takes a bucket's policy apart, so that the arguments that come of it give the same again.
func TestAdoptBucketPolicy(t *testing.T) {
	t.Parallel()
	guard := func(sid, condition string) string {
		return `{"Sid":"` + sid + `","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":` + condition + `}`
	}
	age := func(milliseconds string) string {
		return guard(iampolicy.SidPresignedAge, `{"NumericGreaterThan":{"s3:signatureAge":`+milliseconds+`}}`)
	}
	old := func(statement string) string { return `{"Version":"2008-10-17","Statement":` + statement + `}` }
	modern := `{"Statement":[{"Action":"s3:GetObject","Effect":"Deny","Principal":"*","Resource":"` + resultsARN + `/*"}],"Version":"2012-10-17"}`
	variable := own(`"Resource":"` + resultsARN + `/${aws:username}/*"`)
	for name, test := range map[string]struct{ document, age, sources, own, fails string }{
		"an old version becomes today's":  {document: old(own()), own: modern},
		"but not with variables":          {document: old(variable), fails: `the policy's Version is "2008-10-17"; must be "2012-10-17"`},
		"today's version, with variables": {document: policy(own(`"Resource":"` + resultsARN + `/${aws:username}/*"`)), own: strings.Replace(modern, "/*", "/${aws:username}/*", 1)},
		"a long number":                   {document: policy(own(`"Condition":{"NumericLessThan":{"s3:signatureAge":12345678901234567890}}`)), own: strings.Replace(modern, `"Effect"`, `"Condition":{"NumericLessThan":{"s3:signatureAge":12345678901234567890}},"Effect"`, 1)},
		"an age":                          {document: policy(age(`"600000"`), own()), age: "10m0s", own: modern},
		"an age as a number":              {document: policy(age(`3600000`)), age: "1h0m0s"},
		"an age that no argument can say": {document: policy(age(`"691200000"`)), age: "0s"},
		"an age in other digits":          {document: policy(age(`"0x927c0"`)), age: "0s"},
		"an age beside what is none":      {document: policy(guard(iampolicy.SidPresignedAge, `{"NumericGreaterThan":{"s3:signatureAge":"600000"},"StringEquals":7}`)), age: "10m0s"},
		"two ages":                        {document: policy(age(`["600000","60000"]`)), age: "0s"},
		"an age that is no number":        {document: policy(age(`"ten"`)), age: "0s"},
		"addresses":                       {document: policy(guard(iampolicy.SidPresignedSource, `{"NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","52.6.244.43","2001:db8::/32"]}}`)), sources: "10.0.0.0/8 2001:db8::/32"},
		"a guard that is something else":  {document: policy(guard(iampolicy.SidPresignedAge, `7`), own()), own: modern},
		"what is not to be merged":        {document: policy(own(`"Action":"iam:GetRole"`)), fails: `its Action "iam:GetRole" is not an action of S3`},
		"statements that are none":        {document: `{"Version":"2012-10-17","Statement":[7]}`, fails: "it is not a JSON object"},
		"no JSON":                         {document: `{`, fails: "the bucket's policy is not a JSON policy document"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			guards, rest, err := iampolicy.AdoptBucketPolicy(resultsARN, test.document)
			if failed(t, err, test.fails) {
				return
			}
			if test.age == "" {
				test.age = "0s"
			}
			if guards.BucketARN != resultsARN || guards.PresignedMaxAge.String() != test.age || strings.Join(guards.PresignedSources, " ") != test.sources || rest != test.own {
				t.Errorf("got %+v and %s, want %s, %q and %s", guards, rest, test.age, test.sources, test.own)
			}
		})
	}
}
