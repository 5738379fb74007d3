package server_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/sts/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

func TestGetCallerIdentity(t *testing.T) {
	role, arn := newRole(t, "")
	session, err := assume(t.Context(), stsFor(t, voicebase()), arn, rightID)
	must(t, err)
	for name, test := range map[string]struct {
		who                who
		want, arn, account string
	}{
		"root":           {customer(), "ok", identity.CustomerRootARN, identity.CustomerAccount},
		"VoiceBase":      {voicebase(), "ok", identity.VoiceBaseARN, identity.VoiceBaseAccount},
		"session":        {session, "ok", "arn:aws:sts::" + identity.CustomerAccount + ":assumed-role/" + role + "/delivery", identity.CustomerAccount},
		"user":           {newUser(t, ""), "ok", "arn:aws:iam::" + identity.CustomerAccount + ":user/", identity.CustomerAccount},
		"unknown key":    {who{"AKIAUNKNOWNUNKNOWN00", "x", ""}, "403 InvalidClientTokenId", "", ""},
		"wrong secret":   {customer().wrongSecret(), "403 SignatureDoesNotMatch", "", ""},
		"without token":  {who{session.key, session.secret, ""}, "403 InvalidClientTokenId", "", ""},
		"forged token":   {who{session.key, session.secret, "forged"}, "403 InvalidClientTokenId", "", ""},
		"token too many": {who{customer().key, customer().secret, "token"}, "403 InvalidClientTokenId", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := stsFor(t, test.who).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
			expect(t, err, test.want)
			if err == nil && (!strings.HasPrefix(*out.Arn, test.arn) || *out.Account != test.account || *out.UserId == "") {
				t.Errorf("%s of %s, ID %s", *out.Arn, *out.Account, *out.UserId)
			}
		})
	}
}

