package acctest_test

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// exception says what is special about trying a section. Without one, a section that says which providers are required
// is pasted alone, and another one below the first such section of its page; its shell commands are run there.
type exception struct {
	// base is the guide to whose first whole configuration the section is added.
	base string
	// validated is why the section is validated and not applied.
	validated string
	// unsettled is why a plan after the apply has something to do.
	unsettled string
	// minor is the first version of Terraform, 1.minor, that can run it. OpenTofu cannot.
	minor int
	// by is the test that takes the section's blocks instead, and how many there are.
	by    func(*testing.T)
	count int
	// untried is why blocks of a language are not run.
	untried map[string]string
}

// exceptions are by page and section.
var exceptions = map[string]map[string]exception{
	"README.md": {
		"":                      {untried: map[string]string{"mermaid": "a picture"}},
		"Quick start":           {by: TestAccQuickStart, count: 4},
		"Which approach to use": {by: TestREADME_boto3, count: 1},
	},
	guidePath("authentication.md"): {
		"Web identity": {validated: "its token is a CI system's"},
	},
	guidePath("before-the-first-call.md"): {
		"A check block":   {base: "role-delivery.md", unsettled: "each apply reads again what is in a check block"},
		"A test delivery": {base: "role-delivery.md", minor: 14},
		"The first call":  {base: "role-delivery.md"},
	},
	guidePath("consuming-deliveries.md"): {
		"EventBridge and Lambda":    {validated: "the local AWS has no EventBridge and no Lambda"},
		"EventBridge and SQS":       {validated: "the local AWS has no EventBridge and no SQS"},
		"Your own S3 notifications": {validated: "the local AWS has no SQS"},
		"Athena":                    {validated: "the local AWS has no Glue"},
		"KMS":                       {validated: "the local AWS has no KMS"},
		"Snowflake":                 {untried: map[string]string{"sql": "there is no Snowflake"}},
	},
	guidePath("migration.md"): {
		"From VoiceBase's page": {by: TestAccMigration_page, count: 3},
		"From hashicorp/aws":    {by: TestAccMigration_aws, count: 2},
		"From CloudFormation":   {by: TestAccMigration_cloudFormation, count: 2}, // It makes what the template would.
		"Find what you have":    {by: TestAccMigration_latest, count: 1},
	},
	guidePath("permissions.md"): { // The packages provider and check work with the first policy.
		"":    {by: TestPages_permissions, count: 1},
		"KMS": {by: TestPages_permissions, count: 1},
	},
	guidePath("testing.md"): {
		"The test": {by: TestAccPages_mocked, count: 2},
	},
	guidePath("voicebase-reference.md"): {
		"Instances":       {base: "tenants-regions-accounts.md"},
		"Keys of results": {base: "role-delivery.md"},
	},
}

// trial is a section with the configuration that it makes.
type trial struct {
	section
	exception
	configuration string
}

var ofAWS = regexp.MustCompile(`(?m)^(?:resource|data) "aws_`)

// runs reports whether the section has something to run that no other test takes.
func (o trial) runs() bool { return o.by == nil && o.hcl()+o.of("shell") != "" }

// besideAWS reports whether the configuration needs hashicorp/aws.
func (o trial) besideAWS() bool { return ofAWS.MatchString(o.configuration) }

var (
	initializes = regexp.MustCompile(`(?m)^terraform init$`)
	applies     = regexp.MustCompile(`(?m)^(?:\w+=\S+ )*terraform apply$`)
)

// terminal stands for the programs that the pages call and the test does not: it runs none of them.
const terminal = "aws() { echo \"aws $*\"; }\ncurl() { echo \"curl $*\"; }\n"

