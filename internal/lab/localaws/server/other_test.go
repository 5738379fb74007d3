package server_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/server"
)

// other is the administrator of the second customer's account.
func other() who {
	c := server.Other()
	return who{c.AccessKey, c.Secret, ""}
}

// newOtherBucket makes a bucket of the second account that lets the first one
// do everything.
func newOtherBucket(t *testing.T) string {
	t.Helper()
	bucket := unique("other")
	c := s3For(t, other(), "us-east-1")
	must(t, second(c.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &bucket})))
	policy := bucketPolicy(bucket, `{"Effect":"Allow","Principal":{"AWS":"`+identity.CustomerRootARN+`"},"Action":"s3:*","Resource":["BUCKET","BUCKET/*"]}`)
	must(t, second(c.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &bucket, Policy: &policy})))
	return bucket
}

func TestOtherAccountOwnsItsBuckets(t *testing.T) {
	ctx, bucket := t.Context(), unique("other")
	must(t, create(t, other(), "us-east-1", bucket, ""))
	mine, theirs := s3For(t, customer(), "us-east-1"), s3For(t, other(), "us-east-1")
	expect(t, create(t, other(), "us-east-1", bucket, ""), "ok")
	expect(t, create(t, customer(), "us-east-1", bucket, ""), "409 BucketAlreadyExists")
	expect(t, create(t, customer(), "eu-west-1", bucket, "eu-west-1"), "409 BucketAlreadyExists")
	expect(t, second(mine.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket})), "403 Forbidden")
	expect(t, second(theirs.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket})), "ok")
	expect(t, second(mine.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &bucket})), "403 AccessDenied")
	expect(t, putObject(ctx, mine, bucket, "k"), "403 AccessDenied")
	expect(t, putObject(ctx, theirs, bucket, "k"), "ok")
	expect(t, second(mine.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &bucket})), "403 AccessDenied")
	for c, want := range map[*s3.Client]bool{mine: false, theirs: true} {
		out, err := c.ListBuckets(ctx, &s3.ListBucketsInput{Prefix: &bucket})
		must(t, err)
		equal(t, len(out.Buckets) == 1, want)
	}
}

// TestExpectedBucketOwner asks for an owner in whose bucket one may do anything.
func TestExpectedBucketOwnerIsCompared(t *testing.T) {
	ctx, bucket := t.Context(), newOtherBucket(t)
	c := s3For(t, customer(), "us-east-1")
	for owner, want := range map[string]string{identity.OtherAccount: "ok", identity.CustomerAccount: "403 AccessDenied", "123456789012": "403 AccessDenied"} {
		expect(t, second(c.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &bucket, ExpectedBucketOwner: &owner})), want)
		expect(t, second(c.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), ExpectedBucketOwner: &owner})), want)
	}
	missing := unique("none")
	expect(t, second(c.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &missing, ExpectedBucketOwner: aws.String("123456789012")})), "404 NoSuchBucket")
}

