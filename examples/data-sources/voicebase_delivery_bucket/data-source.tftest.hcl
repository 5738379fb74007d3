# Another configuration, which made the bucket.
run "bucket" {
  command = apply

  module {
    source = "../../resources/voicebase_delivery_role"
  }
}

run "finds_the_bucket" {
  command = apply

  assert {
    condition     = startswith(output.callback_url, "https://") && endswith(output.callback_url, "/acme-voicebase-results")
    error_message = "VoiceBase is told the bucket's URL, without a slash last."
  }

  assert {
    condition     = data.voicebase_delivery_bucket.results.versioning && data.voicebase_delivery_bucket.results.region == "us-east-1"
    error_message = "The bucket is read as it was made."
  }
}
