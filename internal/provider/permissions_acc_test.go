package provider_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// TestAccPermissions_documented works with the policy of the guide and nothing else: make, change, deliver and
// destroy with every argument.
func TestAccPermissions_documented(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	prefix := acctest.RandomName("acc-perm-") + "-"
	cli := acctest.NewCLI(t, withSession(t, a, documentedPolicy(t, prefix))+permissionsDelivery(prefix, `presigned_url_max_age = "24h"`))

	cli.Run(t, "apply", "-auto-approve", "-no-color")
	deliver(t, a, strings.TrimSpace(cli.Run(t, "output", "-raw", "url")))
	cli.Run(t, "apply", "-auto-approve", "-no-color", "-var", "changed=true")
	cli.Run(t, "plan", "-no-color", "-detailed-exitcode", "-var", "changed=true")
	cli.Run(t, "destroy", "-auto-approve", "-no-color", "-var", "changed=true")
}

// TestAccPermissions_refused is the control: without one of the actions it does not work, and the error says
// which call was refused.
func TestAccPermissions_refused(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	prefix := acctest.RandomName("acc-perm-") + "-"
	policy := strings.Replace(documentedPolicy(t, prefix), `"s3:PutBucketVersioning",`, "", 1)
	cli := acctest.NewCLI(t, withSession(t, a, policy)+permissionsDelivery(prefix, ""))

	out, err := cli.Command(t, "apply", "-auto-approve", "-no-color").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "PutBucketVersioning") || !strings.Contains(string(out), "AWS error code: AccessDenied") {
		t.Errorf("got %v:\n%s", err, out)
	}
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

// TestAccPermissions_tags creates buckets with tags where an organization demands them, and where credentials that are
// older than tags at the creation may only set them afterwards.
func TestAccPermissions_tags(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(policy string) string{
		"demanded": func(policy string) string {
			return strings.Replace(policy, `"Statement": [`, `"Statement": [
    {"Effect": "Deny", "Action": "s3:CreateBucket", "Resource": "*", "Condition": {"Null": {"aws:RequestTag/Changed": "true"}}},`, 1)
		},
		"old permissions": func(policy string) string {
			return strings.Replace(policy, ",\n        \"s3:TagResource\"", "", 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			prefix := acctest.RandomName("acc-perm-") + "-"
			policy := documentedPolicy(t, prefix)
			changed := change(policy)
			if changed == policy {
				t.Fatal("the policy is as it was")
			}
			cli := acctest.NewCLI(t, withSession(t, a, changed)+fmt.Sprintf(`
resource "voicebase_delivery_bucket" "results" {
  bucket = "%sresults"
  tags   = { Changed = "no" }
}
`, prefix))
			cli.Run(t, "apply", "-auto-approve", "-no-color")
			cli.Run(t, "plan", "-no-color", "-detailed-exitcode")
			cli.Run(t, "destroy", "-auto-approve", "-no-color")
		})
	}
}

// TestAccPermissions_import_latest imports and lists with the policy of the guide and nothing else.
func TestAccPermissions_import_latest(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	prefix := acctest.RandomName("acc-perm-") + "-"
	a.BucketNamed(t, "us-east-1", prefix+"results")
	provider := withSession(t, a, documentedPolicy(t, prefix))
	cli := acctest.NewCLI(t, provider)
	for _, kind := range []string{"bucket", "role"} {
		list := fmt.Sprintf("list \"voicebase_delivery_%[1]s\" \"all\" {\n  provider = voicebase\n}\n", kind)
		if queried := cli.Query(t, list); len(queried.Errors) > 0 || kind == "bucket" && len(queried.Found) == 0 {
			t.Errorf("%s: %+v", kind, queried)
		}
	}
	planned := acctest.NewCLI(t, provider+fmt.Sprintf("import {\n  to = voicebase_delivery_bucket.results\n  id = \"%[1]sresults\"\n}\n\n"+
		"resource \"voicebase_delivery_bucket\" \"results\" {\n  bucket = \"%[1]sresults\"\n}\n", prefix)).Plan(t)
	if len(planned.Errors) > 0 {
		t.Error(planned.Errors)
	}
}

var jsonBlock = regexp.MustCompile("(?s)```json\n(.*?)```")

// documentedPolicy is the guide's policy for the local account and the test's names.
func documentedPolicy(t *testing.T, prefix string) string {
	t.Helper()
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile(filepath.Join(root, "docs", "guides", "permissions.md"))
	if err != nil {
		t.Fatal(err)
	}
	block := jsonBlock.FindSubmatch(guide)
	if block == nil {
		t.Fatal("no policy in the guide")
	}
	return strings.NewReplacer("acme-voicebase-", prefix, "123456789012", "000000000000").Replace(string(block[1]))
}

// withSession is a provider block with the credentials of a role that has just this policy.
func withSession(t *testing.T, a *acctest.AWS, policy string) string {
	t.Helper()
	name := acctest.RandomName("acc-operator-")
	role, err := a.IAM().CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: aws.String(
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}}`)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.IAM().PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &name, PolicyDocument: &policy}); err != nil {
		t.Fatal(err)
	}
	session, err := a.STS().AssumeRole(t.Context(), &sts.AssumeRoleInput{RoleArn: role.Role.Arn, RoleSessionName: &name})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "credentials")
	content := fmt.Sprintf("[operator]\naws_access_key_id = %s\naws_secret_access_key = %s\naws_session_token = %s\n",
		*session.Credentials.AccessKeyId, *session.Credentials.SecretAccessKey, *session.Credentials.SessionToken)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return a.ProviderAs("operator", file)
}

func permissionsDelivery(prefix, bucketArguments string) string {
	return fmt.Sprintf(`
variable "changed" {
  default = false
}

resource "voicebase_delivery_bucket" "logs" {
  bucket        = "%[1]slogs"
  force_destroy = true
}

resource "voicebase_delivery_bucket" "results" {
  bucket                    = "%[1]sresults"
  force_destroy             = true
  versioning                = !var.changed
  eventbridge_notifications = !var.changed
  retention                 = { expire_after_days = var.changed ? 30 : 20 }
  access_logging            = var.changed ? null : { bucket = voicebase_delivery_bucket.logs.id }
  tags                      = { Changed = tostring(var.changed) }
  %[2]s
}

resource "voicebase_delivery_role" "voicebase" {
  name                  = "%[1]srole"
  description           = "changed: ${var.changed}"
  bucket_arn            = voicebase_delivery_bucket.results.arn
  key_prefixes          = var.changed ? ["voicebase/"] : ["other/"]
  external_id           = var.changed ? "changed" : "organization"
  permissions_boundary  = var.changed ? null : "arn:aws:iam::aws:policy/AdministratorAccess"
  force_detach_policies = true
  exclusive_policies    = true
  tags                  = var.changed ? {} : { Team = "speech" }
}

data "voicebase_presigned_callback_url" "analytics" {
  bucket = voicebase_delivery_bucket.results.id
  key    = "voicebase/analytics.json"
  type   = "analytics"
}

output "url" {
  value     = data.voicebase_presigned_callback_url.analytics.url
  sensitive = true
}
`, prefix, bucketArguments)
}

func deliver(t *testing.T, a *acctest.AWS, url string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := a.HTTPClient().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("the delivery got %s", response.Status)
	}
}
