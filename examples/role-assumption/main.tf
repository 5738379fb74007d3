# Approach 1: VoiceBase assumes an IAM role in your account and writes the results with it.

# AWS credentials come from the same places as for hashicorp/aws. Set VoiceBase's ARN and your organization ID as
# VOICEBASE_ARN and VOICEBASE_EXTERNAL_ID in the environment, or as voicebase_arn and external_id here.
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
  key_prefixes = ["${var.folder}/"]
}

# One callback for each result that VoiceBase can deliver. Keep the ones that you want.
locals {
  results = [
    { type = "analytics", include = ["metadata", "transcript", "knowledge"] },
    { type = "transcript", format = "json" },
    { type = "transcript", format = "text" },
    { type = "transcript", format = "webvtt" },
    { type = "transcript", format = "srt" },
    { type = "transcript", format = "dfxp" },
    { type = "media", stream = "original" },
  ]
}

data "voicebase_callback_configuration" "results" {
  callbacks = [for result in local.results : {
    url            = voicebase_delivery_bucket.results.delivery_url
    s3_delivery    = true
    role           = voicebase_delivery_role.voicebase.arn
    prepend_folder = var.folder
    type           = result.type
    format         = try(result.format, null)
    stream         = try(result.stream, null)
    include        = try(result.include, null)
  }]
}
