run "signs_for_subtitles" {
  command = apply

  assert {
    condition     = strcontains(output.callback.url, "/calls/2026/0001.vtt?") && strcontains(output.callback.url, "content-type=text%2Fvtt")
    error_message = "The URL names the object and has the content type of WebVTT."
  }

  assert {
    condition     = output.callback.method == "PUT"
    error_message = "The URL is for PUT."
  }

  assert {
    condition     = timecmp(output.expires_at, timeadd(data.voicebase_presigned_callback_url.subtitles.signed_at, "24h")) == 0
    error_message = "The URL expires a day after it was signed."
  }

  assert {
    condition     = can(regex(":[03]0:00Z$", data.voicebase_presigned_callback_url.subtitles.signed_at))
    error_message = "The signing time is the start of a half-hour window."
  }
}
