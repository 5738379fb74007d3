variables {
  force_destroy = true
}

run "makes_bucket_and_role" {
  command = apply

  assert {
    condition     = startswith(voicebase_delivery_bucket.results.delivery_url, "https://") && !endswith(voicebase_delivery_bucket.results.delivery_url, "/")
    error_message = "VoiceBase wants the bucket's base URL: https, no trailing slash."
  }

  assert {
    condition     = jsondecode(voicebase_delivery_role.voicebase.permissions_policy).Statement[0].Resource == "${voicebase_delivery_bucket.results.arn}/voicebase/*"
    error_message = "The role may write below the folder and nowhere else."
  }
}

run "configuration_has_every_result" {
  command = plan

  assert {
    condition = toset([for c in jsondecode(output.callback_json).publish.callbacks : join("/", compact([c.type, try(c.format, null)]))]) == toset([
      "analytics", "transcript/json", "transcript/text", "transcript/webvtt", "transcript/srt", "transcript/dfxp", "media",
    ])
    error_message = "Each type and format of VoiceBase stands in the configuration once."
  }

  assert {
    condition = alltrue([for c in jsondecode(output.callback_json).publish.callbacks :
      c.s3Delivery && c.role == output.role_arn && c.prependFolder == "voicebase" && endswith(c.url, "/${output.bucket}")
    ])
    error_message = "Each callback names the bucket, the role and the folder."
  }
}

run "another_folder_moves_role_and_callbacks" {
  command = apply

  variables {
    folder = "calls/2026"
  }

  assert {
    condition     = endswith(jsondecode(voicebase_delivery_role.voicebase.permissions_policy).Statement[0].Resource, "/calls/2026/*")
    error_message = "The role follows the folder."
  }

  assert {
    condition     = alltrue([for c in jsondecode(output.callback_json).publish.callbacks : c.prependFolder == "calls/2026"])
    error_message = "The callbacks follow the folder."
  }
}
