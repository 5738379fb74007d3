run "both_are_safe" {
  command = apply

  assert {
    condition     = output.callback_url == voicebase_delivery_bucket.results.delivery_url && endswith(output.callback_url, "/acme-voicebase-results")
    error_message = "VoiceBase is told the bucket's URL."
  }

  assert {
    condition = alltrue(flatten([
      for bucket in [voicebase_delivery_bucket.results, voicebase_delivery_bucket.archive] : values(bucket.public_access_block)
    ]))
    error_message = "No access is public."
  }

  assert {
    condition = alltrue([
      for bucket in [voicebase_delivery_bucket.results, voicebase_delivery_bucket.archive] :
      bucket.versioning && bucket.object_ownership == "BucketOwnerEnforced"
    ])
    error_message = "A result that is written again stays as a version, and no object has ACLs."
  }

  assert {
    condition = toset([for statement in jsondecode(voicebase_delivery_bucket.results.effective_policy).Statement : statement.Sid]) == toset([
      "VoiceBaseDenyInsecureTransport", "VoiceBaseDenyOldTLS",
    ])
    error_message = "The policy has the guards of a bucket that nothing is said about, and nothing more."
  }
}

run "archive_is_as_it_says" {
  command = plan

  assert {
    condition     = startswith(voicebase_delivery_bucket.archive.id, "acme-voicebase-archive-") && voicebase_delivery_bucket.archive.region == "eu-west-1"
    error_message = "The archive has a generated name, and a region of its own."
  }

  assert {
    condition = voicebase_delivery_bucket.archive.encryption.algorithm == "aws:kms" && (
    voicebase_delivery_bucket.archive.encryption.kms_key_arn == voicebase_delivery_bucket.archive.kms_key_arn)
    error_message = "The archive is encrypted with its key."
  }

  assert {
    condition     = [for rule in voicebase_delivery_bucket.archive.lifecycle_rules : rule.expire_after_days if rule.expire_after_days != null] == [365]
    error_message = "Results go after a year."
  }

  assert {
    condition = [
      for transition in flatten([for rule in voicebase_delivery_bucket.archive.lifecycle_rules : rule.transitions]) : transition.storage_class
    ] == ["STANDARD_IA", "GLACIER_IR"]
    error_message = "Before that, they move to cheaper storage classes."
  }

  assert {
    condition = contains([
      for statement in jsondecode(voicebase_delivery_bucket.archive.effective_policy).Statement :
      try(statement.Condition.NumericGreaterThan["s3:signatureAge"], "")
    ], "86400000")
    error_message = "A URL that was signed more than a day ago is refused."
  }

  assert {
    condition     = strcontains(voicebase_delivery_bucket.archive.effective_policy, "52.210.18.246/32")
    error_message = "Pre-signed URLs work from VoiceBase's addresses."
  }

  assert {
    condition     = voicebase_delivery_bucket.archive.tags_all["Team"] == "speech"
    error_message = "The archive is tagged."
  }
}
