output "bucket" {
  description = "Name of the bucket that receives the results."
  value       = voicebase_delivery_bucket.results.id
}

output "callback_json" {
  description = "The configuration to send with each POST /v3/media."
  value       = data.voicebase_callback_configuration.results.json
  sensitive   = true
}
