run "lives_for_a_week" {
  command = apply

  assert {
    condition     = output.callback_url == voicebase_presigned_callback_url.analytics.url && strcontains(output.callback_url, "/calls/latest.json?")
    error_message = "The output is the URL of the object."
  }

  assert {
    condition     = strcontains(output.callback_url, "content-type=application%2Fjson")
    error_message = "The URL has the content type of analytics, where VoiceBase looks for it."
  }

  assert {
    condition     = timecmp(output.expires_at, timeadd(voicebase_presigned_callback_url.analytics.signed_at, "168h")) == 0
    error_message = "The URL expires a week after it was signed."
  }
}
