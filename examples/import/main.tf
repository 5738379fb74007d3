# A bucket and a role that exist already, made by hand by VoiceBase's page. The first plan shows what the provider
# would change. Delete the import blocks after the first apply.

provider "voicebase" {
  region = var.region
}

import {
  to = voicebase_delivery_bucket.results
  id = var.bucket
}

import {
  to = voicebase_delivery_role.voicebase
  id = var.role
}

resource "voicebase_delivery_bucket" "results" {
  bucket        = var.bucket
  force_destroy = var.force_destroy
}

# access = "documented" keeps the permissions of VoiceBase's page. Without it, VoiceBase may only write.
resource "voicebase_delivery_role" "voicebase" {
  name                  = var.role
  bucket_arn            = voicebase_delivery_bucket.results.arn
  access                = "documented"
  force_detach_policies = var.force_destroy
}
