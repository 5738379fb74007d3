package server_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

func deleteRolePolicy(t *testing.T, role, policy string) error {
	t.Helper()
	return second(iamFor(t, customer()).DeleteRolePolicy(t.Context(), &iam.DeleteRolePolicyInput{RoleName: &role, PolicyName: &policy}))
}

func iamTag(key, value string) types.Tag { return types.Tag{Key: &key, Value: &value} }

func TestRoleRoundTrip(t *testing.T) {
	c, ctx, name := iamFor(t, customer()), t.Context(), unique("role")
	trust := trusting(identity.VoiceBaseARN)
	boundary := newManagedPolicy(t, everything)
	out, err := c.CreateRole(ctx, &iam.CreateRoleInput{
		RoleName: &name, Path: aws.String("/voicebase/"), Description: aws.String("delivers"), MaxSessionDuration: aws.Int32(7200),
		AssumeRolePolicyDocument: &trust, PermissionsBoundary: &boundary, Tags: []types.Tag{iamTag("env", "test")},
	})
	must(t, err)
	got, err := c.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})
	must(t, err)
	equal(t, aws.ToString(got.Role.Description), "delivers")
	equal(t, aws.ToInt32(got.Role.MaxSessionDuration), int32(7200))
	equal(t, got.Role.RoleLastUsed.LastUsedDate == nil, true)
	for _, role := range []*types.Role{out.Role, got.Role} {
		equal(t, *role.Arn, customerARN+":role/voicebase/"+name)
		equal(t, *role.Path, "/voicebase/")
		equal(t, strings.HasPrefix(*role.RoleId, "AROA"), true)
		equal(t, role.CreateDate.IsZero(), false)
		equal(t, aws.ToString(role.PermissionsBoundary.PermissionsBoundaryArn), boundary)
		equal(t, len(role.Tags), 1)
		document, err := url.QueryUnescape(*role.AssumeRolePolicyDocument)
		must(t, err)
		equal(t, document, trust)
	}
	must(t, second(c.UpdateRole(ctx, &iam.UpdateRoleInput{RoleName: &name, Description: aws.String("d2"), MaxSessionDuration: aws.Int32(3600)})))
	must(t, second(c.TagRole(ctx, &iam.TagRoleInput{RoleName: &name, Tags: []types.Tag{iamTag("env", "prod"), iamTag("n", "")}})))
	must(t, second(c.UntagRole(ctx, &iam.UntagRoleInput{RoleName: &name, TagKeys: []string{"n"}})))
	must(t, second(c.DeleteRolePermissionsBoundary(ctx, &iam.DeleteRolePermissionsBoundaryInput{RoleName: &name})))
	other := strings.Replace(trust, rightID, "other-organization", 1)
	must(t, second(c.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &name, PolicyDocument: &other})))
	got, err = c.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})
	must(t, err)
	equal(t, aws.ToString(got.Role.Description), "d2")
	equal(t, aws.ToInt32(got.Role.MaxSessionDuration), int32(3600))
	equal(t, got.Role.PermissionsBoundary == nil, true)
	document, err := url.QueryUnescape(*got.Role.AssumeRolePolicyDocument)
	must(t, err)
	equal(t, document, other)
	tags, err := c.ListRoleTags(ctx, &iam.ListRoleTagsInput{RoleName: &name})
	must(t, err)
	equal(t, len(tags.Tags) == 1 && *tags.Tags[0].Value == "prod", true)
	list, err := c.ListRoles(ctx, &iam.ListRolesInput{PathPrefix: aws.String("/voicebase/")})
	must(t, err)
	equal(t, len(list.Roles), 1)
	expect(t, second(c.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})), "ok")
	expect(t, second(c.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})), "404 NoSuchEntity")
}

