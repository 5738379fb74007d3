output "environment" {
  description = "Environment variables of the application."
  value       = local.environment
  sensitive   = true
}

output "reader_policy" {
  description = "IAM policy, as JSON, with which the application reads the results."
  value       = jsonencode(local.reader_policy)
}

output "event_pattern" {
  description = "Event pattern, as JSON, of an EventBridge rule for new results."
  value       = jsonencode(local.event_pattern)
}
