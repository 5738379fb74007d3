# Approach 2: VoiceBase PUTs each result to a URL that you sign beforehand.

# These credentials sign the URLs. A URL stops working when the credentials that signed it expire.
provider "voicebase" {
  region = var.region
}

# The bucket refuses URLs that are older than var.expires_in, whatever their own expiry is.
resource "voicebase_delivery_bucket" "results" {
  bucket                = var.bucket
  force_destroy         = var.force_destroy
  presigned_url_max_age = "${var.expires_in}s"
}

# One object and one URL for each result that VoiceBase can deliver. Keep the ones that you want. The provider derives
# the content type to sign from type and format.
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
  region     = voicebase_delivery_bucket.results.region
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
