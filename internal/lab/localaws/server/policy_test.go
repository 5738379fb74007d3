package server_test

import (
	"crypto/tls"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

const denyHTTP = `{"Sid":"Http","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["BUCKET","BUCKET/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}`

// bucketPolicy is a policy of statements in which BUCKET is the bucket's ARN.
func bucketPolicy(bucket string, statements ...string) string {
	all := strings.ReplaceAll(strings.Join(statements, ","), "BUCKET", "arn:aws:s3:::"+bucket)
	return `{"Version":"2012-10-17","Statement":[` + all + `]}`
}

func TestPutBucketPolicy(t *testing.T) {
	bucket := newBucket(t)
	_, role := newRole(t, "")
	statement := func(edit func(map[string]string)) string {
		parts := map[string]string{"Effect": `"Deny"`, "Principal": `"*"`, "Action": `"s3:GetObject"`, "Resource": `"BUCKET/*"`}
		edit(parts)
		var fields []string
		for name, value := range parts {
			fields = append(fields, fmt.Sprintf("%q:%s", name, value))
		}
		return bucketPolicy(bucket, "{"+strings.Join(fields, ",")+"}")
	}
	with := func(name, value string) string { return statement(func(p map[string]string) { p[name] = value }) }
	without := func(name string) string { return statement(func(p map[string]string) { delete(p, name) }) }
	for name, test := range map[string]struct{ policy, want string }{
		"good":                            {with("Sid", `"One"`), "ok"},
		"role as principal":               {with("Principal", `{"AWS":"`+role+`"}`), "ok"},
		"account ID as principal":         {with("Principal", `{"AWS":"111122223333"}`), "ok"},
		"service as principal":            {with("Principal", `{"Service":"logging.s3.amazonaws.com"}`), "ok"},
		"all of S3":                       {with("Action", `"s3:*"`), "ok"},
		"wildcard in the action":          {with("Action", `"s3:Get*"`), "ok"},
		"TLS version":                     {with("Condition", `{"NumericLessThan":{"s3:TlsVersion":"1.2"}}`), "ok"},
		"signature's age":                 {with("Condition", `{"NumericGreaterThan":{"s3:signatureAge":600000}}`), "ok"},
		"no JSON":                         {`{"Version":`, "400 MalformedPolicy"},
		"no object":                       {`[]`, "400 MalformedPolicy"},
		"no statement":                    {`{"Version":"2012-10-17"}`, "400 MalformedPolicy"},
		"empty statement":                 {`{"Version":"2012-10-17","Statement":[]}`, "400 MalformedPolicy"},
		"unknown version":                 {strings.Replace(with("Sid", `"a"`), "2012", "2013", 1), "400 MalformedPolicy"},
		"unknown field":                   {with("Conditions", `{}`), "400 MalformedPolicy"},
		"no effect":                       {without("Effect"), "400 MalformedPolicy"},
		"no principal":                    {without("Principal"), "400 MalformedPolicy"},
		"no action":                       {without("Action"), "400 MalformedPolicy"},
		"no resource":                     {without("Resource"), "400 MalformedPolicy"},
		"unknown action":                  {with("Action", `"s3:Frobnicate"`), "400 MalformedPolicy"},
		"another service's action":        {with("Action", `"iam:GetRole"`), "400 MalformedPolicy"},
		"action on the wrong resource":    {with("Resource", `"BUCKET"`), "400 MalformedPolicy"},
		"another bucket":                  {with("Resource", `"arn:aws:s3:::other/*"`), "400 MalformedPolicy"},
		"a bucket that begins the same":   {with("Resource", `"BUCKET-2/*"`), "400 MalformedPolicy"},
		"missing role":                    {with("Principal", `{"AWS":"`+customerARN+`:role/none"}`), "400 MalformedPolicy"},
		"missing user":                    {with("Principal", `{"AWS":"`+customerARN+`:user/none"}`), "400 MalformedPolicy"},
		"stranger of VoiceBase":           {with("Principal", `{"AWS":"arn:aws:iam::111122223333:user/other"}`), "400 MalformedPolicy"},
		"name as principal":               {with("Principal", `{"AWS":"someone"}`), "400 MalformedPolicy"},
		"unknown kind of principal":       {with("Principal", `{"GCP":"x"}`), "400 MalformedPolicy"},
		"unknown condition key":           {with("Condition", `{"StringEquals":{"s3:Moon":"full"}}`), "400 MalformedPolicy"},
		"unknown operator":                {with("Condition", `{"StringIs":{"s3:prefix":"x"}}`), "400 MalformedPolicy"},
		"allow with NotPrincipal":         {bucketPolicy(bucket, `{"Effect":"Allow","NotPrincipal":{"AWS":"000000000000"},"Action":"s3:GetObject","Resource":"BUCKET/*"}`), "400 MalformedPolicy"},
		"one Sid twice":                   {bucketPolicy(bucket, denyHTTP, denyHTTP), "400 MalformedPolicy"},
		"more than 20 KB":                 {with("Resource", `["BUCKET/*","BUCKET/`+strings.Repeat("x", 20480)+`"]`), "400 MalformedPolicy"},
		"public":                          {bucketPolicy(bucket, `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*"}`), "403 AccessDenied"},
		"public, as a map":                {bucketPolicy(bucket, `{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":"s3:GetObject","Resource":"BUCKET/*"}`), "403 AccessDenied"},
		"public but for a weak condition": {bucketPolicy(bucket, `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`), "403 AccessDenied"},
		"limited to addresses":            {bucketPolicy(bucket, `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}`), "ok"},
	} {
		t.Run(name, func(t *testing.T) { expect(t, putPolicy(t, bucket, test.policy), test.want) })
	}
}

func TestPublicPolicyNeedsTheBlockOff(t *testing.T) {
	bucket, c := newBucket(t), s3For(t, customer(), "us-east-1")
	public := bucketPolicy(bucket, `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*"}`)
	must(t, second(c.DeletePublicAccessBlock(t.Context(), &s3.DeletePublicAccessBlockInput{Bucket: &bucket})))
	must(t, putPolicy(t, bucket, public))
	status, err := c.GetBucketPolicyStatus(t.Context(), &s3.GetBucketPolicyStatusInput{Bucket: &bucket})
	must(t, err)
	if !aws.ToBool(status.PolicyStatus.IsPublic) {
		t.Error("the policy is not called public")
	}
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, denyHTTP)))
	status, err = c.GetBucketPolicyStatus(t.Context(), &s3.GetBucketPolicyStatusInput{Bucket: &bucket})
	must(t, err)
	if aws.ToBool(status.PolicyStatus.IsPublic) {
		t.Error("a Deny is called public")
	}
}

