run "delivers_analytics_with_the_role" {
  command = apply

  variables {
    force_destroy = true
  }

  assert {
    condition     = jsondecode(output.callback_json).publish.callbacks[0].role == voicebase_delivery_role.voicebase.arn
    error_message = "The callback names the role."
  }

  assert {
    condition     = jsondecode(voicebase_delivery_role.voicebase.permissions_policy).Statement[0].Resource == "${voicebase_delivery_bucket.results.arn}/voicebase/*"
    error_message = "The role may write below voicebase/ and nowhere else."
  }
}
