# Another configuration, which made the role.
run "role" {
  command = apply

  module {
    source = "../../resources/voicebase_delivery_role"
  }
}

run "finds_the_role" {
  command = apply

  assert {
    condition     = endswith(output.role, ":role/s3-delivery-role")
    error_message = "The output is the role's ARN."
  }

  assert {
    condition     = data.voicebase_delivery_role.voicebase.key_prefixes == toset(["voicebase/"])
    error_message = "The prefixes are read out of the role's policy."
  }

  assert {
    condition     = data.voicebase_delivery_role.voicebase.bucket_arn == "arn:aws:s3:::acme-voicebase-results"
    error_message = "The bucket is read out of the role's policy."
  }
}
