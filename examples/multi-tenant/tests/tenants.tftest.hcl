variables {
  force_destroy = true
  tenants = {
    east = { organization_id = "11111111-organization-id" }
    west = { organization_id = "22222222-organization-id", expire_after_days = 30 }
  }
}

run "each_tenant_has_its_own" {
  command = apply

  assert {
    condition     = length(distinct(values(output.buckets))) == 2 && length(distinct(values(output.role_arns))) == 2
    error_message = "Each tenant has a bucket and a role."
  }

  assert {
    condition     = output.external_ids == { east = "11111111-organization-id", west = "22222222-organization-id" }
    error_message = "Each role wants the tenant's own organization ID."
  }

  assert {
    condition = alltrue([for tenant, json in output.callback_json :
      jsondecode(json).publish.callbacks[0].role == output.role_arns[tenant] && endswith(jsondecode(json).publish.callbacks[0].url, "/${output.buckets[tenant]}")
    ])
    error_message = "Each configuration names the tenant's own bucket and role."
  }
}

run "a_tenant_leaves" {
  command = apply

  variables {
    tenants = {
      east = { organization_id = "11111111-organization-id" }
    }
  }

  assert {
    condition     = length(output.buckets) == 1 && startswith(output.buckets["east"], "acme-voicebase-east-")
    error_message = "The other tenant stays."
  }
}
