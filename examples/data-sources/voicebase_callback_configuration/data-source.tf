# The analytics go to one object by a pre-signed URL.
data "voicebase_presigned_callback_url" "analytics" {
  bucket = "acme-voicebase-results"
  key    = "calls/2026/0001.json"
  type   = "analytics"
}

# Subtitles and the recording are written by a role, below voicebase/.
data "voicebase_callback_configuration" "calls" {
  callbacks = [
    {
      url     = data.voicebase_presigned_callback_url.analytics.url
      type    = "analytics"
      include = ["transcript", "knowledge", "metadata"]
    },
    {
      url            = "https://s3.us-east-1.amazonaws.com/acme-voicebase-results"
      s3_delivery    = true
      role           = "arn:aws:iam::111122223333:role/s3-delivery-role"
      prepend_folder = "voicebase"
      type           = "transcript"
      format         = "webvtt"
    },
    {
      url            = "https://s3.us-east-1.amazonaws.com/acme-voicebase-results"
      s3_delivery    = true
      role           = "arn:aws:iam::111122223333:role/s3-delivery-role"
      prepend_folder = "voicebase"
      type           = "media"
      stream         = "redacted-audio"
    },
  ]

  # What else VoiceBase is to do stays as it is.
  base_configuration = jsonencode({
    speechModel = { language = "en-US" }
  })
}

# To be sent as the part "configuration" of POST /v3/media: terraform output -raw configuration
output "configuration" {
  value     = data.voicebase_callback_configuration.calls.json
  sensitive = true
}
