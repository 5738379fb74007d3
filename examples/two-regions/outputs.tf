output "buckets" {
  description = "Name of the bucket in each region."
  value       = { for region, bucket in voicebase_delivery_bucket.results : region => bucket.id }
}

output "callback_json" {
  description = "The configuration of each region. Send one of them with each POST /v3/media."
  value       = { for region, configuration in data.voicebase_callback_configuration.results : region => configuration.json }
  sensitive   = true
}
