package acctest_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// The names in the migration guide.
const (
	guideBucket    = "acme-voicebase-results"
	guideRole      = "s3-delivery-role"
	guideVoiceBase = "arn:aws:iam::111122223333:role/voicebase-delivery"
)

// migration returns the guide's configurations of one section, with the local AWS's VoiceBase in them.
func migration(t *testing.T, a *acctest.AWS, title string) []string {
	t.Helper()
	var blocks []string
	for _, section := range sections(t, guidePath("migration.md")) {
		for _, block := range section.blocks {
			if section.title == title && block.language == "terraform" {
				blocks = append(blocks, strings.ReplaceAll(block.code, guideVoiceBase, a.VoiceBaseARN()))
			}
		}
	}
	if blocks == nil {
		t.Fatalf("the guide has no configuration in a section %q", title)
	}
	return blocks
}

// configure puts a configuration in the place of the one that a folder has.
func configure(t *testing.T, cli *acctest.CLI, configuration string) {
	t.Helper()
	const required = "terraform {\n  required_providers {\n    voicebase = { source = \"voicebase/voicebase\" }\n  }\n}\n"
	if err := os.WriteFile(filepath.Join(cli.Dir, "main.tf"), []byte(required+configuration), 0o600); err != nil {
		t.Fatal(err)
	}
}

func statements(texts ...string) *string {
	document := `{"Version":"2012-10-17","Statement":[` + strings.Join(texts, ",") + `]}`
	return &document
}

// handMadeRole makes the role that VoiceBase's page describes.
func handMadeRole(t *testing.T, a *acctest.AWS, name, bucket string) {
	t.Helper()
	client, inline := a.IAM(), "s3-access"
	trust := statements(`{"Effect":"Allow","Principal":{"AWS":"` + a.VoiceBaseARN() + `"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + a.ExternalID() + `"}}}`)
	access := statements(`{"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject*","s3:PutObject*","s3:DeleteObject*"],"Resource":["arn:aws:s3:::` + bucket + `","arn:aws:s3:::` + bucket + `/*"]}`)
	if _, err := client.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: trust}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = client.DeleteRolePolicy(context.Background(), &iam.DeleteRolePolicyInput{RoleName: &name, PolicyName: &inline})
		_, _ = client.DeleteRole(context.Background(), &iam.DeleteRoleInput{RoleName: &name})
	})
	if _, err := client.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &inline, PolicyDocument: access}); err != nil {
		t.Fatal(err)
	}
}

// actions are what a plan does with each resource that it does not leave alone.
func actions(t *testing.T, planned acctest.Planned) map[string]string {
	t.Helper()
	if len(planned.Errors) > 0 {
		t.Fatal(strings.Join(planned.Errors, "\n"))
	}
	out := map[string]string{}
	for address, change := range planned.Resources {
		for _, action := range change.Actions {
			if action != "no-op" && action != "read" {
				out[address] += string(action)
			}
		}
	}
	return out
}

// TestAccMigration_page goes the guide's way from VoiceBase's page, in both steps, and to an empty plan.
func TestAccMigration_page(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	blocks := migration(t, a, "From VoiceBase's page")
	a.BucketNamed(t, "us-east-1", guideBucket)
	handMadeRole(t, a, guideRole, guideBucket)
	cli := acctest.NewCLI(t, blocks[0]+blocks[2])
	customer(cli, a)
	planned := cli.Plan(t)
	for address, done := range actions(t, planned) {
		if done != "update" {
			t.Errorf("%s: %s", address, done)
		}
	}
	if warnings := strings.Join(planned.Warnings, "\n"); !strings.Contains(warnings, "inline policy s3-access") {
		t.Errorf("the plan does not name the other policy: %s", warnings)
	}
	cli.Run(t, "apply", planned.Path)
	cli.Run(t, "plan", "-detailed-exitcode")

	before, _, _ := strings.Cut(blocks[0], `resource "voicebase_delivery_role"`)
	configure(t, cli, before+blocks[1]+blocks[2])
	a.ResetCalls()
	cli.Run(t, "apply", "-auto-approve")
	if sent := a.Actions(); !slices.Contains(sent, "iam.DeleteRolePolicy") {
		t.Errorf("the old policy stays: %v", sent)
	}
	cli.Run(t, "plan", "-detailed-exitcode")
	cli.Run(t, "destroy", "-auto-approve")
}

