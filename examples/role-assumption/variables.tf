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

variable "folder" {
  description = "Folder of the results in the bucket. The role may write only below it."
  type        = string
  default     = "voicebase"
}

variable "force_destroy" {
  description = "Whether destroying the bucket deletes the results in it."
  type        = bool
  default     = false
}
