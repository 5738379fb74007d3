# A repository that uses the module: it takes the delivery from the module, and hands its outputs to a module of its
# own. From another repository, the module's source is
# "github.com/voicebase/terraform-provider-voicebase//examples/modules/voicebase-delivery?ref=v0.1.0".

provider "voicebase" {
  region = var.region
}

module "delivery" {
  source = "../modules/voicebase-delivery"

  bucket                    = var.bucket
  eventbridge_notifications = true
  force_destroy             = var.force_destroy
  results = [
    { type = "analytics", include = ["transcript", "knowledge", "metadata"] },
    { type = "transcript", format = "webvtt" },
  ]
}

module "application" {
  source = "./application"

  bucket        = module.delivery.bucket
  bucket_arn    = module.delivery.bucket_arn
  key_prefix    = module.delivery.key_prefix
  callback_json = module.delivery.callback_json
}
