package acctest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// beforeMoved is what the example "moved" starts from.
const beforeMoved = requiredHere + awsBeside + `
resource "aws_s3_bucket" "results" {
  bucket = "acme-voicebase-was-aws"
}

resource "aws_s3_bucket_public_access_block" "results" {
  bucket                  = aws_s3_bucket.results.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "results" {
  bucket = aws_s3_bucket.results.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "results" {
  bucket = aws_s3_bucket.results.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.results.arn, "${aws_s3_bucket.results.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

variable "voicebase_arn" {}

resource "aws_iam_role" "voicebase" {
  name = "acme-voicebase-was-aws"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = var.voicebase_arn }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "voicebase" {
  name = "s3-access"
  role = aws_iam_role.voicebase.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.results.arn}/*" }]
  })
}
`

// TestAccExampleMoved goes the example's way from the real hashicorp/aws: nothing is created anew, and nothing is
// destroyed.
func TestAccExampleMoved(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "main.tf"), beforeMoved)
	cli := acctest.NewCLIIn(t, dir)
	customer(cli, a)
	cli.BesideAWS(t)
	cli.Setenv("TF_VAR_voicebase_arn", a.VoiceBaseARN())
	cli.Setenv("TF_VAR_bucket", "acme-voicebase-was-aws")
	cli.Setenv("TF_VAR_role", "acme-voicebase-was-aws")
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve") })

	if err := os.Remove(filepath.Join(dir, "main.tf")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(repository(t), "examples", "moved"))); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "aws.tf"), awsBeside)
	planned := cli.Plan(t)
	done := actions(t, planned)
	if len(done) != 6 {
		t.Errorf("the plan touches %v", done)
	}
	for address, action := range done {
		if action != "update" && action != "forget" {
			t.Errorf("%s: %s", address, action)
		}
	}
	cli.Run(t, "apply", planned.Path)
	cli.Run(t, "plan", "-detailed-exitcode")
}
