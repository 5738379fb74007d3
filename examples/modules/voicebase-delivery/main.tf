resource "voicebase_delivery_bucket" "this" {
  bucket                    = var.bucket
  bucket_prefix             = var.bucket_prefix
  region                    = var.region
  kms_key_arn               = var.kms_key_arn
  retention                 = var.retention
  access_logging            = var.access_logging
  eventbridge_notifications = var.eventbridge_notifications
  policy                    = var.bucket_policy
  force_destroy             = var.force_destroy
  tags                      = var.tags
}

resource "voicebase_delivery_role" "this" {
  name                 = var.role_name
  name_prefix          = var.role_name_prefix
  voicebase_arn        = var.voicebase_arn
  external_id          = var.external_id
  bucket_arn           = voicebase_delivery_bucket.this.arn
  key_prefixes         = ["${var.folder}/"]
  kms_key_arn          = var.kms_key_arn
  access               = var.access
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

data "voicebase_callback_configuration" "this" {
  base_configuration = var.base_configuration

  callbacks = [for result in var.results : {
    url            = voicebase_delivery_bucket.this.delivery_url
    s3_delivery    = true
    role           = voicebase_delivery_role.this.arn
    prepend_folder = var.folder
    type           = result.type
    format         = result.format
    stream         = result.stream
    include        = result.include
  }]
}
