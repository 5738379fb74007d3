variable "regions" {
  description = "AWS regions to deliver to."
  type        = list(string)
  default     = ["us-east-1", "eu-west-1"]
}

variable "force_destroy" {
  description = "Whether destroying a bucket deletes the results in it."
  type        = bool
  default     = false
}
