variable "region" {
  description = "AWS region of the bucket."
  type        = string
  default     = "us-east-1"
}

variable "bucket" {
  description = "Name of the existing bucket."
  type        = string
}

variable "role" {
  description = "Name of the existing role."
  type        = string
}

variable "force_destroy" {
  description = "Whether destroying deletes the results in the bucket, and the policies on the role that were made by hand."
  type        = bool
  default     = false
}
