package server_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// ownBucketsOnly is a delivery policy that grants in the identity's account only.
const ownBucketsOnly = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::b/in/*",
      "Condition": {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}, "Bool": {"aws:SecureTransport": "true"}}
    },
    {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"},
    {"Effect": "Allow", "Action": ["s3:DeleteObject", "kms:GenerateDataKey"], "Resource": "*"}
  ]
}`

// entry is a context entry: a key and its values.
func entry(key string, values ...string) types.ContextEntry {
	kind := types.ContextKeyTypeEnumString
	if len(values) > 1 {
		kind = types.ContextKeyTypeEnumStringList
	}
	return types.ContextEntry{ContextKeyName: &key, ContextKeyType: kind, ContextKeyValues: values}
}

func ownContext() []types.ContextEntry {
	return []types.ContextEntry{
		entry("aws:ResourceAccount", identity.CustomerAccount), entry("aws:PrincipalAccount", identity.CustomerAccount), entry("aws:SecureTransport", "true"),
	}
}

// reading is results in short: action, decisions and statements.
func reading(results []types.EvaluationResult) string {
	statements := func(matched []types.Statement) (all string) {
		for _, m := range matched {
			all += fmt.Sprintf(" %s@%d:%d-%d:%d", *m.SourcePolicyId, m.StartPosition.Line, m.StartPosition.Column, m.EndPosition.Line, m.EndPosition.Column)
		}
		return all
	}
	var lines []string
	for _, r := range results {
		line := fmt.Sprintf("%s on %s: %s%s%s", *r.EvalActionName, *r.EvalResourceName, r.EvalDecision, statements(r.MatchedStatements), missing(r.MissingContextValues))
		for _, s := range r.ResourceSpecificResults {
			line += fmt.Sprintf("\n  %s: %s%s%s", *s.EvalResourceName, s.EvalResourceDecision, statements(s.MatchedStatements), missing(s.MissingContextValues))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func missing(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return " lacks " + strings.Join(keys, ",")
}

func TestSimulateShape(t *testing.T) {
	c, ctx := iamFor(t, customer()), t.Context()
	role, arn := newRole(t, ownBucketsOnly)
	inline := "role_" + role + "_inline"
	in, out := "arn:aws:s3:::b/in/x", "arn:aws:s3:::b/out/x"
	key := "arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555"
	const lacks = " lacks aws:PrincipalAccount,aws:ResourceAccount,aws:SecureTransport"
	for name, test := range map[string]struct {
		actions, resources []string
		context            []types.ContextEntry
		want               string
	}{
		"two resources": {
			[]string{"s3:PutObject"},
			[]string{in, out},
			ownContext(),
			"s3:PutObject on arn:aws:s3:::${BucketName}/${KeyName}: implicitDeny\n  " + in + ": allowed " + inline + "@3:17-9:6\n  " + out + ": implicitDeny",
		},
		"one resource": {
			[]string{"s3:PutObject"},
			[]string{in},
			ownContext(),
			"s3:PutObject on arn:aws:s3:::${BucketName}/${KeyName}: allowed " + inline + "@3:17-9:6\n  " + in + ": allowed " + inline + "@3:17-9:6",
		},
		"another account": {
			[]string{"s3:PutObject"},
			[]string{in},
			append(ownContext()[1:], entry("aws:ResourceAccount", identity.OtherAccount)),
			"s3:PutObject on arn:aws:s3:::${BucketName}/${KeyName}: implicitDeny\n  " + in + ": implicitDeny",
		},
		"no context": {
			[]string{"s3:PutObject"},
			[]string{in},
			nil,
			"s3:PutObject on arn:aws:s3:::${BucketName}/${KeyName}: implicitDeny\n  " + in + ": implicitDeny" + lacks,
		},
		"no resources": {
			[]string{"s3:ListAllMyBuckets", "kms:GenerateDataKey"},
			nil, nil,
			"s3:ListAllMyBuckets on *: implicitDeny" + lacks + "\nkms:GenerateDataKey on *: allowed " + inline + "@10:70-11:95" + lacks,
		},
		"only the deny": {
			[]string{"s3:DeleteObject"},
			[]string{in},
			ownContext(),
			"s3:DeleteObject on arn:aws:s3:::${BucketName}/${KeyName}: explicitDeny " + inline + "@9:7-10:69\n  " + in + ": explicitDeny " + inline + "@9:7-10:69",
		},
		"kms": {
			[]string{"kms:GenerateDataKey", "kms:Decrypt"},
			[]string{key},
			ownContext(),
			"kms:GenerateDataKey on arn:aws:kms:*:${Account}:key/${KeyId}: allowed " + inline + "@10:70-11:95\n  " + key + ": allowed " + inline + "@10:70-11:95\n" +
				"kms:Decrypt on arn:aws:kms:*:${Account}:key/${KeyId}: implicitDeny\n  " + key + ": implicitDeny",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.SimulatePrincipalPolicy(ctx, &iam.SimulatePrincipalPolicyInput{PolicySourceArn: &arn, ActionNames: test.actions, ResourceArns: test.resources, ContextEntries: test.context})
			must(t, err)
			if reading(got.EvaluationResults) != test.want {
				t.Errorf("got  %s\nwant %s", reading(got.EvaluationResults), test.want)
			}
		})
	}
}

func TestSimulateOnePolicyOnOneLine(t *testing.T) {
	// The place is as in AWS's own example: the 38th column.
	out, err := iamFor(t, customer()).SimulateCustomPolicy(t.Context(), &iam.SimulateCustomPolicyInput{
		PolicyInputList: []string{policyOf("Allow", "s3:GetObject", "*"), `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`},
		ActionNames:     []string{"s3:GetObject"},
	})
	must(t, err)
	equal(t, reading(out.EvaluationResults), "s3:GetObject on *: allowed PolicyInputList.1@1:38-1:95 PolicyInputList.2@1:37-1:86")
	equal(t, aws.ToString((*string)(&out.EvaluationResults[0].MatchedStatements[0].SourcePolicyType)), "IAM Policy")
}

func TestSimulateBoundary(t *testing.T) {
	c, ctx := iamFor(t, customer()), t.Context()
	name, arn := newRole(t, everything)
	simulate := func(boundaries ...string) string {
		out, err := c.SimulatePrincipalPolicy(ctx, &iam.SimulatePrincipalPolicyInput{
			PolicySourceArn: &arn, ActionNames: []string{"s3:PutObject", "s3:GetObject"}, ResourceArns: []string{"arn:aws:s3:::b/k"}, PermissionsBoundaryPolicyInputList: boundaries,
		})
		if err != nil {
			return outcome(err)
		}
		var all []string
		for _, r := range out.EvaluationResults {
			line := string(r.EvalDecision)
			if d := r.PermissionsBoundaryDecisionDetail; d != nil {
				line += fmt.Sprint(" ", d.AllowedByPermissionsBoundary)
			}
			if d := r.ResourceSpecificResults[0].PermissionsBoundaryDecisionDetail; (d == nil) != (r.PermissionsBoundaryDecisionDetail == nil) {
				line += " but not for the resource"
			}
			all = append(all, line)
		}
		return strings.Join(all, ", ")
	}
	equal(t, simulate(), "allowed, allowed")
	equal(t, simulate(policyOf("Allow", "s3:GetObject", "*")), "implicitDeny false, allowed true")
	boundary := newManagedPolicy(t, policyOf("Allow", "s3:PutObject", "*"))
	must(t, second(c.PutRolePermissionsBoundary(ctx, &iam.PutRolePermissionsBoundaryInput{RoleName: &name, PermissionsBoundary: &boundary})))
	equal(t, simulate(), "allowed true, implicitDeny false")
	equal(t, simulate(policyOf("Deny", "s3:GetObject", "*")), "implicitDeny false, explicitDeny false")
	equal(t, simulate(everything, everything), "400 InvalidInput")
}

func TestSimulateResourcePolicy(t *testing.T) {
	user := newUserNamed(t, policyOf("Allow", "s3:GetObject", "*"))
	simulate := func(in iam.SimulateCustomPolicyInput) string {
		in.PolicyInputList, in.ActionNames, in.ResourceArns = []string{policyOf("Allow", "s3:GetObject", "*")}, []string{"s3:GetObject", "s3:PutObject"}, []string{"arn:aws:s3:::b/k"}
		out, err := iamFor(t, customer()).SimulateCustomPolicy(t.Context(), &in)
		if err != nil {
			return outcome(err)
		}
		return fmt.Sprint(out.EvaluationResults[0].EvalDecision, " ", out.EvaluationResults[1].EvalDecision)
	}
	grant := func(effect, action string) *string {
		return aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"` + effect + `","Principal":{"AWS":"` + user + `"},"Action":"` + action + `","Resource":"arn:aws:s3:::b/*"}]}`)
	}
	other := aws.String("arn:aws:iam::" + identity.OtherAccount + ":root")
	equal(t, simulate(iam.SimulateCustomPolicyInput{ResourcePolicy: grant("Allow", "s3:PutObject"), CallerArn: &user}), "allowed allowed")
	equal(t, simulate(iam.SimulateCustomPolicyInput{ResourcePolicy: grant("Deny", "s3:GetObject"), CallerArn: &user}), "explicitDeny implicitDeny")
	equal(t, simulate(iam.SimulateCustomPolicyInput{ResourcePolicy: grant("Allow", "s3:PutObject"), CallerArn: &user, ResourceOwner: other}), "implicitDeny implicitDeny")
	equal(t, simulate(iam.SimulateCustomPolicyInput{ResourcePolicy: grant("Allow", "s3:*"), CallerArn: &user, ResourceOwner: other}), "allowed implicitDeny")
	equal(t, simulate(iam.SimulateCustomPolicyInput{ResourcePolicy: grant("Allow", "s3:*")}), "400 InvalidInput")
	equal(t, simulate(iam.SimulateCustomPolicyInput{ResourcePolicy: grant("Allow", "s3:*"), CallerArn: aws.String(customerARN + ":role/r")}), "400 InvalidInput")
	equal(t, simulate(iam.SimulateCustomPolicyInput{ResourcePolicy: aws.String("{"), CallerArn: &user}), "400 InvalidInput")
	equal(t, simulate(iam.SimulateCustomPolicyInput{ResourceOwner: aws.String(identity.OtherAccount)}), "400 InvalidInput")
}

// TestSimulateNamesTheCallersStatements has a statement about somebody else in
// the policy of the bucket.
func TestSimulateNamesTheCallersStatements(t *testing.T) {
	user := newUserNamed(t, "")
	statement := func(principal string) string {
		return `{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`
	}
	before := `{"Version":"2012-10-17","Statement":[` + statement(identity.VoiceBaseARN) + `,`
	out, err := iamFor(t, customer()).SimulateCustomPolicy(t.Context(), &iam.SimulateCustomPolicyInput{
		PolicyInputList: []string{policyOf("Allow", "s3:PutObject", "*")}, ActionNames: []string{"s3:GetObject"}, ResourceArns: []string{"arn:aws:s3:::b/k"},
		CallerArn: &user, ResourcePolicy: aws.String(before + statement(user) + `]}`),
	})
	must(t, err)
	matched := out.EvaluationResults[0].ResourceSpecificResults[0].MatchedStatements
	if len(matched) != 1 || string(matched[0].SourcePolicyType) != "Resource Policy" || int(matched[0].StartPosition.Column) != len(before)+1 {
		t.Errorf("matched %+v", matched)
	}
}

func TestSimulateErrors(t *testing.T) {
	ctx, admin := t.Context(), iamFor(t, customer())
	_, arn := newRole(t, everything)
	for name, test := range map[string]struct {
		client *iam.Client
		edit   func(*iam.SimulatePrincipalPolicyInput)
		want   string
	}{
		"right": {admin, func(*iam.SimulatePrincipalPolicyInput) {}, "ok"},
		"no such role": {admin, func(in *iam.SimulatePrincipalPolicyInput) {
			in.PolicySourceArn = aws.String(customerARN + ":role/none")
		}, "404 NoSuchEntity"},
		"a session": {admin, func(in *iam.SimulatePrincipalPolicyInput) {
			in.PolicySourceArn = aws.String("arn:aws:sts::000000000000:assumed-role/r/s")
		}, "400 InvalidInput"},
		"no ARN": {admin, func(in *iam.SimulatePrincipalPolicyInput) { in.PolicySourceArn = aws.String("some-role-by-its-name") }, "400 InvalidInput"},
		"another account's": {admin, func(in *iam.SimulatePrincipalPolicyInput) {
			in.PolicySourceArn = aws.String("arn:aws:iam::444455556666:role/r")
		}, "404 NoSuchEntity"},
		"no action":   {admin, func(in *iam.SimulatePrincipalPolicyInput) { in.ActionNames = []string{} }, "400 ValidationError"},
		"no service":  {admin, func(in *iam.SimulatePrincipalPolicyInput) { in.ActionNames = []string{"PutObject"} }, "400 InvalidInput"},
		"no resource": {admin, func(in *iam.SimulatePrincipalPolicyInput) { in.ResourceArns = []string{"bucket/key"} }, "400 InvalidInput"},
		"no policy":   {admin, func(in *iam.SimulatePrincipalPolicyInput) { in.PolicyInputList = []string{"{"} }, "400 InvalidInput"},
		"no type": {admin, func(in *iam.SimulatePrincipalPolicyInput) {
			in.ContextEntries = []types.ContextEntry{{ContextKeyName: aws.String("aws:x"), ContextKeyType: "text", ContextKeyValues: []string{"v"}}}
		}, "400 ValidationError"},
		"two values of one": {admin, func(in *iam.SimulatePrincipalPolicyInput) {
			in.ContextEntries = []types.ContextEntry{{ContextKeyName: aws.String("aws:x"), ContextKeyType: types.ContextKeyTypeEnumString, ContextKeyValues: []string{"v", "w"}}}
		}, "400 InvalidInput"},
		"may not":   {iamFor(t, newSession(t, everything)), func(*iam.SimulatePrincipalPolicyInput) {}, "403 AccessDenied"},
		"may":       {iamFor(t, newSession(t, policyOf("Allow", "iam:SimulatePrincipalPolicy", arn))), func(*iam.SimulatePrincipalPolicyInput) {}, "ok"},
		"VoiceBase": {iamFor(t, voicebase()), func(*iam.SimulatePrincipalPolicyInput) {}, "403 AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			in := &iam.SimulatePrincipalPolicyInput{PolicySourceArn: &arn, ActionNames: []string{"s3:PutObject"}}
			test.edit(in)
			expect(t, second(test.client.SimulatePrincipalPolicy(ctx, in)), test.want)
		})
	}
}

func TestSimulatePages(t *testing.T) {
	_, arn := newRole(t, everything)
	pages := iam.NewSimulatePrincipalPolicyPaginator(iamFor(t, customer()), &iam.SimulatePrincipalPolicyInput{
		PolicySourceArn: &arn, ActionNames: []string{"s3:a", "s3:b", "s3:c"}, MaxItems: aws.Int32(2),
	})
	var sizes []int
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		must(t, err)
		sizes = append(sizes, len(page.EvaluationResults))
	}
	equal(t, sizes, []int{2, 1})
}

// TestSessionsObeyTheSimulator simulates uploads and does them.
func TestSessionsObeyTheSimulator(t *testing.T) {
	ctx := t.Context()
	mine, theirs := newBucket(t), newOtherBucket(t)
	policy := func(condition string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*","Condition":{` + condition + `}},{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::*/secret/*"}]}`
	}
	own := policy(`"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}`)
	for name, test := range map[string]struct {
		policy, bucket, owner, key, want string
	}{
		"own bucket":          {own, mine, identity.CustomerAccount, "k", "allowed"},
		"a stranger's":        {own, theirs, identity.OtherAccount, "k", "implicitDeny"},
		"the stranger's, too": {policy(`"StringEquals":{"aws:ResourceAccount":"` + identity.OtherAccount + `"}`), theirs, identity.OtherAccount, "k", "allowed"},
		"under a deny":        {own, mine, identity.CustomerAccount, "secret/k", "explicitDeny"},
		"secure":              {policy(`"Bool":{"aws:SecureTransport":"true"},"NumericGreaterThanEquals":{"s3:TlsVersion":"1.2"}`), mine, identity.CustomerAccount, "k", "allowed"},
		"newer TLS":           {policy(`"NumericGreaterThanEquals":{"s3:TlsVersion":"1.4"}`), mine, identity.CustomerAccount, "k", "implicitDeny"},
	} {
		t.Run(name, func(t *testing.T) {
			_, arn := newRole(t, test.policy)
			out, err := iamFor(t, customer()).SimulatePrincipalPolicy(ctx, &iam.SimulatePrincipalPolicyInput{
				PolicySourceArn: &arn, ActionNames: []string{"s3:PutObject"}, ResourceArns: []string{"arn:aws:s3:::" + test.bucket + "/" + test.key},
				ContextEntries: []types.ContextEntry{
					entry("aws:ResourceAccount", test.owner), entry("aws:PrincipalAccount", identity.CustomerAccount), entry("aws:SecureTransport", "true"), entry("s3:TlsVersion", "1.3"),
				},
			})
			must(t, err)
			equal(t, string(out.EvaluationResults[0].EvalDecision), test.want)
			session, err := assume(ctx, stsFor(t, voicebase()), arn, rightID)
			must(t, err)
			want := map[string]string{"allowed": "ok"}[test.want]
			if want == "" {
				want = "403 AccessDenied"
			}
			expect(t, putObject(ctx, s3For(t, session, "us-east-1"), test.bucket, test.key), want)
		})
	}
}

// newUserNamed makes a user with a policy and returns its ARN.
func newUserNamed(t *testing.T, policy string) string {
	t.Helper()
	return callerARN(t.Context(), t, newUser(t, policy))
}

func callerARN(ctx context.Context, t *testing.T, w who) string {
	t.Helper()
	out, err := stsFor(t, w).GetCallerIdentity(ctx, nil)
	must(t, err)
	return *out.Arn
}
