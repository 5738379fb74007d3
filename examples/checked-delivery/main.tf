# A delivery by the role that says in every plan and apply whether it will work.

provider "voicebase" {
  region = var.region
}

resource "voicebase_delivery_bucket" "results" {
  bucket        = var.bucket
  region        = var.bucket_region
  force_destroy = var.force_destroy
}

resource "voicebase_delivery_role" "voicebase" {
  name         = var.role
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = [var.role_folder == null ? "${var.folder}/" : "${var.role_folder}/"]
}

data "voicebase_callback_configuration" "results" {
  callbacks = [{
    url            = voicebase_delivery_bucket.results.delivery_url
    s3_delivery    = true
    role           = voicebase_delivery_role.voicebase.arn
    prepend_folder = var.folder
    type           = "analytics"
  }]
}

# What was found is an output here. To stop the run when a delivery would fail, give the data source a postcondition
# on self.passed.
data "voicebase_delivery_check" "results" {
  bucket     = voicebase_delivery_bucket.results.id
  region     = var.region
  role_arn   = voicebase_delivery_role.voicebase.arn
  key_prefix = "${var.folder}/"
}

# Warns in every plan and apply, and stops nothing.
check "delivery" {
  assert {
    condition     = data.voicebase_delivery_check.results.passed
    error_message = join("\n", [for finding in data.voicebase_delivery_check.results.findings : "${finding.name}: ${finding.detail}" if !finding.passed])
  }
}
