run "the_application_gets_the_outputs" {
  command = apply

  variables {
    bucket        = "acme-voicebase-consumer"
    force_destroy = true
  }

  assert {
    condition     = output.environment["RESULTS_BUCKET"] == "acme-voicebase-consumer" && output.environment["RESULTS_PREFIX"] == "voicebase/"
    error_message = "The application knows where the results are."
  }

  assert {
    condition     = length(jsondecode(output.environment["VOICEBASE_CONFIGURATION"]).publish.callbacks) == 2
    error_message = "The application has the configuration to send to VoiceBase."
  }

  assert {
    condition     = jsondecode(output.reader_policy).Statement[0].Resource == "arn:aws:s3:::acme-voicebase-consumer" && jsondecode(output.event_pattern).detail.bucket.name == ["acme-voicebase-consumer"]
    error_message = "The policy and the event pattern name the bucket."
  }
}
