terraform {
  required_providers {
    voicebase = {
      source = "voicebase/voicebase"
    }
  }
}

output "subtitles" {
  value = provider::voicebase::content_type("transcript", "webvtt") # text/vtt
}

output "analytics" {
  value = provider::voicebase::content_type("analytics", null) # application/json
}
