package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

// troubled is the example that the third part breaks.
const troubled = "checked-delivery"

// trouble is one thing that goes wrong: done behind Terraform's back, or by a variable.
type trouble struct {
	title  string
	breaks func(context.Context, *demo, *broken) error
	vars   []string
	// finding is the check's name for it.
	finding string
	// arrives is set where deliveries work all the same, and something else is wrong.
	arrives bool
}

// broken is what is broken.
type broken struct{ bucket, role, roleARN string }

func (b broken) objects() string { return "arn:aws:s3:::" + b.bucket + "/*" }

var troubles = []trouble{
	{title: "Someone removes the external ID's condition from the role's trust", breaks: loseExternalID, finding: "role_external_id", arrives: true},
	{title: "The role may write to another folder than prepend_folder", vars: []string{"role_folder=calls"}, finding: "role_can_write"},
	{title: "The bucket policy requires an encryption header", breaks: denyUnencrypted, finding: "bucket_policy_allows"},
	{title: "The role gets a permissions boundary", breaks: bound, finding: "role_can_write"},
	{title: "The principal in the trust policy was deleted", breaks: killPrincipal, finding: "role_trusts_voicebase"},
	{title: "The bucket is in another region than the callback's URL", vars: []string{"bucket_region=eu-west-1"}, finding: "bucket_region"},
}

// troubles shows what goes wrong and how users learn of it: each trouble is made, found by the check and fixed by
// terraform apply, and the next delivery arrives.
func (d *demo) troubles(ctx context.Context) (err error) {
	d.report.title("Failures that the check finds: examples/%s", troubled)
	e, err := d.workspace.example(troubled, d.cli, d.aws, "force_destroy=true")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.leave()) }()
	if err := errors.Join(e.init(ctx), e.apply(ctx)); err != nil {
		return err
	}
	for i, trouble := range troubles {
		d.report.note("%d. %s", i+1, trouble.title)
		if err := d.trouble(ctx, e, trouble); err != nil {
			return err
		}
		d.report.note("")
	}
	return d.end(ctx, e)
}

func (d *demo) trouble(ctx context.Context, e *example, t trouble) error {
	if err := d.makeTrouble(ctx, e, t); err != nil {
		return err
	}
	findings, err := e.findings(ctx)
	if err != nil {
		return err
	}
	for _, finding := range findings {
		d.report.note("   %s", finding)
	}
	found := len(findings) == 1 && strings.Contains(findings[0], " "+t.finding+": ")
	broken, err := d.tryDelivery(ctx, e)
	if err != nil {
		return err
	}
	if err := e.apply(ctx); err != nil {
		return err
	}
	fixed, err := d.tryDelivery(ctx, e)
	if err != nil {
		return err
	}
	left, err := e.findings(ctx)
	if err != nil {
		return err
	}
	d.report.table([][]string{
		{"the check reports this and nothing else", d.report.verdict(found)},
		{"a delivery gets " + broken.Answer(), d.report.verdict(broken.Delivered() == t.arrives)},
		{"after terraform apply, a delivery gets " + fixed.Answer(), d.report.verdict(fixed.Delivered() && len(left) == 0)},
	})
	return nil
}

// makeTrouble leaves the check's findings in the outputs.
func (d *demo) makeTrouble(ctx context.Context, e *example, t trouble) error {
	if t.breaks == nil {
		return e.with(t.vars...).apply(ctx)
	}
	role, err := e.output(ctx, "role_arn")
	if err != nil {
		return err
	}
	bucket, err := e.output(ctx, "bucket")
	if err != nil {
		return err
	}
	if err := e.later(); err != nil {
		return err
	}
	if err := t.breaks(ctx, d, &broken{bucket: bucket, roleARN: role, role: role[strings.LastIndex(role, "/")+1:]}); err != nil {
		return err
	}
	_, err = e.run(ctx, e.withVars("apply", "-refresh-only", "-auto-approve", "-no-color", e.state())...)
	return err
}

