output "bucket" {
  description = "Name of the bucket."
  value       = voicebase_delivery_bucket.this.id
}

output "bucket_arn" {
  description = "ARN of the bucket."
  value       = voicebase_delivery_bucket.this.arn
}

output "bucket_region" {
  description = "AWS region of the bucket."
  value       = voicebase_delivery_bucket.this.region
}

output "key_prefix" {
  description = "Prefix of the keys of all results, for reader policies and event filters."
  value       = "${var.folder}/"
}

output "delivery_url" {
  description = "URL of the bucket, for callbacks that you write yourself."
  value       = voicebase_delivery_bucket.this.delivery_url
}

output "role_arn" {
  description = "ARN of the role that VoiceBase assumes."
  value       = voicebase_delivery_role.this.arn
}

output "role_name" {
  description = "Name of the role that VoiceBase assumes."
  value       = voicebase_delivery_role.this.id
}

output "callback_json" {
  description = "Configuration to send with each POST /v3/media."
  value       = data.voicebase_callback_configuration.this.json
  sensitive   = true
}

output "external_id" {
  description = "External ID that VoiceBase must send when it assumes the role."
  value       = voicebase_delivery_role.this.external_id
}
