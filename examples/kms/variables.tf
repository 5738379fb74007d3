variable "region" {
  description = "AWS region of the bucket."
  type        = string
  default     = "us-east-1"
}

variable "bucket" {
  description = "Name of the bucket. Default: a generated name."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "ARN of the KMS key, in the bucket's region. Its key policy must allow IAM policies, as it does by default."
  type        = string
}

variable "force_destroy" {
  description = "Whether destroying the bucket deletes the results in it."
  type        = bool
  default     = false
}
