run "objects_take_what_the_provider_block_says" {
  command = apply

  assert {
    condition     = voicebase_delivery_bucket.results.region == "us-east-1"
    error_message = "The bucket is in the provider's region."
  }

  assert {
    condition     = voicebase_delivery_bucket.results.tags_all == tomap({ Service = "voicebase-results" })
    error_message = "The default tags are on the bucket."
  }

  assert {
    condition     = jsondecode(data.voicebase_delivery_policies.results.trust_policy).Statement[0].Principal.AWS == "arn:aws:iam::111122223333:role/voicebase-delivery"
    error_message = "VoiceBase is trusted by the provider's voicebase_arn."
  }

  assert {
    condition     = jsondecode(data.voicebase_delivery_policies.results.trust_policy).Statement[0].Condition.StringEquals["sts:ExternalId"] == "0e2a8f5c-organization-id"
    error_message = "VoiceBase must send the provider's external_id along."
  }
}
