# Approach 2: VoiceBase puts each result to a URL that you signed beforehand.

terraform {
  required_version = ">= 1.8"

  required_providers {
    voicebase = {
      source  = "voicebase/voicebase"
      version = "~> 0.1"
    }
  }
}

# The URLs are signed with these credentials and live no longer than they do.
provider "voicebase" {
  region = var.region
}

# The bucket itself refuses a URL that was signed longer ago than the URLs are meant to live.
resource "voicebase_delivery_bucket" "results" {
  bucket                = var.bucket
  force_destroy         = var.force_destroy
  presigned_url_max_age = "${var.expires_in}s"
}

# One object, and one URL, for each result that VoiceBase can deliver; keep those that you want. The content type
# that is signed follows from type and format.
locals {
  results = {
    "analytics.json"  = { type = "analytics" }
    "transcript.json" = { type = "transcript", format = "json" }
    "transcript.txt"  = { type = "transcript", format = "text" }
    "transcript.vtt"  = { type = "transcript", format = "webvtt" }
    "transcript.srt"  = { type = "transcript", format = "srt" }
    "transcript.dfxp" = { type = "transcript", format = "dfxp" }
    "media"           = { type = "media", stream = "original" }
  }
}

data "voicebase_presigned_callback_url" "result" {
  for_each = local.results

  bucket     = voicebase_delivery_bucket.results.id
  key        = "${var.folder}/${each.key}"
  type       = each.value.type
  format     = try(each.value.format, null)
  expires_in = var.expires_in
  signed_at  = var.signed_at
}

data "voicebase_callback_configuration" "results" {
  callbacks = [for name, result in local.results : {
    url    = data.voicebase_presigned_callback_url.result[name].url
    method = data.voicebase_presigned_callback_url.result[name].method
    type   = result.type
    format = try(result.format, null)
    stream = try(result.stream, null)
  }]
}