func TestCreateRoleIsChecked(t *testing.T) {
	taken, role := newRole(t, "")
	action := func(s string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},` + s + `}]}`
	}
	service := func(s string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"` + s + `"},"Action":"sts:AssumeRole"}]}`
	}
	many := make([]types.Tag, 51)
	for i := range many {
		many[i] = iamTag(unique("k"), "v")
	}
	for name, test := range map[string]struct {
		trust string
		edit  func(*iam.CreateRoleInput)
		want  string
	}{
		"VoiceBase's user":      {trusting(identity.VoiceBaseARN), nil, "ok"},
		"VoiceBase's root":      {trusting(identity.VoiceBaseRootARN), nil, "ok"},
		"VoiceBase's account":   {trusting(identity.VoiceBaseAccount), nil, "ok"},
		"own account":           {trusting(identity.CustomerRootARN), nil, "ok"},
		"own role":              {trusting(role), nil, "ok"},
		"lambda":                {service("lambda.amazonaws.com"), nil, "ok"},
		"ec2":                   {service("ec2.amazonaws.com"), nil, "ok"},
		"no service":            {service("example.com"), nil, "400 MalformedPolicyDocument"},
		"missing own role":      {trusting(customerARN + ":role/none"), nil, "400 MalformedPolicyDocument"},
		"missing own user":      {trusting(customerARN + ":user/none"), nil, "400 MalformedPolicyDocument"},
		"another VoiceBase":     {trusting("arn:aws:iam::111122223333:user/other"), nil, "400 MalformedPolicyDocument"},
		"VoiceBase, misspelled": {trusting(strings.ToUpper(identity.VoiceBaseARN)), nil, "400 MalformedPolicyDocument"},
		"a word":                {trusting("voicebase"), nil, "400 MalformedPolicyDocument"},
		"no JSON":               {`{"Version"`, nil, "400 MalformedPolicyDocument"},
		"no principal":          {`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}`, nil, "400 MalformedPolicyDocument"},
		"a resource":            {action(`"Action":"sts:AssumeRole","Resource":"*"`), nil, "400 MalformedPolicyDocument"},
		"another action":        {action(`"Action":"s3:GetObject"`), nil, "400 MalformedPolicyDocument"},
		"too long":              {trusting(role) + strings.Repeat(" ", 2048), nil, "409 LimitExceeded"},
		"short session":         {trusting(role), func(in *iam.CreateRoleInput) { in.MaxSessionDuration = aws.Int32(900) }, "400 ValidationError"},
		"bad name":              {trusting(role), func(in *iam.CreateRoleInput) { in.RoleName = aws.String("a b") }, "400 ValidationError"},
		"bad path":              {trusting(role), func(in *iam.CreateRoleInput) { in.Path = aws.String("x") }, "400 ValidationError"},
		"taken name":            {trusting(role), func(in *iam.CreateRoleInput) { in.RoleName = &taken }, "409 EntityAlreadyExists"},
		"taken, other case":     {trusting(role), func(in *iam.CreateRoleInput) { in.RoleName = aws.String(strings.ToUpper(taken)) }, "409 EntityAlreadyExists"},
		"missing boundary":      {trusting(role), func(in *iam.CreateRoleInput) { in.PermissionsBoundary = aws.String(customerARN + ":policy/none") }, "404 NoSuchEntity"},
		"no ARN as boundary":    {trusting(role), func(in *iam.CreateRoleInput) { in.PermissionsBoundary = aws.String("not-an-arn-but-long-enough") }, "400 ValidationError"},
		"51 tags":               {trusting(role), func(in *iam.CreateRoleInput) { in.Tags = many }, "400 ValidationError"},
		"tag of AWS":            {trusting(role), func(in *iam.CreateRoleInput) { in.Tags = []types.Tag{iamTag("aws:x", "1")} }, "400 InvalidInput"},
		"tag twice":             {trusting(role), func(in *iam.CreateRoleInput) { in.Tags = []types.Tag{iamTag("k", "1"), iamTag("K", "2")} }, "400 InvalidInput"},
	} {
		t.Run(name, func(t *testing.T) {
			in := &iam.CreateRoleInput{RoleName: aws.String(unique("role")), AssumeRolePolicyDocument: &test.trust}
			if test.edit != nil {
				test.edit(in)
			}
			expect(t, second(iamFor(t, customer()).CreateRole(t.Context(), in)), test.want)
		})
	}
}

func TestTrustIsShownAsAWSDoes(t *testing.T) {
	name, _ := newRole(t, "")
	c := iamFor(t, customer())
	must(t, second(c.UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{RoleName: &name, PolicyDocument: aws.String(trusting(identity.VoiceBaseAccount))})))
	out, err := c.GetRole(t.Context(), &iam.GetRoleInput{RoleName: &name})
	must(t, err)
	document, err := url.QueryUnescape(*out.Role.AssumeRolePolicyDocument)
	must(t, err)
	if !strings.Contains(document, `"`+identity.VoiceBaseRootARN+`"`) {
		t.Errorf("shown as %s", document)
	}
	bad := trusting(customerARN + ":role/none")
	expect(t, second(c.UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{RoleName: &name, PolicyDocument: &bad})), "400 MalformedPolicyDocument")
	expect(t, second(c.UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{RoleName: aws.String("none"), PolicyDocument: &bad})), "404 NoSuchEntity")
}

func newManagedPolicy(t *testing.T, document string) string {
	t.Helper()
	out, err := iamFor(t, customer()).CreatePolicy(t.Context(), &iam.CreatePolicyInput{PolicyName: aws.String(unique("policy")), PolicyDocument: &document})
	must(t, err)
	return *out.Policy.Arn
}