// tryDelivery has VoiceBase deliver what the example's callback_json says.
func (d *demo) tryDelivery(ctx context.Context, e *example) (standin.Attempt, error) {
	configuration, err := e.output(ctx, "callback_json")
	if err != nil {
		return standin.Attempt{}, err
	}
	voicebase := standin.New(sts.NewFromConfig(d.aws.config(d.aws.VoiceBase)), d.aws.transport, organizationID)
	attempts, err := voicebase.Deliver(ctx, []byte(configuration), mediaID)
	if err != nil {
		return standin.Attempt{}, err
	}
	return attempts[0], nil
}

// findings are the example's.
func (e *example) findings(ctx context.Context) ([]string, error) {
	out, err := e.run(ctx, "output", "-json", "-no-color", e.state(), "findings")
	if err != nil {
		return nil, err
	}
	var findings []string
	return findings, json.Unmarshal([]byte(out), &findings)
}

// with is the example with further variables.
func (e *example) with(vars ...string) *example {
	other := *e
	other.vars = append([]string{}, e.vars...)
	for _, v := range vars {
		other.vars = append(other.vars, "-var="+v)
	}
	return &other
}

// later makes the state look as if it had been applied some time ago. What the provider finds changed right after its
// own write, it takes for AWS's delay and asks for again, for two minutes.
func (e *example) later() error {
	text, err := os.ReadFile(e.statePath())
	if err != nil {
		return err
	}
	var state map[string]any
	if err := json.Unmarshal(text, &state); err != nil {
		return err
	}
	resources, _ := state["resources"].([]any)
	for _, resource := range resources {
		fields, _ := resource.(map[string]any)
		instances, _ := fields["instances"].([]any)
		for _, instance := range instances {
			if values, ok := instance.(map[string]any); ok {
				delete(values, "private") // where the time of the last write is
			}
		}
	}
	if text, err = json.Marshal(state); err != nil {
		return err
	}
	return os.WriteFile(e.statePath(), text, 0o600)
}

func (d *demo) customerIAM() *iam.Client { return iam.NewFromConfig(d.aws.config(d.aws.Customer)) }

func loseExternalID(ctx context.Context, d *demo, b *broken) error {
	return d.retrust(ctx, b, d.aws.VoiceBase.ARN)
}

// retrust replaces the role's trust policy by one without a condition.
func (d *demo) retrust(ctx context.Context, b *broken, principal string) error {
	trust := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":%q},"Action":"sts:AssumeRole"}]}`, principal)
	_, err := d.customerIAM().UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &b.role, PolicyDocument: &trust})
	return err
}

func denyUnencrypted(ctx context.Context, d *demo, b *broken) error {
	client := s3.NewFromConfig(d.aws.config(d.aws.Customer))
	now, err := client.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &b.bucket})
	if err != nil {
		return err
	}
	policy := strings.Replace(aws.ToString(now.Policy), `"Statement":[`, fmt.Sprintf(
		`"Statement":[{"Sid":"DenyUnencryptedUploads","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":%q,"Condition":{"Null":{"s3:x-amz-server-side-encryption":"true"}}},`, b.objects()), 1)
	_, err = client.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &b.bucket, Policy: &policy})
	return err
}

func bound(ctx context.Context, d *demo, b *broken) error {
	_, err := d.customerIAM().PutRolePermissionsBoundary(ctx, &iam.PutRolePermissionsBoundaryInput{
		RoleName: &b.role, PermissionsBoundary: aws.String("arn:aws:iam::aws:policy/IAMReadOnlyAccess"),
	})
	return err
}

// killPrincipal has the role trust another one, which is deleted: IAM then shows its unique ID.
func killPrincipal(ctx context.Context, d *demo, b *broken) error {
	client, name := d.customerIAM(), aws.String("old-voicebase")
	principal, err := client.CreateRole(ctx, &iam.CreateRoleInput{RoleName: name, AssumeRolePolicyDocument: aws.String(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}`)})
	if err != nil {
		return err
	}
	if err := d.retrust(ctx, b, aws.ToString(principal.Role.Arn)); err != nil {
		return err
	}
	_, err = client.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: name})
	return err
}
