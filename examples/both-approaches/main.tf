# Both approaches in one configuration: VoiceBase writes transcripts and recordings with the role, and PUTs the
# analytics of one call to a pre-signed URL, so that they land under a key that you choose.

provider "voicebase" {
  region = var.region
}

resource "voicebase_delivery_bucket" "results" {
  bucket                = var.bucket
  presigned_url_max_age = "24h"
  force_destroy         = var.force_destroy
}

resource "voicebase_delivery_role" "voicebase" {
  name_prefix  = "acme-voicebase-delivery-"
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
}

data "voicebase_presigned_callback_url" "analytics" {
  bucket = voicebase_delivery_bucket.results.id
  region = voicebase_delivery_bucket.results.region
  key    = var.analytics_key
  type   = "analytics"
}

data "voicebase_callback_configuration" "results" {
  callbacks = [
    {
      url  = data.voicebase_presigned_callback_url.analytics.url
      type = "analytics"
    },
    {
      url            = voicebase_delivery_bucket.results.delivery_url
      s3_delivery    = true
      role           = voicebase_delivery_role.voicebase.arn
      prepend_folder = "voicebase"
      type           = "transcript"
      format         = "webvtt"
    },
    {
      url            = voicebase_delivery_bucket.results.delivery_url
      s3_delivery    = true
      role           = voicebase_delivery_role.voicebase.arn
      prepend_folder = "voicebase"
      type           = "media"
      stream         = "redacted-audio"
    },
  ]
}
