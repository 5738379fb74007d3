resource "voicebase_delivery_bucket" "results" {
  bucket = "acme-voicebase-results"
}

resource "voicebase_delivery_role" "voicebase" {
  name         = "s3-delivery-role"
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
}

# VoiceBase PUTs the analytics to a pre-signed URL.
data "voicebase_presigned_callback_url" "analytics" {
  bucket = voicebase_delivery_bucket.results.id
  region = voicebase_delivery_bucket.results.region
  key    = "calls/2026/0001.json"
  type   = "analytics"
}

# VoiceBase writes the subtitles and the recording with the role, below voicebase/.
data "voicebase_callback_configuration" "calls" {
  callbacks = [
    {
      url     = data.voicebase_presigned_callback_url.analytics.url
      type    = "analytics"
      include = ["transcript", "knowledge", "metadata"]
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

  # The rest of the configuration is kept as it is.
  base_configuration = jsonencode({
    speechModel = { language = "en-US" }
  })
}

# Send it as the form field "configuration" of POST /v3/media: terraform output -raw configuration
output "configuration" {
  value     = data.voicebase_callback_configuration.calls.json
  sensitive = true
}
