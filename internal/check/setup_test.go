package check_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

const (
	keyARN      = "arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555"
	otherKeyARN = "arn:aws:kms:us-east-1:000000000000:key/99999999-2222-3333-4444-555555555555"
	region      = "us-east-1"
	prefix      = "voicebase/"
)

// delivery is a bucket and a role that were made without the provider, whose every finding passes at first.
type delivery struct {
	t                    *testing.T
	aws                  *acctest.AWS
	bucket, role, region string
}

func newDelivery(t *testing.T, a *acctest.AWS, region string) *delivery {
	t.Helper()
	d := &delivery{t: t, aws: a, bucket: a.Bucket(t, region), region: region, role: acctest.RandomName("acc-check-")}
	ctx := t.Context()
	client := a.S3(region)
	must(t)(client.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
		Bucket: &d.bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled},
	}))
	d.putBucketPolicy(d.tlsOnly())
	must(t)(a.IAM().CreateRole(ctx, &iam.CreateRoleInput{RoleName: &d.role, AssumeRolePolicyDocument: aws.String(d.trust())}))
	t.Cleanup(func() { d.deleteRole(context.WithoutCancel(ctx)) })
	d.putRolePolicy("delivery", d.allow("s3:PutObject", d.objects(prefix)))
	return d
}

func (d *delivery) deleteRole(ctx context.Context) {
	client := d.aws.IAM()
	policies, err := client.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: &d.role})
	if err != nil {
		return // gone already
	}
	for _, name := range policies.PolicyNames {
		_, _ = client.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &d.role, PolicyName: &name})
	}
	attached, err := client.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: &d.role})
	if err == nil {
		for _, policy := range attached.AttachedPolicies {
			_, _ = client.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: &d.role, PolicyArn: policy.PolicyArn})
		}
	}
	_, _ = client.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &d.role})
}

func (d *delivery) roleARN() string { return "arn:aws:iam::000000000000:role/" + d.role }

func (d *delivery) objects(prefix string) string {
	return "arn:aws:s3:::" + d.bucket + "/" + prefix + "*"
}

func (d *delivery) trust() string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":%q},"Action":"sts:AssumeRole",`+
		`"Condition":{"StringEquals":{"sts:ExternalId":%q}}}]}`, d.aws.VoiceBaseARN(), d.aws.ExternalID())
}

func (d *delivery) tlsStatement() string {
	return fmt.Sprintf(`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":%q,"Condition":{"Bool":{"aws:SecureTransport":"false"}}}`, d.objects(""))
}

func (d *delivery) tlsOnly() string {
	return `{"Version":"2012-10-17","Statement":[` + d.tlsStatement() + `]}`
}

// withStatement is the bucket's policy with a further statement.
func (d *delivery) withStatement(statement string) string {
	return `{"Version":"2012-10-17","Statement":[` + d.tlsStatement() + `,` + statement + `]}`
}

func (d *delivery) allow(action, resource string) string { return policyOf("Allow", action, resource) }

func policyOf(effect, action, resource string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":%q,"Action":%q,"Resource":%q}]}`, effect, action, resource)
}

func (d *delivery) putBucketPolicy(policy string) {
	d.t.Helper()
	must(d.t)(d.aws.S3(d.region).PutBucketPolicy(d.t.Context(), &s3.PutBucketPolicyInput{Bucket: &d.bucket, Policy: &policy}))
}

func (d *delivery) putRolePolicy(name, policy string) {
	d.t.Helper()
	must(d.t)(d.aws.IAM().PutRolePolicy(d.t.Context(), &iam.PutRolePolicyInput{RoleName: &d.role, PolicyName: &name, PolicyDocument: &policy}))
}

func (d *delivery) putTrust(policy string) {
	d.t.Helper()
	must(d.t)(d.aws.IAM().UpdateAssumeRolePolicy(d.t.Context(), &iam.UpdateAssumeRolePolicyInput{RoleName: &d.role, PolicyDocument: &policy}))
}

func (d *delivery) encrypt(key string) {
	d.t.Helper()
	must(d.t)(d.aws.S3(d.region).PutBucketEncryption(d.t.Context(), &s3.PutBucketEncryptionInput{
		Bucket: &d.bucket, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{{
			ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: optional(key)},
		}}},
	}))
}

// bound gives the role a permissions boundary.
func (d *delivery) bound(arn string) {
	d.t.Helper()
	must(d.t)(d.aws.IAM().PutRolePermissionsBoundary(d.t.Context(), &iam.PutRolePermissionsBoundaryInput{RoleName: &d.role, PermissionsBoundary: &arn}))
}

// arguments are those of the check of this delivery.
func (d *delivery) arguments() map[string]any {
	return map[string]any{"bucket": d.bucket, "role_arn": d.roleARN(), "key_prefix": prefix}
}

// presigned are the arguments without the role.
func (d *delivery) presigned() map[string]any {
	return map[string]any{"bucket": d.bucket, "key_prefix": prefix}
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// must fails the test with the error of the call that its result is called on.
func must(t *testing.T) func(_ any, err error) {
	t.Helper()
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// report is a check's result.
type report struct {
	passed   bool
	findings []readiness.Finding
}

func (r report) finding(name readiness.Name) readiness.Finding {
	for _, f := range r.findings {
		if f.Name == name {
			return f
		}
	}
	return readiness.Finding{}
}

// failed are the names of the findings that have not passed.
func (r report) failed() string {
	var names []string
	for _, f := range r.findings {
		if !f.Passed {
			names = append(names, string(f.Name))
		}
	}
	return strings.Join(names, " ")
}

func (r report) String() string {
	var b strings.Builder
	for _, f := range r.findings {
		if !f.Passed {
			fmt.Fprintf(&b, "\n  %s %s: %s", f.Severity, f.Name, f.Detail)
		}
	}
	return b.String()
}

func check(t *testing.T, server acctest.Server, arguments map[string]any) report {
	t.Helper()
	attributes, problems := server.Read(t, "voicebase_delivery_check", arguments)
	if problems != "" {
		t.Fatal(problems)
	}
	var r report
	var list []tftypes.Value
	for _, err := range []error{attributes["passed"].As(&r.passed), attributes["findings"].As(&list)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, value := range list {
		r.findings = append(r.findings, findingOf(t, value))
	}
	return r
}

func findingOf(t *testing.T, value tftypes.Value) readiness.Finding {
	t.Helper()
	fields := map[string]tftypes.Value{}
	if err := value.As(&fields); err != nil {
		t.Fatal(err)
	}
	text := func(name string) string {
		var s *string
		if err := fields[name].As(&s); err != nil {
			t.Fatal(err)
		}
		return aws.ToString(s)
	}
	f := readiness.Finding{Name: readiness.Name(text("name")), Severity: readiness.Severity(text("severity")), Detail: text("detail"), Remedy: text("remedy")}
	if err := fields["passed"].As(&f.Passed); err != nil {
		t.Fatal(err)
	}
	return f
}

// decode undoes IAM's percent-encoding of a document.
func decode(t *testing.T, document string) string {
	t.Helper()
	text, err := url.PathUnescape(document)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
