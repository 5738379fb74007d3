run "documents_say_what_was_given" {
  command = apply

  assert {
    condition     = jsondecode(output.trust_policy).Statement[0].Principal.AWS == "arn:aws:iam::111122223333:role/voicebase-delivery"
    error_message = "VoiceBase's role is trusted."
  }

  assert {
    condition     = jsondecode(output.trust_policy).Statement[0].Condition.StringEquals["sts:ExternalId"] == "0e2a8f5c-organization-id"
    error_message = "VoiceBase must send the organization ID along."
  }

  assert {
    condition     = [for statement in jsondecode(output.permissions_policy).Statement : statement.Resource] == ["arn:aws:s3:::acme-voicebase-results/voicebase/*"]
    error_message = "The role may write below the prefix, and nowhere else."
  }

  assert {
    condition = contains([
      for statement in jsondecode(output.bucket_policy).Statement : try(statement.Condition.NumericGreaterThan["s3:signatureAge"], "")
    ], "86400000")
    error_message = "A URL that was signed more than a day ago is refused."
  }
}