func TestInlinePolicies(t *testing.T) {
	name, _ := newRole(t, "")
	c, ctx := iamFor(t, customer()), t.Context()
	put := func(policy, document string) error {
		return second(c.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &policy, PolicyDocument: &document}))
	}
	expect(t, put("p", everything), "ok")
	out, err := c.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &name, PolicyName: aws.String("p")})
	must(t, err)
	document, err := url.QueryUnescape(*out.PolicyDocument)
	must(t, err)
	equal(t, document, everything)
	list, err := c.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: &name})
	must(t, err)
	equal(t, list.PolicyNames, []string{"p"})
	expect(t, put("bad", `{"x"`), "400 MalformedPolicyDocument")
	expect(t, put("bad", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject"}]}`), "400 MalformedPolicyDocument")
	expect(t, put("bad", policyOf("Allow", "PutObject", "*")), "400 MalformedPolicyDocument")
	expect(t, put("bad", policyOf("Allow", "s3:PutObject", "bucket")), "400 MalformedPolicyDocument")
	expect(t, put("bad", policyOf("Allow", "s3:PutObject", "arn:aws:s3:::"+strings.Repeat("x", 10240))), "409 LimitExceeded")
	expect(t, second(c.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &name, PolicyName: aws.String("none")})), "404 NoSuchEntity")
	expect(t, second(c.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})), "409 DeleteConflict")
	expect(t, deleteRolePolicy(t, name, "p"), "ok")
	expect(t, deleteRolePolicy(t, name, "p"), "404 NoSuchEntity")
}

func TestManagedPolicies(t *testing.T) {
	bucket, ctx, c := newBucket(t), t.Context(), iamFor(t, customer())
	name, arn := newRole(t, "")
	policy := newManagedPolicy(t, policyOf("Allow", "s3:PutObject", "*"))
	session, err := assume(ctx, stsFor(t, voicebase()), arn, rightID)
	must(t, err)
	put := func() error { return putObject(ctx, s3For(t, session, "us-east-1"), bucket, "k") }
	attach := func(policy string) error {
		return second(c.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: &policy}))
	}
	detach := func() error {
		return second(c.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: &name, PolicyArn: &policy}))
	}
	expect(t, put(), "403 AccessDenied")
	expect(t, attach(policy), "ok")
	expect(t, put(), "ok")
	expect(t, attach(customerARN+":policy/none"), "404 NoSuchEntity")
	list, err := c.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: &name})
	must(t, err)
	equal(t, len(list.AttachedPolicies) == 1 && *list.AttachedPolicies[0].PolicyArn == policy, true)
	expect(t, second(c.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})), "409 DeleteConflict")
	expect(t, second(c.DeletePolicy(ctx, &iam.DeletePolicyInput{PolicyArn: &policy})), "409 DeleteConflict")
	expect(t, detach(), "ok")
	expect(t, detach(), "404 NoSuchEntity")
	expect(t, put(), "403 AccessDenied")
	got, err := c.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: &policy})
	must(t, err)
	equal(t, *got.Policy.DefaultVersionId, "v1")
	expect(t, second(c.DeletePolicy(ctx, &iam.DeletePolicyInput{PolicyArn: &policy})), "ok")
	expect(t, second(c.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: &policy})), "404 NoSuchEntity")
	expect(t, attach("arn:aws:iam::aws:policy/AmazonS3FullAccess"), "ok")
	expect(t, put(), "ok")
}

func TestPermissionsBoundaryLimits(t *testing.T) {
	bucket, ctx, c := newBucket(t), t.Context(), iamFor(t, customer())
	name, arn := newRole(t, everything)
	session, err := assume(ctx, stsFor(t, voicebase()), arn, rightID)
	must(t, err)
	put := func(key string) error { return putObject(ctx, s3For(t, session, "us-east-1"), bucket, key) }
	boundary := newManagedPolicy(t, policyOf("Allow", "s3:PutObject", "arn:aws:s3:::"+bucket+"/in/*"))
	bound := func(arn string) error {
		return second(c.PutRolePermissionsBoundary(ctx, &iam.PutRolePermissionsBoundaryInput{RoleName: &name, PermissionsBoundary: &arn}))
	}
	expect(t, put("out/a"), "ok")
	expect(t, bound(boundary), "ok")
	expect(t, put("in/a"), "ok")
	expect(t, put("out/a"), "403 AccessDenied")
	// A bucket policy that names the role grants within the boundary only.
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, `{"Effect":"Allow","Principal":{"AWS":"`+arn+`"},"Action":"s3:PutObject","Resource":"BUCKET/*"}`)))
	expect(t, put("out/a"), "403 AccessDenied")
	expect(t, bound(customerARN+":policy/none"), "404 NoSuchEntity")
	expect(t, second(c.DeletePolicy(ctx, &iam.DeletePolicyInput{PolicyArn: &boundary})), "409 DeleteConflict")
	must(t, second(c.DeleteRolePermissionsBoundary(ctx, &iam.DeleteRolePermissionsBoundaryInput{RoleName: &name})))
	expect(t, put("out/a"), "ok")
	expect(t, second(c.DeleteRolePermissionsBoundary(ctx, &iam.DeleteRolePermissionsBoundaryInput{RoleName: &name})), "404 NoSuchEntity")
}

