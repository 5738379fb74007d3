run "voicebase_may_write_below_the_prefix" {
  command = apply

  assert {
    condition     = endswith(voicebase_delivery_role.voicebase.arn, ":role/s3-delivery-role")
    error_message = "The role has the name given."
  }

  assert {
    condition     = jsondecode(voicebase_delivery_role.voicebase.permissions_policy).Statement[0].Resource == "arn:aws:s3:::acme-voicebase-results/voicebase/*"
    error_message = "The role may write below the prefix, and nowhere else."
  }

  assert {
    condition     = length(jsondecode(voicebase_delivery_role.voicebase.permissions_policy).Statement) == 1
    error_message = "The role may do nothing else."
  }

  assert {
    condition     = jsondecode(voicebase_delivery_role.voicebase.assume_role_policy).Statement[0].Condition.StringEquals["sts:ExternalId"] == voicebase_delivery_role.voicebase.external_id
    error_message = "VoiceBase must send the organization ID along."
  }
}
