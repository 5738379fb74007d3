# One URL for the transcript's subtitles: VoiceBase will send text/vtt, so that is what is signed.
data "voicebase_presigned_callback_url" "subtitles" {
  bucket = "acme-voicebase-results"
  key    = "calls/2026/0001.vtt"
  type   = "transcript"
  format = "webvtt"

  # The same URL for half an hour, however often it is read, and alive for at least 23.5 hours.
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

output "ends" {
  value = data.voicebase_presigned_callback_url.subtitles.effective_expires_at
}
