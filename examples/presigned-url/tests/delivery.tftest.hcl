variables {
  force_destroy = true
}

run "signs_one_url_for_each_result" {
  command = apply

  assert {
    condition     = length(distinct([for signed in data.voicebase_presigned_callback_url.result : signed.url])) == 7
    error_message = "Each result has a URL of its own."
  }

  assert {
    condition = { for name, signed in data.voicebase_presigned_callback_url.result : name => signed.content_type } == {
      "analytics.json"  = "application/json"
      "transcript.json" = "application/json"
      "transcript.txt"  = "text/plain"
      "transcript.vtt"  = "text/vtt"
      "transcript.srt"  = "text/srt"
      "transcript.dfxp" = "application/ttaf+xml"
      "media"           = "application/octet-stream"
    }
    error_message = "The signed content type is the one that VoiceBase sends."
  }
}

run "configuration_puts_to_the_urls" {
  command = plan

  assert {
    condition     = alltrue([for c in jsondecode(output.callback_json).publish.callbacks : c.method == "PUT" && startswith(c.url, "https://")])
    error_message = "A pre-signed URL is for PUT."
  }

  assert {
    condition = toset([for c in jsondecode(output.callback_json).publish.callbacks :
      "${join("/", compact([c.type, try(c.format, null)]))} ${regex("[?&]content-type=([^&]+)", c.url)[0]}"
      ]) == toset([
      "analytics application%2Fjson",
      "transcript/json application%2Fjson",
      "transcript/text text%2Fplain",
      "transcript/webvtt text%2Fvtt",
      "transcript/srt text%2Fsrt",
      "transcript/dfxp application%2Fttaf%2Bxml",
      "media application%2Foctet-stream",
    ])
    error_message = "VoiceBase reads the content type of its type and format out of each URL."
  }
}

run "a_week_is_the_longest_life" {
  command = apply

  variables {
    expires_in = 604800
  }

  assert {
    condition = alltrue([for signed in data.voicebase_presigned_callback_url.result :
      timecmp(signed.expires_at, timeadd(signed.signed_at, "168h")) == 0
    ])
    error_message = "The URLs end seven days after they were signed."
  }

  assert {
    condition     = strcontains(voicebase_delivery_bucket.results.effective_policy, "604800000")
    error_message = "The bucket takes URLs as old as these may become."
  }
}
