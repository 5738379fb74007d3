# The bucket and the role exist already: they were made by hand.
run "takes_both_over" {
  command = apply

  variables {
    bucket        = "acme-voicebase-imported"
    role          = "acme-voicebase-imported"
    force_destroy = true
  }

  assert {
    condition     = endswith(output.role_arn, ":role/acme-voicebase-imported") && voicebase_delivery_role.voicebase.access == "documented"
    error_message = "The role is the one that was there: creating a second one of this name would fail."
  }

  assert {
    condition     = voicebase_delivery_bucket.results.versioning && endswith(output.delivery_url, "/acme-voicebase-imported")
    error_message = "The bucket is the one that was there, with the provider's defaults."
  }
}
