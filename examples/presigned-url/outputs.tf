output "bucket" {
  description = "Name of the bucket that receives the results."
  value       = voicebase_delivery_bucket.results.id
}

output "keys" {
  description = "Keys of the objects that VoiceBase writes."
  value       = [for name in keys(local.results) : "${var.folder}/${name}"]
}

output "expires_at" {
  description = "When each URL stops working."
  value       = { for name, signed in data.voicebase_presigned_callback_url.result : name => signed.effective_expires_at }
}

output "callback_json" {
  description = "The configuration to send with one POST /v3/media. Anyone who has it can write the results."
  value       = data.voicebase_callback_configuration.results.json
  sensitive   = true
}
