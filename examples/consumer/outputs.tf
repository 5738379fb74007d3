output "environment" {
  description = "Environment variables of the application."
  value       = module.application.environment
  sensitive   = true
}

output "reader_policy" {
  description = "IAM policy, as JSON, with which the application reads the results."
  value       = module.application.reader_policy
}

output "event_pattern" {
  description = "Event pattern, as JSON, of an EventBridge rule for new results."
  value       = module.application.event_pattern
}
