output "buckets" {
  description = "Name of each tenant's bucket."
  value       = { for tenant, delivery in module.delivery : tenant => delivery.bucket }
}

output "role_arns" {
  description = "ARN of each tenant's role."
  value       = { for tenant, delivery in module.delivery : tenant => delivery.role_arn }
}

output "external_ids" {
  description = "External ID of each tenant's role."
  value       = { for tenant, delivery in module.delivery : tenant => delivery.external_id }
}

output "callback_json" {
  description = "Each tenant's configuration, to send with each of its POST /v3/media."
  value       = { for tenant, delivery in module.delivery : tenant => delivery.callback_json }
  sensitive   = true
}