func TestBucketPolicyIsShownAsAWSDoes(t *testing.T) {
	bucket, c := newBucket(t), s3For(t, customer(), "us-east-1")
	for given, want := range map[string]string{
		`"111122223333"`:                   `arn:aws:iam::111122223333:root`,
		`["111122223333","*"]`:             `arn:aws:iam::111122223333:root`,
		`"arn:aws:iam::111122223333:root"`: `arn:aws:iam::111122223333:root`,
	} {
		must(t, putPolicy(t, bucket, bucketPolicy(bucket, `{"Effect":"Deny","Principal":{"AWS":`+given+`},"Action":"s3:GetObject","Resource":"BUCKET/*"}`)))
		out, err := c.GetBucketPolicy(t.Context(), &s3.GetBucketPolicyInput{Bucket: &bucket})
		must(t, err)
		if !strings.Contains(*out.Policy, want) {
			t.Errorf("%s is shown in %s", given, *out.Policy)
		}
	}
}

// everything is an identity policy that allows all of S3.
const everything = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`

func TestBucketPolicyDenies(t *testing.T) {
	user := newUser(t, everything)
	session := newSession(t, everything)
	for name, test := range map[string]struct {
		who       who
		statement string
		options   []func(*s3.Options)
		want      string
	}{
		"http for a role":        {session, denyHTTP, []func(*s3.Options){plainHTTP}, "403 AccessDenied"},
		"http for a user":        {user, denyHTTP, []func(*s3.Options){plainHTTP}, "403 AccessDenied"},
		"http for the root":      {customer(), denyHTTP, []func(*s3.Options){plainHTTP}, "403 AccessDenied"},
		"https":                  {session, denyHTTP, nil, "ok"},
		"TLS 1.1":                {session, denyIf(`"NumericLessThan":{"s3:TlsVersion":"1.2"}`), []func(*s3.Options){speaking(t, tls.VersionTLS11)}, "403 AccessDenied"},
		"TLS 1.2":                {session, denyIf(`"NumericLessThan":{"s3:TlsVersion":"1.2"}`), []func(*s3.Options){speaking(t, tls.VersionTLS12)}, "ok"},
		"TLS 1.2 under 1.3":      {session, denyIf(`"NumericLessThan":{"s3:TlsVersion":"1.3"}`), []func(*s3.Options){speaking(t, tls.VersionTLS12)}, "403 AccessDenied"},
		"another address":        {session, denyIf(`"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}`), nil, "403 AccessDenied"},
		"this address":           {session, denyIf(`"NotIpAddress":{"aws:SourceIp":"127.0.0.0/8"}`), nil, "ok"},
		"headers":                {session, denyIf(`"StringEquals":{"s3:authType":"REST-HEADER"}`), nil, "403 AccessDenied"},
		"all but pre-signed":     {session, denyIf(`"StringNotEquals":{"s3:authType":"REST-HEADER"}`), nil, "ok"},
		"old signatures":         {session, denyIf(`"NumericGreaterThan":{"s3:signatureAge":600000}`), nil, "ok"},
		"everyone but the user":  {session, denyIf(`"ArnNotEquals":{"aws:PrincipalArn":"` + customerARN + `:user/x"}`), nil, "403 AccessDenied"},
		"another key":            {session, strings.Replace(denyIf(`"Bool":{"aws:SecureTransport":"true"}`), "BUCKET/*", "BUCKET/other/*", 1), nil, "ok"},
		"VoiceBase's account":    {session, strings.Replace(denyIf(`"Bool":{"aws:SecureTransport":"true"}`), `"*"`, `{"AWS":"111122223333"}`, 1), nil, "ok"},
		"the customer's account": {session, strings.Replace(denyIf(`"Bool":{"aws:SecureTransport":"true"}`), `"*"`, `{"AWS":"000000000000"}`, 1), nil, "403 AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			bucket := newBucket(t)
			must(t, putPolicy(t, bucket, bucketPolicy(bucket, test.statement)))
			expect(t, putObject(t.Context(), s3For(t, test.who, "us-east-1", test.options...), bucket, "key"), test.want)
		})
	}
}

