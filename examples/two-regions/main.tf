# One bucket and one role for each region, in one AWS account. IAM is global: each role belongs to one bucket.

provider "voicebase" {
  region = var.regions[0] # for everything that does not set its own
}

resource "voicebase_delivery_bucket" "results" {
  for_each = toset(var.regions)

  bucket_prefix = "acme-voicebase-${each.key}-"
  region        = each.key
  force_destroy = var.force_destroy
}

resource "voicebase_delivery_role" "voicebase" {
  for_each = voicebase_delivery_bucket.results

  name_prefix  = "acme-voicebase-${each.key}-"
  bucket_arn   = each.value.arn
  key_prefixes = ["voicebase/"]
}

data "voicebase_callback_configuration" "results" {
  for_each = voicebase_delivery_bucket.results

  callbacks = [{
    url            = each.value.delivery_url
    s3_delivery    = true
    role           = voicebase_delivery_role.voicebase[each.key].arn
    prepend_folder = "voicebase"
    type           = "analytics"
  }]
}
