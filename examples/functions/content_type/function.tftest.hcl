run "is_what_voicebase_sends" {
  command = plan

  assert {
    condition     = output.subtitles == "text/vtt"
    error_message = "WebVTT is sent as text/vtt."
  }

  assert {
    condition     = output.analytics == "application/json"
    error_message = "Analytics are sent as JSON."
  }
}