func denyIf(condition string) string {
	return `{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"BUCKET/*","Condition":{` + condition + `}}`
}

func speaking(t *testing.T, version uint16) func(*s3.Options) {
	t.Helper()
	return func(o *s3.Options) { o.HTTPClient = httpClient(t, version) }
}

// newUser is a user of the customer with a policy.
func newUser(t *testing.T, policy string) who {
	t.Helper()
	name, c := unique("user"), iamFor(t, customer())
	must(t, second(c.CreateUser(t.Context(), &iam.CreateUserInput{UserName: &name})))
	if policy != "" {
		must(t, second(c.PutUserPolicy(t.Context(), &iam.PutUserPolicyInput{UserName: &name, PolicyName: aws.String("p"), PolicyDocument: &policy})))
	}
	key, err := c.CreateAccessKey(t.Context(), &iam.CreateAccessKeyInput{UserName: &name})
	must(t, err)
	return who{*key.AccessKey.AccessKeyId, *key.AccessKey.SecretAccessKey, ""}
}

func TestBucketPolicyAllows(t *testing.T) {
	bucket := newBucket(t)
	_, role := newRole(t, "")
	session, err := assume(t.Context(), stsFor(t, voicebase()), role, rightID)
	must(t, err)
	c := s3For(t, session, "us-east-1")
	expect(t, putObject(t.Context(), c, bucket, "in/a"), "403 AccessDenied")
	allow := `{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":["s3:PutObject","s3:ListBucket"],"Resource":["BUCKET","BUCKET/in/*"],"Condition":{"StringLikeIfExists":{"s3:prefix":"in/*"}}}`
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, fmt.Sprintf(allow, customerARN+":root"))))
	expect(t, putObject(t.Context(), c, bucket, "in/a"), "403 AccessDenied") // which only delegates to the account
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, fmt.Sprintf(allow, role))))
	expect(t, putObject(t.Context(), c, bucket, "in/a"), "ok")
	expect(t, putObject(t.Context(), c, bucket, "out/a"), "403 AccessDenied")
	list := func(prefix string) error {
		return second(c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: &bucket, Prefix: &prefix}))
	}
	expect(t, list("in/"), "ok")
	expect(t, list("out/"), "403 AccessDenied")
	expect(t, putObject(t.Context(), s3For(t, newSession(t, ""), "us-east-1"), bucket, "in/b"), "403 AccessDenied")
}

func TestRootIsNeverLockedOutOfThePolicy(t *testing.T) {
	bucket, c := newBucket(t), s3For(t, customer(), "us-east-1")
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["BUCKET","BUCKET/*"]}`)))
	expect(t, putObject(t.Context(), c, bucket, "k"), "403 AccessDenied")
	expect(t, second(c.GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: &bucket})), "403 AccessDenied")
	expect(t, second(c.GetBucketPolicy(t.Context(), &s3.GetBucketPolicyInput{Bucket: &bucket})), "ok")
	admin := s3For(t, newUser(t, everything), "us-east-1")
	expect(t, second(admin.DeleteBucketPolicy(t.Context(), &s3.DeleteBucketPolicyInput{Bucket: &bucket})), "403 AccessDenied")
	expect(t, second(c.DeleteBucketPolicy(t.Context(), &s3.DeleteBucketPolicyInput{Bucket: &bucket})), "ok")
	expect(t, putObject(t.Context(), c, bucket, "k"), "ok")
}

func TestACLs(t *testing.T) {
	bucket := newBucket(t)
	writer, withACL := newSession(t, policyOf("Allow", "s3:PutObject", "*")), newSession(t, policyOf("Allow", "s3:PutObject*", "*"))
	put := func(w who, acl types.ObjectCannedACL) error {
		return second(s3For(t, w, "us-east-1").PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), ACL: acl, Body: strings.NewReader("x")}))
	}
	expect(t, put(writer, ""), "ok")
	expect(t, put(writer, types.ObjectCannedACLBucketOwnerFullControl), "403 AccessDenied")
	expect(t, put(withACL, types.ObjectCannedACLBucketOwnerFullControl), "ok")
	expect(t, put(withACL, types.ObjectCannedACLPublicRead), "403 AccessDenied")
	expect(t, put(withACL, types.ObjectCannedACLAwsExecRead), "400 AccessControlListNotSupported")
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, denyIf(`"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}`))))
	expect(t, put(withACL, types.ObjectCannedACLBucketOwnerFullControl), "403 AccessDenied")
	expect(t, put(withACL, ""), "ok")
}
