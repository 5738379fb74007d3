# Objects take region, principal, organization ID and tags from the provider block.
resource "voicebase_delivery_bucket" "results" {
  bucket_prefix = "acme-voicebase-"
}

data "voicebase_delivery_policies" "results" {
  bucket_arn = voicebase_delivery_bucket.results.arn
}
