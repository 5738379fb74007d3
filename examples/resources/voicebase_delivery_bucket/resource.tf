# All that a receiving bucket needs, with the settings that are safe by default.
resource "voicebase_delivery_bucket" "results" {
  bucket = "acme-voicebase-results"
}

# The same with everything that there is to say about it.
resource "voicebase_delivery_bucket" "archive" {
  bucket_prefix = "acme-voicebase-archive-"
  region        = "eu-west-1"
  kms_key_arn   = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  retention = {
    expire_after_days            = 365
    noncurrent_expire_after_days = 30

    # Media files are large: they get cheaper on the way. They can still be read at once.
    transitions = [
      { after_days = 30, storage_class = "STANDARD_IA" },
      { after_days = 90, storage_class = "GLACIER_IR" },
    ]
  }

  # Pre-signed URLs work for a day at most, and only from where VoiceBase's EU instance sends.
  presigned_url_max_age = "24h"
  presigned_url_source_ips = [
    "34.248.80.158/32",
    "52.210.18.246/32",
    "54.72.141.175/32",
  ]

  eventbridge_notifications = true
  force_destroy             = true

  tags = {
    Team = "speech"
  }
}

output "callback_url" {
  value = voicebase_delivery_bucket.results.delivery_url
}