// emptyPrefix is a line that OpenTofu generates, and that the guide says to delete.
var emptyPrefix = regexp.MustCompile(`(?m)^\s*(bucket|name)_prefix\s*= ""\n`)

// generate lets the CLI write the configuration of what is imported. What OpenTofu writes besides fails its plan, and is
// deleted as the guide says.
func generate(t *testing.T, cli *acctest.CLI) string {
	t.Helper()
	out, err := cli.Command(t, "plan", "-no-color", "-generate-config-out=generated.tf").CombinedOutput()
	path := filepath.Join(cli.Dir, "generated.tf")
	generated := read(t, path)
	if err != nil && !emptyPrefix.MatchString(generated) {
		t.Fatalf("%v\n%s", err, out)
	}
	generated = emptyPrefix.ReplaceAllString(generated, "")
	if err := os.WriteFile(path, []byte(generated), 0o600); err != nil {
		t.Fatal(err)
	}
	return generated
}

// TestAccMigration_generated goes the guide's ways by generated configuration: it is valid as it stands, for generated
// names too, and one apply leads to an empty plan.
func TestAccMigration_generated(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	imports := migration(t, a, "From CloudFormation")[0]
	names := map[string][2]string{
		"by hand":   {"acme-recordings", "VoiceBase_S3+delivery@acme"},
		"generated": {"voicebase-20260102030405000600000001", "voicebase-20260102030405000600000001"},
	}
	for label, name := range names {
		t.Run(label, func(t *testing.T) {
			imports := strings.NewReplacer("acme-stack-results-1a2b3c4d5e6f", name[0], "acme-stack-VoiceBaseRole-1A2B3C4D5E6F", name[1]).Replace(imports)
			a.BucketNamed(t, "us-east-1", name[0])
			handMadeRole(t, a, name[1], name[0])
			cli := acctest.NewCLI(t, imports)
			customer(cli, a)
			generated := generate(t, cli)
			cli.Run(t, "validate", "-no-color")
			planned := cli.Plan(t)
			done := actions(t, planned)
			if changed := acctest.Changed(planned.Resources["voicebase_delivery_role.voicebase"]); done["voicebase_delivery_role.voicebase"] != "update" || !slices.Equal(changed, []string{"permissions_policy"}) {
				t.Errorf("the role: %v %v\n%s", done, changed, generated)
			}
			if changed := acctest.Changed(planned.Resources["voicebase_delivery_bucket.results"]); slices.Contains(changed, "bucket") || done["voicebase_delivery_bucket.results"] != "update" {
				t.Errorf("the bucket: %v %v\n%s", done, changed, generated)
			}
			cli.Run(t, "apply", planned.Path)
			cli.Run(t, "plan", "-detailed-exitcode")
			// The policy made by hand keeps the role from being deleted.
			if err := iamrole.RemovePolicies(t.Context(), a.IAM(), name[1], []string{"s3-access"}); err != nil {
				t.Fatal(err)
			}
			cli.Run(t, "destroy", "-auto-approve")
		})
	}
}

