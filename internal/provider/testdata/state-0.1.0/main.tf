# Every argument that can be set beside the others. The state beside this file is what version 0.1.0 wrote for it.
terraform {
  required_providers {
    voicebase = { source = "voicebase/voicebase" }
  }
}

provider "voicebase" {}

resource "voicebase_delivery_bucket" "logs" {
  bucket           = "frozen-voicebase-logs"
  force_destroy    = true
  manage_lifecycle = false
}

resource "voicebase_delivery_bucket" "results" {
  bucket                    = "frozen-voicebase-results"
  region                    = "us-east-1"
  force_destroy             = true
  kms_key_arn               = "arn:aws:kms:us-east-1:000000000000:key/0e2a8f5c-1234-4321-abcd-0123456789ab"
  blocked_encryption_types  = ["SSE-C"]
  versioning                = true
  manage_policy             = true
  manage_lifecycle          = true
  eventbridge_notifications = true
  presigned_url_max_age     = "24h"
  presigned_url_source_ips  = ["203.0.113.0/24"]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Readers"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::000000000000:root" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::frozen-voicebase-results/*"
    }]
  })

  access_logging = {
    bucket = voicebase_delivery_bucket.logs.id
    prefix = "s3/"
  }

  retention = {
    abort_incomplete_uploads_after_days = 3
    expire_after_days                   = 400
    noncurrent_expire_after_days        = 90
    transitions                         = [{ after_days = 30, storage_class = "STANDARD_IA" }]
    noncurrent_transitions              = [{ after_days = 30, storage_class = "GLACIER" }]
  }

  tags = {
    team = "speech"
  }

  timeouts {
    create = "11m"
    read   = "12m"
    update = "13m"
    delete = "14m"
  }
}

resource "voicebase_delivery_role" "voicebase" {
  name                  = "frozen-voicebase-delivery"
  path                  = "/voicebase/"
  description           = "Delivers the results of calls."
  bucket_arn            = voicebase_delivery_bucket.results.arn
  bucket_account_id     = "000000000000"
  key_prefixes          = ["voicebase/", "tests/"]
  access                = "documented"
  kms_key_arn           = voicebase_delivery_bucket.results.kms_key_arn
  voicebase_arn         = "arn:aws:iam::111122223333:user/voicebase-delivery"
  external_id           = "0e2a8f5c-organization-id"
  max_session_duration  = 7200
  permissions_boundary  = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
  exclusive_policies    = true
  force_detach_policies = true

  tags = {
    team = "speech"
  }

  timeouts {
    create = "11m"
    read   = "12m"
    update = "13m"
    delete = "14m"
  }
}

resource "voicebase_presigned_callback_url" "transcript" {
  bucket               = voicebase_delivery_bucket.results.id
  region               = voicebase_delivery_bucket.results.region
  key                  = "calls/42/transcript.txt"
  type                 = "transcript"
  format               = "text"
  content_type_query   = true
  expires_in           = 604800
  renew_before         = "24h"
  credentials_lifetime = "168h"
}
