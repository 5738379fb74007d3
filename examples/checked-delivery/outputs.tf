output "bucket" {
  description = "Name of the bucket that receives the results."
  value       = voicebase_delivery_bucket.results.id
}

output "role_arn" {
  description = "ARN of the role that VoiceBase assumes."
  value       = voicebase_delivery_role.voicebase.arn
}

output "callback_json" {
  description = "The configuration to send to VoiceBase with each POST /v3/media."
  value       = data.voicebase_callback_configuration.results.json
  sensitive   = true
}

output "deliveries_work" {
  description = "Whether deliveries will work."
  value       = data.voicebase_delivery_check.results.passed
}

output "findings" {
  description = "What is wrong, and what to do about it."
  value = [
    for finding in data.voicebase_delivery_check.results.findings :
    "${finding.severity} ${finding.name}: ${finding.detail} ${finding.remedy}" if !finding.passed
  ]
}
