# The policies alone, for a role and a bucket that another configuration makes.
data "voicebase_delivery_policies" "calls" {
  bucket_arn    = "arn:aws:s3:::acme-voicebase-results"
  key_prefixes  = ["voicebase/"]
  voicebase_arn = "arn:aws:iam::111122223333:role/voicebase-delivery" # from VoiceBase support
  external_id   = "0e2a8f5c-organization-id"

  presigned_url_max_age = "24h"
}

output "trust_policy" {
  value = data.voicebase_delivery_policies.calls.trust_policy
}

output "permissions_policy" {
  value = data.voicebase_delivery_policies.calls.permissions_policy
}

output "bucket_policy" {
  value = data.voicebase_delivery_policies.calls.bucket_policy
}
