# Kept in the state until two days before its end; the next apply then replaces it.
resource "voicebase_presigned_callback_url" "analytics" {
  bucket = "acme-voicebase-results"
  key    = "calls/latest.json"
  type   = "analytics"

  expires_in   = 604800
  renew_before = "48h"
}

output "callback_url" {
  value     = voicebase_presigned_callback_url.analytics.url
  sensitive = true
}

# From then on a plan has something to apply: run one more often than renew_before is long.
output "ends" {
  value = voicebase_presigned_callback_url.analytics.effective_expires_at
}
