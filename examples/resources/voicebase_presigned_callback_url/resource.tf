resource "voicebase_delivery_bucket" "results" {
  bucket = "acme-voicebase-results"
}

# Stored in state until two days before its expiry. The next apply then replaces it.
resource "voicebase_presigned_callback_url" "analytics" {
  bucket = voicebase_delivery_bucket.results.id
  region = voicebase_delivery_bucket.results.region
  key    = "calls/latest.json"
  type   = "analytics"

  expires_in   = 604800
  renew_before = "48h"
}

output "callback_url" {
  value     = voicebase_presigned_callback_url.analytics.url
  sensitive = true
}

# Run terraform apply at least once in every renew_before, so that the URL is replaced in time.
output "expires_at" {
  value = voicebase_presigned_callback_url.analytics.effective_expires_at
}
