output "bucket" {
  description = "Name of the bucket that receives the results."
  value       = voicebase_delivery_bucket.results.id
}

output "role_arn" {
  description = "ARN of the role that VoiceBase assumes."
  value       = voicebase_delivery_role.voicebase.arn
}

output "callback_json" {
  description = "The configuration to send with one POST /v3/media. Anyone who has it can write the analytics."
  value       = data.voicebase_callback_configuration.results.json
  sensitive   = true
}