// TestAcrossAccountsBothHaveToAllow tries roles of the first account on
// buckets of the second.
func TestAcrossAccountsBothHaveToAllow(t *testing.T) {
	ctx, admin := t.Context(), s3For(t, other(), "us-east-1")
	for name, test := range map[string]struct {
		own, statement, want string
	}{
		"both, by account":        {everything, `{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"s3:PutObject","Resource":"BUCKET/*"}`, "ok"},
		"both, by role":           {everything, `{"Effect":"Allow","Principal":{"AWS":"ROLE"},"Action":"s3:PutObject","Resource":"BUCKET/*"}`, "ok"},
		"the role alone":          {everything, denyHTTP, "403 AccessDenied"},
		"the bucket alone":        {"", `{"Effect":"Allow","Principal":{"AWS":"ROLE"},"Action":"s3:PutObject","Resource":"BUCKET/*"}`, "403 AccessDenied"},
		"denied by the bucket":    {everything, `{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"BUCKET/*"}`, "403 AccessDenied"},
		"another action":          {everything, `{"Effect":"Allow","Principal":{"AWS":"ROLE"},"Action":"s3:GetObject","Resource":"BUCKET/*"}`, "403 AccessDenied"},
		"own account's only":      {`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}}]}`, `{"Effect":"Allow","Principal":{"AWS":"ROLE"},"Action":"s3:PutObject","Resource":"BUCKET/*"}`, "403 AccessDenied"},
		"the owner by its number": {`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"s3:ResourceAccount":"444455556666"}}}]}`, `{"Effect":"Allow","Principal":{"AWS":"ROLE"},"Action":"s3:PutObject","Resource":"BUCKET/*"}`, "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			bucket := unique("other")
			must(t, create(t, other(), "us-east-1", bucket, ""))
			_, arn := newRole(t, test.own)
			policy := bucketPolicy(bucket, strings.Replace(test.statement, "ROLE", arn, 1))
			must(t, second(admin.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &bucket, Policy: &policy})))
			session, err := assume(ctx, stsFor(t, voicebase()), arn, rightID)
			must(t, err)
			expect(t, putObject(ctx, s3For(t, session, "us-east-1"), bucket, "k"), test.want)
		})
	}
}

// TestOtherAccountHasIAM makes a role of the same name in both accounts.
func TestOtherAccountHasIAM(t *testing.T) {
	ctx := t.Context()
	name, mine := newRole(t, "")
	c := iamFor(t, other())
	expect(t, second(c.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})), "404 NoSuchEntity")
	out, err := c.CreateRole(ctx, &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: aws.String(trusting(identity.CustomerRootARN))})
	must(t, err)
	equal(t, *out.Role.Arn, "arn:aws:iam::"+identity.OtherAccount+":role/"+name)
	must(t, second(c.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: aws.String("p"), PolicyDocument: aws.String(everything)})))
	session, err := assume(ctx, stsFor(t, customer()), *out.Role.Arn, rightID)
	must(t, err)
	me, err := stsFor(t, session).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	must(t, err)
	equal(t, *me.Account, identity.OtherAccount)
	equal(t, *me.Arn, "arn:aws:sts::"+identity.OtherAccount+":assumed-role/"+name+"/delivery")
	bucket := unique("other")
	must(t, create(t, session, "us-east-1", bucket, ""))
	expect(t, second(s3For(t, customer(), "us-east-1").HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket})), "403 Forbidden")
	// To be named there is not enough across accounts.
	named := newUser(t, "")
	must(t, second(c.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &name, PolicyDocument: aws.String(trusting(callerARN(ctx, t, named)))})))
	_, err = assume(ctx, stsFor(t, named), *out.Role.Arn, rightID)
	expect(t, err, "403 AccessDenied")
	must(t, second(c.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &name, PolicyDocument: aws.String(trusting(identity.CustomerRootARN))})))
	// A user of the first account needs its own account's permission, too.
	for policy, want := range map[string]string{"": "403 AccessDenied", policyOf("Allow", "sts:AssumeRole", "*"): "ok", policyOf("Allow", "sts:AssumeRole", mine): "403 AccessDenied"} {
		_, err = assume(ctx, stsFor(t, newUser(t, policy)), *out.Role.Arn, rightID)
		expect(t, err, want)
	}
	_, err = assume(ctx, stsFor(t, other()), mine, rightID)
	expect(t, err, "403 AccessDenied")
}

func TestUsersOfTheOtherAccount(t *testing.T) {
	ctx, c, name := t.Context(), iamFor(t, other()), unique("user")
	out, err := c.CreateUser(ctx, &iam.CreateUserInput{UserName: &name})
	must(t, err)
	equal(t, *out.User.Arn, "arn:aws:iam::"+identity.OtherAccount+":user/"+name)
	key, err := c.CreateAccessKey(ctx, &iam.CreateAccessKeyInput{UserName: &name})
	must(t, err)
	equal(t, callerARN(ctx, t, who{*key.AccessKey.AccessKeyId, *key.AccessKey.SecretAccessKey, ""}), *out.User.Arn)
}
