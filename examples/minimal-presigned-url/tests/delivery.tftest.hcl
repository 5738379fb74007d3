variables {
  force_destroy = true
}

run "puts_the_analytics_to_the_url" {
  command = apply

  assert {
    condition     = strcontains(jsondecode(output.callback_json).publish.callbacks[0].url, "/calls/42/analytics.json?") && jsondecode(output.callback_json).publish.callbacks[0].method == "PUT"
    error_message = "VoiceBase PUTs the result to the URL of the object."
  }
}

run "another_call_has_another_url" {
  command = apply

  variables {
    key = "calls/43/analytics.json"
  }

  assert {
    condition     = strcontains(jsondecode(output.callback_json).publish.callbacks[0].url, "/calls/43/analytics.json?")
    error_message = "The URL is for the new key."
  }
}