func TestAssumeRoleByTrust(t *testing.T) {
	ctx := t.Context()
	may := newUser(t, policyOf("Allow", "sts:AssumeRole", "*"))
	mayNot := newUser(t, "")
	never := newUser(t, policyOf("Deny", "sts:AssumeRole", "*"))
	arnOf := func(w who) string {
		out, err := stsFor(t, w).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		must(t, err)
		return *out.Arn
	}
	_, chainARN := newRole(t, policyOf("Allow", "sts:AssumeRole", "*"))
	chained, err := assume(ctx, stsFor(t, voicebase()), chainARN, rightID)
	must(t, err)
	statement := func(effect, principal, condition string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"` + effect + `","Principal":{"AWS":"` + principal + `"},"Action":"sts:AssumeRole","Condition":{` + condition + `}}]}`
	}
	for name, test := range map[string]struct {
		trust string
		who   who
		id    string
		want  string
	}{
		"VoiceBase's user":              {trusting(identity.VoiceBaseARN), voicebase(), rightID, "ok"},
		"VoiceBase's root":              {trusting(identity.VoiceBaseRootARN), voicebase(), rightID, "ok"},
		"VoiceBase's account":           {trusting(identity.VoiceBaseAccount), voicebase(), rightID, "ok"},
		"everyone":                      {trusting("*"), voicebase(), rightID, "ok"},
		"no ID":                         {trusting(identity.VoiceBaseARN), voicebase(), "", "403 AccessDenied"},
		"wrong ID":                      {trusting(identity.VoiceBaseARN), voicebase(), "wrong", "403 AccessDenied"},
		"ID in other case":              {trusting(identity.VoiceBaseARN), voicebase(), strings.ToUpper(rightID), "403 AccessDenied"},
		"ID like":                       {statement("Allow", identity.VoiceBaseARN, `"StringLike":{"sts:ExternalId":"right-*"}`), voicebase(), rightID, "ok"},
		"ID not like":                   {statement("Allow", identity.VoiceBaseARN, `"StringLike":{"sts:ExternalId":"left-*"}`), voicebase(), rightID, "403 AccessDenied"},
		"ID of several":                 {statement("Allow", identity.VoiceBaseARN, `"StringEquals":{"sts:ExternalId":["a","`+rightID+`"]}`), voicebase(), rightID, "ok"},
		"ID if there is one":            {statement("Allow", identity.VoiceBaseARN, `"StringEqualsIfExists":{"sts:ExternalId":"x1"}`), voicebase(), "", "ok"},
		"VoiceBase, by the customer":    {trusting(identity.CustomerRootARN), voicebase(), rightID, "403 AccessDenied"},
		"VoiceBase, by the service":     {`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`, voicebase(), "", "403 AccessDenied"},
		"denied":                        {statement("Deny", identity.VoiceBaseARN, ``), voicebase(), "", "403 AccessDenied"},
		"from this address":             {statement("Allow", identity.VoiceBaseARN, `"IpAddress":{"aws:SourceIp":"127.0.0.1/32"}`), voicebase(), "", "ok"},
		"from another":                  {statement("Allow", identity.VoiceBaseARN, `"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`), voicebase(), "", "403 AccessDenied"},
		"the session's name":            {statement("Allow", identity.VoiceBaseARN, `"StringEquals":{"sts:RoleSessionName":"delivery"}`), voicebase(), "", "ok"},
		"tagging only":                  {`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + identity.VoiceBaseARN + `"},"Action":"sts:TagSession"}]}`, voicebase(), "", "403 AccessDenied"},
		"root":                          {trusting(identity.CustomerRootARN), customer(), rightID, "ok"},
		"root, without ID":              {trusting(identity.CustomerRootARN), customer(), "", "403 AccessDenied"},
		"root, not trusted":             {trusting(identity.VoiceBaseARN), customer(), rightID, "403 AccessDenied"},
		"user of the account":           {trusting(identity.CustomerRootARN), may, rightID, "ok"},
		"user without permission":       {trusting(identity.CustomerRootARN), mayNot, rightID, "403 AccessDenied"},
		"user that is named":            {trusting(arnOf(mayNot)), mayNot, rightID, "ok"},
		"user that is named but denied": {trusting(arnOf(never)), never, rightID, "403 AccessDenied"},
		"user that is not named":        {trusting(arnOf(mayNot)), may, rightID, "403 AccessDenied"},
		"role that is named":            {trusting(chainARN), chained, rightID, "ok"},
		"session of the account":        {trusting(identity.CustomerRootARN), chained, rightID, "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			role, arn := newRole(t, "")
			must(t, second(iamFor(t, customer()).UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &role, PolicyDocument: &test.trust})))
			_, err := assume(ctx, stsFor(t, test.who), arn, test.id)
			expect(t, err, test.want)
		})
	}
}

