variable "region" {
  description = "Region of the bucket."
  type        = string
  default     = "us-east-1"
}

variable "bucket" {
  description = "Name of the bucket; a generated one when null."
  type        = string
  default     = null
}

variable "folder" {
  description = "Where in the bucket the results land. The role may write below it and nowhere else."
  type        = string
  default     = "voicebase"
}

variable "force_destroy" {
  description = "Whether destroying the bucket deletes the results in it."
  type        = bool
  default     = false
}