// iamOperations are the calls about a role.
func iamOperations() map[string]func(ctx context.Context, c *iam.Client, role string) error {
	return map[string]func(ctx context.Context, c *iam.Client, role string) error{
		"GetRole": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.GetRole(ctx, &iam.GetRoleInput{RoleName: &r}))
		},
		"UpdateRole": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.UpdateRole(ctx, &iam.UpdateRoleInput{RoleName: &r, Description: aws.String("d")}))
		},
		"UpdateAssumeRolePolicy": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &r, PolicyDocument: aws.String(trusting(identity.VoiceBaseARN))}))
		},
		"PutRolePolicy": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &r, PolicyName: aws.String("inline"), PolicyDocument: aws.String(everything)}))
		},
		"GetRolePolicy": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &r, PolicyName: aws.String("inline")}))
		},
		"ListRolePolicies": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: &r}))
		},
		"TagRole": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.TagRole(ctx, &iam.TagRoleInput{RoleName: &r, Tags: []types.Tag{iamTag("a", "b")}}))
		},
		"UntagRole": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.UntagRole(ctx, &iam.UntagRoleInput{RoleName: &r, TagKeys: []string{"a"}}))
		},
		"ListRoleTags": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.ListRoleTags(ctx, &iam.ListRoleTagsInput{RoleName: &r}))
		},
		"PutRolePermissionsBoundary": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.PutRolePermissionsBoundary(ctx, &iam.PutRolePermissionsBoundaryInput{RoleName: &r, PermissionsBoundary: aws.String("arn:aws:iam::aws:policy/PowerUserAccess")}))
		},
		"ListAttachedRolePolicies": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: &r}))
		},
		"AttachRolePolicy": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &r, PolicyArn: aws.String("arn:aws:iam::aws:policy/ReadOnlyAccess")}))
		},
		"ListInstanceProfilesForRole": func(ctx context.Context, c *iam.Client, r string) error {
			return second(c.ListInstanceProfilesForRole(ctx, &iam.ListInstanceProfilesForRoleInput{RoleName: &r}))
		},
	}
}

func TestEachIAMPermission(t *testing.T) {
	for name, call := range iamOperations() {
		t.Run(name, func(t *testing.T) {
			role, arn := newRole(t, everything)
			exact := newSession(t, policyOf("Allow", "iam:"+name, arn))
			rest := newSession(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:`+name+`","Resource":"*"}]}`)
			another := newSession(t, policyOf("Allow", "iam:*", arn+"x"))
			expect(t, call(t.Context(), iamFor(t, exact), role), "ok")
			expect(t, call(t.Context(), iamFor(t, rest), role), "403 AccessDenied")
			expect(t, call(t.Context(), iamFor(t, another), role), "403 AccessDenied")
			expect(t, call(t.Context(), iamFor(t, voicebase()), role), "403 AccessDenied")
			expect(t, call(t.Context(), iamFor(t, customer().wrongSecret()), role), "403 SignatureDoesNotMatch")
			expect(t, call(t.Context(), iamFor(t, customer()), "none"), "404 NoSuchEntity")
		})
	}
}

func TestOtherIAMCalls(t *testing.T) {
	c, ctx := iamFor(t, customer()), t.Context()
	role, _ := newRole(t, "")
	expect(t, second(c.RemoveRoleFromInstanceProfile(ctx, &iam.RemoveRoleFromInstanceProfileInput{RoleName: &role, InstanceProfileName: aws.String("none")})), "404 NoSuchEntity")
	expect(t, second(c.UpdateRole(ctx, &iam.UpdateRoleInput{RoleName: &role, MaxSessionDuration: aws.Int32(43201)})), "400 ValidationError")
	expect(t, second(c.ListServerCertificates(ctx, &iam.ListServerCertificatesInput{})), "400 InvalidAction")
	user := iamFor(t, newUser(t, policyOf("Allow", "iam:GetUser", "*")))
	self, err := user.GetUser(ctx, &iam.GetUserInput{})
	must(t, err)
	equal(t, strings.HasPrefix(*self.User.UserName, "user-"), true)
	expect(t, second(user.ListUsers(ctx, &iam.ListUsersInput{})), "403 AccessDenied")
}
