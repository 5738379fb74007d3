variable "bucket" {
  description = "Name of the bucket with the results."
  type        = string
}

variable "bucket_arn" {
  description = "ARN of the bucket with the results."
  type        = string
}

variable "key_prefix" {
  description = "Prefix of the keys of the results."
  type        = string
}

variable "callback_json" {
  description = "Configuration to send with each POST /v3/media."
  type        = string
  sensitive   = true
}
