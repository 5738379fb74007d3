# The check block fails a test run, too, when its assertion fails.
run "makes_and_checks" {
  command = apply

  assert {
    condition     = data.voicebase_delivery_check.presigned.passed
    error_message = "Pre-signed URLs work for this bucket."
  }

  assert {
    condition     = [for f in data.voicebase_delivery_check.presigned.findings : f.name if !f.passed] == []
    error_message = "Nothing is wrong with this bucket."
  }
}
