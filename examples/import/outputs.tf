output "delivery_url" {
  description = "URL of the bucket, for callbacks."
  value       = voicebase_delivery_bucket.results.delivery_url
}

output "role_arn" {
  description = "ARN of the role that VoiceBase assumes."
  value       = voicebase_delivery_role.voicebase.arn
}
