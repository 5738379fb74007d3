# One bucket and one role for each tenant. Each tenant has an organization at VoiceBase, whose ID is the external ID
# of its role, so that no tenant's deliveries can reach another tenant's bucket.

provider "voicebase" {
  region = var.region
}

module "delivery" {
  source   = "../modules/voicebase-delivery"
  for_each = var.tenants

  bucket_prefix    = "acme-voicebase-${each.key}-"
  role_name_prefix = "acme-voicebase-${each.key}-"
  external_id      = each.value.organization_id
  retention        = { expire_after_days = each.value.expire_after_days }
  force_destroy    = var.force_destroy
  tags             = { Tenant = each.key }
}
