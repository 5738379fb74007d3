variable "region" {
  description = "AWS region of the buckets."
  type        = string
  default     = "us-east-1"
}

variable "tenants" {
  description = "Tenants by a short name, with their VoiceBase organization ID and the retention of their results in days."
  type = map(object({
    organization_id   = string
    expire_after_days = optional(number, 365)
  }))
}

variable "force_destroy" {
  description = "Whether destroying a bucket deletes the results in it."
  type        = bool
  default     = false
}