// run tries a section with the CLI that the tests run with, or with the one that choose takes.
func (o trial) run(t *testing.T, a *acctest.AWS, choose func(*acctest.CLI, *testing.T)) {
	t.Helper()
	code := o.configuration
	if o.besideAWS() && !strings.Contains(code, "\nprovider \"aws\"") {
		code += "\n" + awsBeside
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "main.tf"), localized(a, code))
	cli := acctest.NewCLIIn(t, dir)
	if choose != nil {
		choose(cli, t)
	}
	if o.minor > 0 {
		cli.RequireMinor(t, o.minor, o.title)
	}
	customer(cli, a)
	profiles(t, a, cli)
	if o.besideAWS() {
		cli.BesideAWS(t)
	}
	if o.validated != "" {
		cli.Run(t, "validate", "-no-color")
		t.Logf("validated, not applied: %s", o.validated)
		return
	}
	commands := localized(a, o.of("shell"))
	if !applies.MatchString(commands) {
		cli.Run(t, "apply", "-auto-approve", "-no-color")
	}
	if commands != "" {
		if initializes.MatchString(commands) {
			cli.Mirror(t, nil)
		}
		cli.Setenv("TF_CLI_ARGS_apply", "-auto-approve")
		cli.Setenv("TOKEN", "a-token")
		cli.Shell(t, terminal+commands)
	}
	if choose == nil && o.unsettled == "" {
		cli.Run(t, "plan", "-no-color", "-detailed-exitcode")
	}
	if strings.Contains(code, "output \"callback_json\"") {
		if out := cli.Run(t, "output", "-json"); !strings.Contains(out, `\"callbacks\"`) {
			t.Errorf("no output is the callback configuration: %s", out)
		}
	}
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

// ownProvider is the page's first provider block, which a section's own replaces.
var ownProvider = regexp.MustCompile(`(?ms)^provider "voicebase" \{\n(?:  [^\n]*\n|\n)*\}\n`)

// join adds a section to a whole configuration.
func join(whole, part string) string {
	if configuresProvider(part) {
		whole = ownProvider.ReplaceAllString(whole, "")
	}
	return whole + "\n" + part
}

// configuresProvider reports a provider block without an alias.
func configuresProvider(code string) bool {
	return slices.ContainsFunc(ownProvider.FindAllString(code, -1), func(block string) bool { return !strings.Contains(block, "\n  alias ") })
}

// localized replaces the pages' principals, accounts and keys by those of the local AWS.
func localized(a *acctest.AWS, code string) string {
	accessKey, secretKey := a.CustomerKeys()
	return strings.NewReplacer(
		guideVoiceBase, a.VoiceBaseARN(), "123456789012", a.CustomerAccountID(), "210987654321", a.OtherAccountID(),
		"AKIAIOSFODNN7EXAMPLE", accessKey, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", secretKey,
	).Replace(code)
}

// profiles gives a CLI the shared credentials file of which the guides speak.
func profiles(t *testing.T, a *acctest.AWS, cli *acctest.CLI) {
	t.Helper()
	accessKey, secretKey := a.CustomerKeys()
	file := filepath.Join(t.TempDir(), "credentials")
	write(t, file, "[acme-production]\naws_access_key_id = "+accessKey+"\naws_secret_access_key = "+secretKey+"\n")
	cli.Setenv("AWS_SHARED_CREDENTIALS_FILE", file)
}

// elsewhere makes the roles of the guides, in both accounts, for Terraform to assume.
func elsewhere(t *testing.T, a *acctest.AWS) {
	t.Helper()
	name, policy := "terraform", "arn:aws:iam::aws:policy/AdministratorAccess"
	trust := `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + a.CustomerAccountID() + `:root"},"Action":"sts:AssumeRole"}}`
	for _, client := range []*iam.Client{a.IAM(), a.OtherIAM()} {
		if _, err := client.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust}); err != nil {
			t.Fatal(err)
		}
		if _, err := client.AttachRolePolicy(t.Context(), &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: aws.String(policy)}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			ctx := context.Background() // The test's own is over by now.
			_, _ = client.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: &name, PolicyArn: aws.String(policy)})
			_, _ = client.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})
		})
	}
}