// stack makes a bucket and a role as CloudFormation does: with its tags, and the permissions in a managed policy.
func stack(t *testing.T, a *acctest.AWS, bucket, role string) (policyARN string) {
	t.Helper()
	ctx, client, id := t.Context(), a.IAM(), "aws:cloudformation:stack-name"
	a.BucketNamed(t, "us-east-1", bucket)
	_, err := a.S3("us-east-1").PutBucketTagging(ctx, &s3.PutBucketTaggingInput{Bucket: &bucket, Tagging: &s3types.Tagging{TagSet: []s3types.Tag{
		{Key: &id, Value: aws.String("acme-stack")}, {Key: aws.String("Team"), Value: aws.String("speech")},
	}}}, acctest.AsCloudFormation)
	if err != nil {
		t.Fatal(err)
	}
	trust := statements(`{"Effect":"Allow","Principal":{"AWS":"` + a.VoiceBaseARN() + `"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + a.ExternalID() + `"}}}`)
	_, err = client.CreateRole(ctx, &iam.CreateRoleInput{
		RoleName: &role, AssumeRolePolicyDocument: trust, Tags: []iamtypes.Tag{{Key: &id, Value: aws.String("acme-stack")}},
	}, acctest.AsCloudFormationIAM)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = iamrole.Delete(context.Background(), client, role, true) })
	policy, err := client.CreatePolicy(ctx, &iam.CreatePolicyInput{
		PolicyName:     aws.String("acme-stack-VoiceBaseAccess-1A2B3C4D5E6F"),
		PolicyDocument: statements(`{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::` + bucket + `/voicebase/*"}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &role, PolicyArn: policy.Policy.Arn}); err != nil {
		t.Fatal(err)
	}
	return *policy.Policy.Arn
}

// TestAccMigration_cloudFormation goes the guide's way from a stack: the generated configuration has the prefix of the
// managed policy and none of CloudFormation's tags, which stay, and the managed policy goes when it is told to.
func TestAccMigration_cloudFormation(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	const bucket, role = "acme-stack-results-1a2b3c4d5e6f", "acme-stack-VoiceBaseRole-1A2B3C4D5E6F"
	policy := stack(t, a, bucket, role)
	cli := acctest.NewCLI(t, migration(t, a, "From CloudFormation")[0])
	customer(cli, a)
	generated, path := generate(t, cli), filepath.Join(cli.Dir, "generated.tf")
	if !strings.Contains(generated, `["voicebase/"]`) || strings.Contains(generated, "aws:cloudformation") || !strings.Contains(generated, "speech") {
		t.Errorf("generated:\n%s", generated)
	}
	planned := cli.Plan(t)
	done := actions(t, planned)
	if changed := acctest.Changed(planned.Resources["voicebase_delivery_role.voicebase"]); !slices.Equal(changed, []string{"permissions_policy"}) || len(done) != 2 {
		t.Errorf("%v, the role: %v", done, changed)
	}
	if warnings := strings.Join(planned.Warnings, "\n"); !strings.Contains(warnings, "managed policy "+policy) {
		t.Errorf("the plan does not name the managed policy: %s", warnings)
	}
	cli.Run(t, "apply", planned.Path)
	cli.Run(t, "plan", "-detailed-exitcode")

	changed := strings.ReplaceAll(regexp.MustCompile(`(exclusive_policies\s*=) false`).ReplaceAllString(generated, "$1 true"), `"speech"`, `"voice"`)
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	cli.Run(t, "plan", "-detailed-exitcode")
	tags, err := a.S3("us-east-1").GetBucketTagging(t.Context(), &s3.GetBucketTaggingInput{Bucket: aws.String(bucket)})
	if err != nil || len(tags.TagSet) != 2 {
		t.Errorf("the bucket has the tags %+v, %v", tags, err)
	}
	// Nothing is attached any more, so the policy can be deleted, and the role as well.
	if _, err := a.IAM().DeletePolicy(t.Context(), &iam.DeletePolicyInput{PolicyArn: &policy}); err != nil {
		t.Error(err)
	}
	cli.Run(t, "destroy", "-auto-approve")
}

// TestAccMigration_latest looks for what there is as the guide says.
func TestAccMigration_latest(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	a.BucketNamed(t, "us-east-1", guideBucket)
	handMadeRole(t, a, guideRole, guideBucket)
	cli := acctest.NewCLI(t, "provider \"voicebase\" {\n}\n")
	customer(cli, a)
	found := cli.Query(t, migration(t, a, "Find what you have")[0])
	for _, name := range []string{guideBucket, guideRole} {
		if _, ok := found.Found[name]; !ok || len(found.Errors) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}
