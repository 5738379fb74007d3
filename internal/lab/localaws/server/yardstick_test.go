package server_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// TestIdentityDenyIsFinal lets a bucket's policy grant what the identity's own
// policy denies, by each way to name it.
func TestIdentityDenyIsFinal(t *testing.T) {
	const denying = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}]}`
	user := newUser(t, denying)
	userARN := callerARN(t.Context(), t, user)
	_, roleARN := newRole(t, denying)
	session, err := assume(t.Context(), stsFor(t, voicebase()), roleARN, rightID)
	must(t, err)
	for name, test := range map[string]struct {
		who       who
		principal string
	}{
		"the user":           {user, userARN},
		"the user's account": {user, identity.CustomerRootARN},
		"the role":           {session, roleARN},
		"the session":        {session, callerARN(t.Context(), t, session)},
	} {
		t.Run(name, func(t *testing.T) {
			bucket := newBucket(t)
			must(t, putPolicy(t, bucket, bucketPolicy(bucket, `{"Effect":"Allow","Principal":{"AWS":"`+test.principal+`"},"Action":["s3:PutObject","s3:GetObject"],"Resource":"BUCKET/*"}`)))
			err := putObject(t.Context(), s3For(t, test.who, "us-east-1"), bucket, "k")
			expect(t, err, "403 AccessDenied")
			if err != nil && !strings.Contains(err.Error(), "explicit deny in an identity-based policy") {
				t.Errorf("denied for another reason: %v", err)
			}
		})
	}
}

// TestSessionNeedsPermissionToAssume trusts an account, which leaves it to the
// account who may.
func TestSessionNeedsPermissionToAssume(t *testing.T) {
	ctx := t.Context()
	for name, test := range map[string]struct{ policy, want string }{
		"without any policy": {"", "403 AccessDenied"},
		"for S3 only":        {everything, "403 AccessDenied"},
		"for another role":   {policyOf("Allow", "sts:AssumeRole", customerARN+":role/other"), "403 AccessDenied"},
		"denied":             {`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"sts:*","Resource":"*"}]}`, "403 AccessDenied"},
		"allowed":            {policyOf("Allow", "sts:AssumeRole", "*"), "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			target, targetARN := newRole(t, "")
			must(t, second(iamFor(t, customer()).UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &target, PolicyDocument: aws.String(trusting(identity.CustomerRootARN))})))
			_, err := assume(ctx, stsFor(t, newSession(t, test.policy)), targetARN, rightID)
			expect(t, err, test.want)
		})
	}
}

// TestSessionsEndWhenTheySay compares the end with what was asked for; package
// identity tests that it is one.
func TestSessionsEndWhenTheySay(t *testing.T) {
	_, arn := newRole(t, "")
	for asked, want := range map[int32]time.Duration{0: time.Hour, 900: 15 * time.Minute, 3600: time.Hour} {
		in := &sts.AssumeRoleInput{RoleArn: &arn, RoleSessionName: aws.String("delivery"), ExternalId: aws.String(rightID)}
		if asked > 0 {
			in.DurationSeconds = &asked
		}
		out, err := stsFor(t, voicebase()).AssumeRole(t.Context(), in)
		must(t, err)
		if left := time.Until(*out.Credentials.Expiration); left > want || left < want-10*time.Second {
			t.Errorf("asked for %d s, got %s", asked, left)
		}
	}
}

func TestInactiveKeysAreUnknown(t *testing.T) {
	ctx, c, name, bucket := t.Context(), iamFor(t, customer()), unique("user"), newBucket(t)
	must(t, second(c.CreateUser(ctx, &iam.CreateUserInput{UserName: &name})))
	must(t, second(c.PutUserPolicy(ctx, &iam.PutUserPolicyInput{UserName: &name, PolicyName: aws.String("p"), PolicyDocument: aws.String(everything)})))
	key, err := c.CreateAccessKey(ctx, &iam.CreateAccessKeyInput{UserName: &name})
	must(t, err)
	user := who{*key.AccessKey.AccessKeyId, *key.AccessKey.SecretAccessKey, ""}
	url := presignPut(t, user, bucket, "k", time.Hour, 0)
	set := func(status iamtypes.StatusType) {
		must(t, second(c.UpdateAccessKey(ctx, &iam.UpdateAccessKeyInput{UserName: &name, AccessKeyId: &user.key, Status: status})))
	}
	try := func(s3Want, stsWant, urlWant string) {
		t.Helper()
		expect(t, putObject(ctx, s3For(t, user, "us-east-1"), bucket, "k"), s3Want)
		expect(t, second(stsFor(t, user).GetCallerIdentity(ctx, nil)), stsWant)
		if got := send(t, http.MethodPut, url, jsonHeader(), "{}"); got != urlWant {
			t.Errorf("pre-signed: got %s, want %s", got, urlWant)
		}
	}
	try("ok", "ok", "200")
	set(iamtypes.StatusTypeInactive)
	try("403 InvalidAccessKeyId", "403 InvalidClientTokenId", "403 InvalidAccessKeyId")
	set(iamtypes.StatusTypeActive)
	try("ok", "ok", "200")
}

// control does one of S3 Control's calls about a bucket's tags.
func control(t *testing.T, w who, method, bucket, query, body string) string {
	t.Helper()
	arn := strings.ReplaceAll("arn:aws:s3:::"+bucket, ":", "%3A")
	r, err := http.NewRequestWithContext(t.Context(), method, local.URL+"/v20180820/tags/"+arn+query, strings.NewReader(body))
	must(t, err)
	r.Header.Set("X-Amz-Account-Id", identity.CustomerAccount)
	r.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	must(t, signer.SignHTTP(t.Context(), aws.Credentials{AccessKeyID: w.key, SecretAccessKey: w.secret, SessionToken: w.token}, r, "UNSIGNED-PAYLOAD", "s3", "us-east-1", time.Now()))
	answer, err := httpClient(t, 0).Do(r)
	must(t, err)
	content, err := io.ReadAll(answer.Body)
	must(t, err)
	must(t, answer.Body.Close())
	_, tags, _ := strings.Cut(string(content), "<Tags>")
	tags, _, _ = strings.Cut(tags, "</Tags>")
	return strings.TrimSpace(answer.Status[:4] + strings.NewReplacer("<Tag><Key>", "", "</Key><Value>", "=", "</Value></Tag>", " ").Replace(tags))
}

func TestTagsUnderABAC(t *testing.T) {
	bucket, ctx, c := newBucket(t), t.Context(), s3For(t, customer(), "us-east-1")
	must(t, putTags(ctx, c, bucket, tag("a", "1")))
	abac := func(status types.BucketAbacStatus) {
		must(t, second(c.PutBucketAbac(ctx, &s3.PutBucketAbacInput{Bucket: &bucket, AbacStatus: &types.AbacStatus{Status: status}})))
	}
	abac(types.BucketAbacStatusEnabled)
	add := `<TagResourceRequest><Tags><Tag><Key>a</Key><Value>2</Value></Tag><Tag><Key>b</Key><Value>3</Value></Tag></Tags></TagResourceRequest>`
	equal(t, control(t, customer(), http.MethodPost, bucket, "", add), "204")
	equal(t, control(t, customer(), http.MethodGet, bucket, "", ""), "200 a=2 b=3")
	equal(t, control(t, customer(), http.MethodDelete, bucket, "?tagKeys=a&tagKeys=none", ""), "204")
	out, err := c.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &bucket})
	must(t, err)
	equal(t, out.TagSet, []types.Tag{tag("b", "3")})
	equal(t, control(t, customer(), http.MethodPost, bucket, "", strings.Replace(add, ">a<", ">aws:a<", 1)), "400")
	equal(t, control(t, customer(), http.MethodPost, bucket, "", "<Tags/>"), "400")
	equal(t, control(t, customer(), http.MethodGet, "no-such-bucket", "", ""), "404")
	expect(t, putTags(ctx, c, bucket, tag("a", "1")), "405 MethodNotAllowed")
	equal(t, control(t, newSession(t, policyOf("Allow", "s3:PutBucketTagging", "*")), http.MethodPost, bucket, "", add), "403")
	equal(t, control(t, newSession(t, policyOf("Allow", "s3:TagResource", "arn:aws:s3:::"+bucket)), http.MethodPost, bucket, "", add), "204")
	abac(types.BucketAbacStatusDisabled)
	expect(t, putTags(ctx, c, bucket, tag("a", "1")), "ok")
}

// TestPolicyGrammar gives each kind of policy what Go's JSON would take.
func TestPolicyGrammar(t *testing.T) {
	bucket, ctx, c := newBucket(t), t.Context(), iamFor(t, customer())
	role, _ := newRole(t, "")
	for name, edit := range map[string]func(string) string{
		"effect in another case":   func(s string) string { return strings.Replace(s, "Effect", "effect", 1) },
		"Allow in another case":    func(s string) string { return strings.Replace(s, "Allow", "allow", 1) },
		"statement, another case":  func(s string) string { return strings.Replace(s, "Statement", "statement", 1) },
		"version, another case":    func(s string) string { return strings.Replace(s, "Version", "version", 1) },
		"no action":                func(s string) string { return strings.Replace(s, "Action", "Act", 1) },
		"an empty action":          func(s string) string { return strings.Replace(s, `"ACTION"`, `""`, 1) },
		"no actions":               func(s string) string { return strings.Replace(s, `"ACTION"`, `[]`, 1) },
		"a number as action":       func(s string) string { return strings.Replace(s, `"ACTION"`, `7`, 1) },
		"an empty statement":       func(string) string { return `{"Version":"2012-10-17","Statement":{}}` },
		"a condition without keys": func(s string) string { return strings.Replace(s, `"Effect"`, `"Condition":{"Bool":"x"},"Effect"`, 1) },
		"a condition of null": func(s string) string {
			return strings.Replace(s, `"Effect"`, `"Condition":{"Bool":{"aws:SecureTransport":null}},"Effect"`, 1)
		},
		"an operator of one's own": func(s string) string {
			return strings.Replace(s, `"Effect"`, `"Condition":{"stringequals":{"aws:SecureTransport":"true"}},"Effect"`, 1)
		},
		"an element twice": func(s string) string { return strings.Replace(s, `"Effect"`, `"Effect":"Deny","Effect"`, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			write := func(statement, action string) string {
				return strings.Replace(edit(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ACTION",`+statement+`}]}`), "ACTION", action, 1)
			}
			expect(t, putPolicy(t, bucket, write(`"Principal":{"AWS":"`+identity.CustomerRootARN+`"},"Resource":"arn:aws:s3:::`+bucket+`/*"`, "s3:GetObject")), "400 MalformedPolicy")
			inline := write(`"Resource":"*"`, "s3:GetObject")
			expect(t, second(c.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &role, PolicyName: aws.String("p"), PolicyDocument: &inline})), "400 MalformedPolicyDocument")
			expect(t, second(c.CreatePolicy(ctx, &iam.CreatePolicyInput{PolicyName: aws.String(unique("p")), PolicyDocument: &inline})), "400 MalformedPolicyDocument")
			trust := write(`"Principal":{"AWS":"`+identity.CustomerRootARN+`"}`, "sts:AssumeRole")
			expect(t, second(c.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &role, PolicyDocument: &trust})), "400 MalformedPolicyDocument")
		})
	}
}

func TestConditionsGoWithTheirActions(t *testing.T) {
	bucket := newBucket(t)
	statement := func(action, resource, key string) string {
		return bucketPolicy(bucket, `{"Effect":"Deny","Principal":"*","Action":"`+action+`","Resource":"`+resource+`","Condition":{"StringEquals":{"`+key+`":"x"}}}`)
	}
	expect(t, putPolicy(t, bucket, statement("s3:PutObject", "BUCKET/*", "s3:prefix")), "400 MalformedPolicy")
	expect(t, putPolicy(t, bucket, statement("s3:GetBucketPolicy", "BUCKET", "s3:Delimiter")), "400 MalformedPolicy")
	expect(t, putPolicy(t, bucket, statement("s3:ListBucket", "BUCKET", "s3:prefix")), "ok")
	expect(t, putPolicy(t, bucket, statement("s3:List*", "BUCKET", "s3:max-keys")), "ok")
	expect(t, putPolicy(t, bucket, statement("s3:*", "BUCKET", "s3:prefix")), "ok")
}
