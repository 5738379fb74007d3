package main

import "fmt"

// ours is what a customer writes: a bucket, a role, a pre-signed URL and the callback JSON for each delivery, of which
// each takes from the ones before what it needs.
func ours(deliveries int) string {
	return delivery(deliveries, references{
		bucketARN: "voicebase_delivery_bucket.results[count.index].arn",
		bucket:    "voicebase_delivery_bucket.results[count.index].id",
		url:       "voicebase_delivery_bucket.results[count.index].delivery_url",
		roleARN:   "voicebase_delivery_role.voicebase[count.index].arn",
	})
}

// unchecked is the same for a provider whose computed values are filler, with which the values that are checked must
// not begin. Whatever is known in a plan is known here, and each object waits for the same others.
func unchecked(deliveries int) string {
	const bucket = "voicebase_delivery_bucket.results[count.index].bucket"
	return delivery(deliveries, references{
		bucketARN: `"arn:aws:s3:::${` + bucket + `}"`,
		bucket:    bucket,
		url:       `"https://${` + bucket + `}.s3.us-east-1.amazonaws.com"`,
		roleARN:   `"arn:aws:iam::111122223333:role/bench-${count.index}${substr(voicebase_delivery_role.voicebase[count.index].arn, 0, 0)}"`,
	})
}

type references struct{ bucketARN, bucket, url, roleARN string }

func delivery(deliveries int, r references) string {
	return required("voicebase", "voicebase/voicebase") + fmt.Sprintf(`
resource "voicebase_delivery_bucket" "results" {
  count  = %[1]d
  bucket = "bench-${count.index}"
  tags   = { Delivery = count.index }
}

resource "voicebase_delivery_role" "voicebase" {
  count         = %[1]d
  name          = "bench-${count.index}"
  voicebase_arn = var.voicebase_arn
  external_id   = "bench"
  bucket_arn    = %[2]s
  key_prefixes  = ["voicebase/"]
}

data "voicebase_presigned_callback_url" "analytics" {
  count  = %[1]d
  bucket = %[3]s
  key    = "voicebase/analytics.json"
  type   = "analytics"
}

data "voicebase_callback_configuration" "results" {
  count = %[1]d
  callbacks = [for type in ["analytics", "transcript"] : {
    url            = %[4]s
    s3_delivery    = true
    role           = %[5]s
    prepend_folder = "voicebase"
    type           = type
    format         = type == "transcript" ? "json" : null
  }]
}
`, deliveries, r.bucketARN, r.bucket, r.url, r.roleARN)
}

// empty has as many objects, of which each has one argument.
func empty(deliveries int) string {
	text := required("voicebase", "voicebase/voicebase")
	for _, kind := range []string{
		`resource "voicebase_delivery_bucket"`, `resource "voicebase_delivery_role"`,
		`data "voicebase_presigned_callback_url"`, `data "voicebase_callback_configuration"`,
	} {
		text += fmt.Sprintf("\n%s \"this\" {\n  count = %d\n  name  = \"bench-${count.index}\"\n}\n", kind, deliveries)
	}
	return text
}

func required(name, source string) string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    %s = { source = %q }
  }
}

variable "voicebase_arn" {
  type = string
}
`, name, source)
}

// aws is the same bucket and role by hashicorp/aws, which has nothing for the URL and the callback JSON. Its names are of
// its own, as the sides take turns command by command on one AWS.
func aws(deliveries int) string {
	return required("aws", "hashicorp/aws") + fmt.Sprintf(`
provider "aws" {
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_region_validation      = true
}

resource "aws_s3_bucket" "results" {
  count  = %[1]d
  bucket = "bench-aws-${count.index}"
  tags   = { Delivery = count.index }
}

resource "aws_s3_bucket_public_access_block" "results" {
  count                   = %[1]d
  bucket                  = aws_s3_bucket.results[count.index].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "results" {
  count  = %[1]d
  bucket = aws_s3_bucket.results[count.index].id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "results" {
  count  = %[1]d
  bucket = aws_s3_bucket.results[count.index].id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "results" {
  count  = %[1]d
  bucket = aws_s3_bucket.results[count.index].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "results" {
  count  = %[1]d
  bucket = aws_s3_bucket.results[count.index].id
  rule {
    id     = "abort"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_policy" "results" {
  count  = %[1]d
  bucket = aws_s3_bucket.results[count.index].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TLS", Effect = "Deny", Principal = "*", Action = "s3:*"
      Resource  = [aws_s3_bucket.results[count.index].arn, "${aws_s3_bucket.results[count.index].arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_iam_role" "voicebase" {
  count = %[1]d
  name  = "bench-aws-${count.index}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow", Action = "sts:AssumeRole", Principal = { AWS = var.voicebase_arn }
      Condition = { StringEquals = { "sts:ExternalId" = "bench" } }
    }]
  })
}

resource "aws_iam_role_policy" "voicebase" {
  count = %[1]d
  name  = "delivery"
  role  = aws_iam_role.voicebase[count.index].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.results[count.index].arn}/voicebase/*" }]
  })
}
`, deliveries)
}
