# Where there is no state of hashicorp/aws, the moved and removed blocks do nothing.
run "works_without_the_old_state" {
  command = apply

  variables {
    bucket        = "acme-voicebase-moved"
    role          = "acme-voicebase-moved"
    force_destroy = true
  }

  assert {
    condition     = endswith(output.delivery_url, "/acme-voicebase-moved") && endswith(output.role_arn, ":role/acme-voicebase-moved")
    error_message = "Bucket and role are made under the old names."
  }
}
