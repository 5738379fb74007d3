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

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// additive are the guides whose sections add to the page's first configuration.
var additive = []string{"authentication.md", "consuming-deliveries.md", "tenants-regions-accounts.md"}

// onlyValidated are the sections that cannot be applied on the local AWS, and why.
var onlyValidated = map[string]string{
	"Web identity":                 "its token is a CI system's",
	"EventBridge and Lambda":       "the local AWS has no EventBridge and no Lambda",
	"EventBridge and SQS":          "the local AWS has no EventBridge and no SQS",
	"S3 notifications of your own": "the local AWS has no SQS",
	"Athena":                       "the local AWS has no Glue",
	"KMS":                          "the local AWS has no KMS",
}

// awsSettings are what hashicorp/aws needs for the local AWS, which its environment does not say.
const awsSettings = "provider \"aws\" {\n  s3_use_path_style           = true\n  skip_credentials_validation = true\n  skip_requesting_account_id  = true\n}\n"

// ownProvider is the page's first provider block, which a section's own replaces.
var ownProvider = regexp.MustCompile(`(?ms)^provider "voicebase" \{\n(?:  [^\n]*\n|\n)*\}\n`)

var ofAWS = regexp.MustCompile(`(?m)^(?:resource|data) "aws_`)

// configuresProvider reports a provider block without an alias.
func configuresProvider(code string) bool {
	return slices.ContainsFunc(ownProvider.FindAllString(code, -1), func(block string) bool { return !strings.Contains(block, "\n  alias ") })
}

// TestAccPages_added adds each section of these guides to the page's first configuration, one after the other, and
// applies what comes out.
func TestAccPages_added(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	elsewhere(t, a)
	for _, page := range additive {
		text := read(t, filepath.Join(repository(t), "docs", "guides", page))
		whole, parts := configurations(text)
		if len(whole) == 0 || len(parts) == 0 {
			t.Errorf("%s has nothing to add", page)
			continue
		}
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			for _, part := range parts {
				t.Run(part.title, func(t *testing.T) { added(t, a, whole[0].code, part) })
			}
		})
	}
}

func added(t *testing.T, a *acctest.AWS, first string, part section) {
	t.Helper()
	if configuresProvider(part.code) {
		first = ownProvider.ReplaceAllString(first, "")
	}
	code := first + "\n" + part.code
	if ofAWS.MatchString(code) && !strings.Contains(code, "\nprovider \"aws\"") {
		code += "\n" + awsSettings
	}
	code = localized(a, code)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "main.tf"), code)
	cli := acctest.NewCLIIn(t, dir)
	customer(cli, a)
	profiles(t, a, cli)
	if ofAWS.MatchString(code) {
		cli.BesideAWS(t)
	}
	cli.Run(t, "validate", "-no-color")
	if reason := onlyValidated[part.title]; reason != "" {
		t.Logf("validated, not applied: %s", reason)
		return
	}
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	cli.Run(t, "plan", "-no-color", "-detailed-exitcode")
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
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

// TestPages_validatedOnly holds that no section is named for nothing in onlyValidated.
func TestPages_validatedOnly(t *testing.T) {
	titles := map[string]bool{}
	for _, page := range additive {
		text, err := os.ReadFile(filepath.Join(repository(t), "docs", "guides", page))
		if err != nil {
			t.Fatal(err)
		}
		_, parts := configurations(string(text))
		for _, part := range parts {
			titles[part.title] = true
		}
	}
	for title := range onlyValidated {
		if !titles[title] {
			t.Errorf("no guide has a section %q with code", title)
		}
	}
}
