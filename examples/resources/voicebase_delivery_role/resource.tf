# VoiceBase's ARN and your organization ID are the provider's voicebase_arn and external_id.
resource "voicebase_delivery_bucket" "results" {
  bucket = "acme-voicebase-results"
}

resource "voicebase_delivery_role" "voicebase" {
  name         = "s3-delivery-role"
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
}
