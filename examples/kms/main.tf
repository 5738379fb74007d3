# Results encrypted with your own KMS key. S3 encrypts; VoiceBase's role needs permission to use the key through S3.

provider "voicebase" {
  region = var.region
}

resource "voicebase_delivery_bucket" "results" {
  bucket        = var.bucket
  kms_key_arn   = var.kms_key_arn
  force_destroy = var.force_destroy
}

resource "voicebase_delivery_role" "voicebase" {
  name_prefix  = "acme-voicebase-delivery-"
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
  kms_key_arn  = var.kms_key_arn
}

data "voicebase_callback_configuration" "results" {
  callbacks = [{
    url            = voicebase_delivery_bucket.results.delivery_url
    s3_delivery    = true
    role           = voicebase_delivery_role.voicebase.arn
    prepend_folder = "voicebase"
    type           = "analytics"
  }]
}
