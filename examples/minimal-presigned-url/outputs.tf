output "bucket" {
  description = "Name of the bucket that receives the result."
  value       = voicebase_delivery_bucket.results.id
}

output "expires_at" {
  description = "When the URL stops working."
  value       = data.voicebase_presigned_callback_url.analytics.effective_expires_at
}

output "callback_json" {
  description = "The configuration to send with one POST /v3/media. Anyone who has it can write the object."
  value       = data.voicebase_callback_configuration.results.json
  sensitive   = true
}
