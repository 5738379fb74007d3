# The least that role delivery needs: a bucket, a role, and the configuration to send to VoiceBase.
# Set VOICEBASE_ARN and VOICEBASE_EXTERNAL_ID in the environment.

provider "voicebase" {
  region = var.region
}

resource "voicebase_delivery_bucket" "results" {
  bucket        = var.bucket
  force_destroy = var.force_destroy
}

resource "voicebase_delivery_role" "voicebase" {
  name_prefix  = "acme-voicebase-delivery-"
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
}

data "voicebase_callback_configuration" "results" {
  callbacks = [{
    url            = voicebase_delivery_bucket.results.delivery_url
    s3_delivery    = true
    role           = voicebase_delivery_role.voicebase.arn
    prepend_folder = "voicebase"
  }]
}