func TestAssumeRoleIsChecked(t *testing.T) {
	role, arn := newRole(t, "")
	must(t, second(iamFor(t, customer()).UpdateRole(t.Context(), &iam.UpdateRoleInput{RoleName: &role, MaxSessionDuration: aws.Int32(7200)})))
	_, chainARN := newRole(t, policyOf("Allow", "sts:AssumeRole", "*"))
	chained, err := assume(t.Context(), stsFor(t, voicebase()), chainARN, rightID)
	must(t, err)
	target, targetARN := newRole(t, "")
	must(t, second(iamFor(t, customer()).UpdateRole(t.Context(), &iam.UpdateRoleInput{RoleName: &target, MaxSessionDuration: aws.Int32(7200)})))
	must(t, second(iamFor(t, customer()).UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{RoleName: &target, PolicyDocument: aws.String(trusting(chainARN))})))
	for name, test := range map[string]struct {
		who  who
		edit func(*sts.AssumeRoleInput)
		want string
	}{
		"longest":           {voicebase(), func(in *sts.AssumeRoleInput) { in.DurationSeconds = aws.Int32(7200) }, "ok"},
		"shortest":          {voicebase(), func(in *sts.AssumeRoleInput) { in.DurationSeconds = aws.Int32(900) }, "ok"},
		"too long":          {voicebase(), func(in *sts.AssumeRoleInput) { in.DurationSeconds = aws.Int32(7201) }, "400 ValidationError"},
		"too short":         {voicebase(), func(in *sts.AssumeRoleInput) { in.DurationSeconds = aws.Int32(899) }, "400 ValidationError"},
		"over every limit":  {voicebase(), func(in *sts.AssumeRoleInput) { in.DurationSeconds = aws.Int32(43201) }, "400 ValidationError"},
		"chained":           {chained, func(in *sts.AssumeRoleInput) { in.RoleArn, in.DurationSeconds = &targetARN, aws.Int32(3600) }, "ok"},
		"chained, too long": {chained, func(in *sts.AssumeRoleInput) { in.RoleArn, in.DurationSeconds = &targetARN, aws.Int32(3601) }, "400 ValidationError"},
		"no role":           {voicebase(), func(in *sts.AssumeRoleInput) { in.RoleArn = aws.String(customerARN + ":role/none") }, "403 AccessDenied"},
		"another account":   {voicebase(), func(in *sts.AssumeRoleInput) { in.RoleArn = aws.String("arn:aws:iam::111122223333:role/" + role) }, "403 AccessDenied"},
		"no ARN":            {voicebase(), func(in *sts.AssumeRoleInput) { in.RoleArn = aws.String("an-arn-of-twenty-characters") }, "400 ValidationError"},
		"bad session name":  {voicebase(), func(in *sts.AssumeRoleInput) { in.RoleSessionName = aws.String("a b") }, "400 ValidationError"},
		"bad external ID":   {voicebase(), func(in *sts.AssumeRoleInput) { in.ExternalId = aws.String("a b") }, "400 ValidationError"},
		"bad policy":        {voicebase(), func(in *sts.AssumeRoleInput) { in.Policy = aws.String("{") }, "400 MalformedPolicyDocument"},
		"session tags":      {voicebase(), func(in *sts.AssumeRoleInput) { in.Tags = []types.Tag{{Key: aws.String("a"), Value: aws.String("b")}} }, "501 NotImplemented"},
		"wrong secret":      {voicebase().wrongSecret(), func(*sts.AssumeRoleInput) {}, "403 SignatureDoesNotMatch"},
	} {
		t.Run(name, func(t *testing.T) {
			in := &sts.AssumeRoleInput{RoleArn: &arn, RoleSessionName: aws.String("delivery"), ExternalId: aws.String(rightID)}
			test.edit(in)
			expect(t, second(stsFor(t, test.who).AssumeRole(t.Context(), in)), test.want)
		})
	}
}

func TestSessionPolicyLimits(t *testing.T) {
	bucket, ctx := newBucket(t), t.Context()
	_, arn := newRole(t, everything)
	out, err := stsFor(t, voicebase()).AssumeRole(ctx, &sts.AssumeRoleInput{
		RoleArn: &arn, RoleSessionName: aws.String("delivery"), ExternalId: aws.String(rightID),
		Policy: aws.String(policyOf("Allow", "s3:PutObject", "arn:aws:s3:::"+bucket+"/in/*")),
	})
	must(t, err)
	c := s3For(t, who{*out.Credentials.AccessKeyId, *out.Credentials.SecretAccessKey, *out.Credentials.SessionToken}, "us-east-1")
	expect(t, putObject(ctx, c, bucket, "in/a"), "ok")
	expect(t, putObject(ctx, c, bucket, "out/a"), "403 AccessDenied")
}

func TestRemadeRoleDoesNotReviveSessions(t *testing.T) {
	bucket, ctx, c := newBucket(t), t.Context(), iamFor(t, customer())
	name, arn := newRole(t, everything)
	session, err := assume(ctx, stsFor(t, voicebase()), arn, rightID)
	must(t, err)
	expect(t, putObject(ctx, s3For(t, session, "us-east-1"), bucket, "k"), "ok")
	must(t, deleteRolePolicy(t, name, "inline"))
	must(t, second(c.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})))
	must(t, second(c.CreateRole(ctx, &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: aws.String(trusting(identity.VoiceBaseARN))})))
	must(t, second(c.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: aws.String("p"), PolicyDocument: aws.String(everything)})))
	expect(t, putObject(ctx, s3For(t, session, "us-east-1"), bucket, "k"), "403 AccessDenied")
}
