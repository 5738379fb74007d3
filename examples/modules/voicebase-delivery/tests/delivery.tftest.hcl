variables {
  force_destroy = true
}

run "needs_no_inputs" {
  command = apply

  assert {
    condition     = jsondecode(output.callback_json).publish.callbacks == [{ url = output.delivery_url, s3Delivery = true, role = output.role_arn, prependFolder = "voicebase", type = "analytics" }]
    error_message = "One callback delivers the analytics with the role."
  }

  assert {
    condition     = jsondecode(voicebase_delivery_role.this.permissions_policy).Statement[0].Resource == "${output.bucket_arn}/${output.key_prefix}*"
    error_message = "The role may write below the folder and nowhere else."
  }
}

run "passes_its_inputs_on" {
  command = apply

  variables {
    bucket                    = "acme-voicebase-module"
    role_name                 = "acme-voicebase-module"
    external_id               = "another-organization-id"
    folder                    = "calls/2026"
    access                    = "documented"
    retention                 = { expire_after_days = 90 }
    eventbridge_notifications = true
    base_configuration        = "{\"speechModel\": {\"language\": \"en-US\"}}"
    tags                      = { Team = "speech" }
    results = [
      { type = "analytics", include = ["transcript"] },
      { type = "transcript", format = "webvtt" },
      { type = "media", stream = "original" },
    ]
  }

  assert {
    condition     = output.bucket == "acme-voicebase-module" && output.role_name == "acme-voicebase-module" && output.key_prefix == "calls/2026/"
    error_message = "Names and folder are the given ones."
  }

  assert {
    condition     = jsondecode(voicebase_delivery_role.this.assume_role_policy).Statement[0].Condition.StringEquals["sts:ExternalId"] == "another-organization-id"
    error_message = "The role wants the tenant's own external ID."
  }

  assert {
    condition     = length(jsondecode(voicebase_delivery_role.this.permissions_policy).Statement) == 2
    error_message = "The role has the documented permissions."
  }

  assert {
    condition     = [for rule in voicebase_delivery_bucket.this.lifecycle_rules : rule.expire_after_days if rule.expire_after_days != null] == [90]
    error_message = "Results expire after 90 days."
  }

  assert {
    condition     = voicebase_delivery_bucket.this.eventbridge_notifications && voicebase_delivery_bucket.this.tags_all["Team"] == "speech" && voicebase_delivery_role.this.tags_all["Team"] == "speech"
    error_message = "Events and tags are set."
  }

  assert {
    condition     = jsondecode(output.callback_json).speechModel.language == "en-US" && [for callback in jsondecode(output.callback_json).publish.callbacks : callback.type] == ["analytics", "transcript", "media"]
    error_message = "The base configuration has a callback for each result."
  }
}

run "refuses_a_folder_with_slashes" {
  command = plan

  variables {
    folder = "voicebase/"
  }

  expect_failures = [var.folder]
}

run "refuses_no_results" {
  command = plan

  variables {
    results = []
  }

  expect_failures = [var.results]
}
