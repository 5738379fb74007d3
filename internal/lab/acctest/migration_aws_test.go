package acctest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// awsBeside is the provider block of hashicorp/aws for the local AWS.
const awsBeside = "provider \"aws\" {\n  s3_use_path_style           = true\n  skip_credentials_validation = true\n  skip_requesting_account_id  = true\n}\n"

// besideAWS applies a configuration of hashicorp/aws.
func besideAWS(t *testing.T, a *acctest.AWS, configuration string) *acctest.CLI {
	t.Helper()
	cli := acctest.NewCLI(t, awsBeside+configuration)
	customer(cli, a)
	cli.BesideAWS(t)
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve") })
	return cli
}

// migrate plans and applies a configuration that takes over what a folder has, and expects that resources of this
// provider are updated, others forgotten or kept, and that the next plan is empty. It returns the calls that write.
func migrate(t *testing.T, a *acctest.AWS, cli *acctest.CLI, bucket, configuration string) (written []acctest.Call) {
	t.Helper()
	configure(t, cli, awsBeside+configuration)
	planned := cli.Plan(t)
	for address, done := range actions(t, planned) {
		want := "forget"
		if strings.HasPrefix(address, "voicebase_") {
			want = "update"
		}
		if done != want {
			t.Errorf("%s: %s, want %s", address, done, want)
		}
	}
	if text, err := json.Marshal(planned.Resources["voicebase_delivery_bucket.results"].Before); err != nil || !strings.Contains(string(text), bucket) {
		t.Errorf("the bucket was not moved: %s, %v", text, err)
	}
	a.ResetCalls()
	cli.Run(t, "apply", planned.Path)
	for _, call := range a.Calls() {
		if verb := call.Action; call.Service != "sts" && !strings.HasPrefix(verb, "Get") && !strings.HasPrefix(verb, "List") && !strings.HasPrefix(verb, "Head") {
			written = append(written, call)
		}
	}
	cli.Run(t, "plan", "-detailed-exitcode")
	return written
}

func names(calls []acctest.Call) []string {
	var out []string
	for _, call := range calls {
		out = append(out, call.Service+"."+call.Action)
	}
	return out
}

// TestAccMigration_aws goes the guide's way from the real hashicorp/aws: nothing is added or destroyed, on the wire no
// protection of the bucket is taken away or written anew, the role is never without permission, and the next plan is
// empty.
func TestAccMigration_aws(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	blocks := migration(t, a, "From hashicorp/aws")
	for _, kind := range []string{
		"aws_s3_bucket", "aws_s3_bucket_public_access_block", "aws_s3_bucket_ownership_controls", "aws_s3_bucket_server_side_encryption_configuration",
		"aws_s3_bucket_versioning", "aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_policy", "aws_iam_role", "aws_iam_role_policy",
	} {
		if !strings.Contains(blocks[0], "resource \""+kind+"\"") {
			t.Errorf("the guide has no %s", kind)
		}
	}
	written := migrate(t, a, besideAWS(t, a, blocks[0]), guideBucket, blocks[1])
	for _, call := range written {
		if call.Action == "PutBucketPolicy" && !strings.Contains(call.Body, "aws:SecureTransport") {
			t.Errorf("a policy without its protection: %s", call.Body)
		}
	}
	sent := names(written)
	if iamCalls := slices.DeleteFunc(slices.Clone(sent), func(call string) bool { return strings.HasPrefix(call, "s3.") }); !slices.Equal(iamCalls, []string{"iam.PutRolePolicy", "iam.DeleteRolePolicy"}) {
		t.Errorf("the role's calls are %v: the new policy has to come before the old one goes", iamCalls)
	}
	if s3Calls := slices.DeleteFunc(sent, func(call string) bool { return strings.HasPrefix(call, "iam.") }); !slices.Equal(s3Calls, []string{"s3.PutBucketPolicy"}) {
		t.Errorf("the bucket's calls are %v", s3Calls)
	}
}

// TestAccMigration_awsRules takes over a bucket whose lifecycle rules retention cannot express, and whose notifications are
// hashicorp/aws's: both stay with the resources that they have, as the guide says.
func TestAccMigration_awsRules(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	bucket := acctest.RandomName("acc-rules-")
	beside := func(owner string) string {
		return fmt.Sprintf(`
resource "aws_s3_bucket_lifecycle_configuration" "results" {
  bucket = %[1]s.results.id
  rule {
    id     = "temporary"
    status = "Enabled"
    filter {
      prefix = "tmp/"
    }
    transition {
      days          = 90
      storage_class = "GLACIER"
    }
  }
}

resource "aws_s3_bucket_notification" "results" {
  bucket      = %[1]s.results.id
  eventbridge = true
  queue {
    id        = "theirs"
    queue_arn = "arn:aws:sqs:us-east-1:000000000000:results"
    events    = ["s3:ObjectCreated:*"]
  }
}
`, owner)
	}
	cli := besideAWS(t, a, fmt.Sprintf("resource \"aws_s3_bucket\" \"results\" {\n  bucket = %q\n}\n", bucket)+beside("aws_s3_bucket"))
	written := names(migrate(t, a, cli, bucket, fmt.Sprintf(`
resource "voicebase_delivery_bucket" "results" {
  bucket                    = %q
  eventbridge_notifications = true
  manage_lifecycle          = false
}

moved {
  from = aws_s3_bucket.results
  to   = voicebase_delivery_bucket.results
}
`, bucket)+beside("voicebase_delivery_bucket")))
	if !slices.Equal(written, []string{"s3.PutBucketVersioning", "s3.PutBucketPolicy"}) {
		t.Errorf("the apply sends %v", written)
	}
}
