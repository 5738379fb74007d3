run "reads_below_the_prefix" {
  command = apply

  variables {
    bucket        = "acme-voicebase-results"
    bucket_arn    = "arn:aws:s3:::acme-voicebase-results"
    key_prefix    = "voicebase/"
    callback_json = "{}"
  }

  assert {
    condition     = jsondecode(output.reader_policy).Statement[1].Resource == "arn:aws:s3:::acme-voicebase-results/voicebase/*"
    error_message = "The application may read the results and nothing else."
  }

  assert {
    condition     = jsondecode(output.event_pattern).detail.object.key[0].prefix == "voicebase/"
    error_message = "Events of other objects do not match."
  }
}
