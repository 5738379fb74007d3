# The least that a pre-signed URL needs: a bucket, and one URL for the result of one call.

provider "voicebase" {
  region = var.region
}

resource "voicebase_delivery_bucket" "results" {
  bucket        = var.bucket
  force_destroy = var.force_destroy
}

data "voicebase_presigned_callback_url" "analytics" {
  bucket = voicebase_delivery_bucket.results.id
  region = voicebase_delivery_bucket.results.region
  key    = var.key
  type   = "analytics"
}

data "voicebase_callback_configuration" "results" {
  callbacks = [{
    url  = data.voicebase_presigned_callback_url.analytics.url
    type = "analytics"
  }]
}
