run "encrypts_with_the_key" {
  command = apply

  variables {
    kms_key_arn   = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    force_destroy = true
  }

  assert {
    condition     = voicebase_delivery_bucket.results.encryption.algorithm == "aws:kms" && voicebase_delivery_bucket.results.encryption.kms_key_arn == var.kms_key_arn && voicebase_delivery_bucket.results.encryption.bucket_key_enabled
    error_message = "The bucket encrypts with the key, and with an S3 Bucket Key."
  }

  assert {
    condition     = contains([for statement in jsondecode(voicebase_delivery_role.voicebase.permissions_policy).Statement : statement.Resource], var.kms_key_arn)
    error_message = "The role may use the key."
  }
}
