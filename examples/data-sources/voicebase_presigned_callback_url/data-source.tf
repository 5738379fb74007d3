resource "voicebase_delivery_bucket" "results" {
  bucket = "acme-voicebase-results"
}

# A URL for the transcript as WebVTT subtitles, signed for the content type that VoiceBase sends: text/vtt.
data "voicebase_presigned_callback_url" "subtitles" {
  bucket = voicebase_delivery_bucket.results.id
  region = voicebase_delivery_bucket.results.region
  key    = "calls/2026/0001.vtt"
  type   = "transcript"
  format = "webvtt"

  # Reads in the same half hour return the same URL, which is valid for at least 23.5 hours.
  expires_in     = 86400
  signing_window = "30m"
}

output "callback" {
  value = {
    url    = data.voicebase_presigned_callback_url.subtitles.url
    method = data.voicebase_presigned_callback_url.subtitles.method
    type   = "transcript"
    format = "webvtt"
  }
  sensitive = true
}

output "expires_at" {
  value = data.voicebase_presigned_callback_url.subtitles.effective_expires_at
}
