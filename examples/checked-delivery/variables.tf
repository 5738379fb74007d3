variable "region" {
  description = "Region that deliveries are addressed to."
  type        = string
  default     = "us-east-1"
}

variable "bucket_region" {
  description = "Region of the bucket, if it is not the one that deliveries are addressed to. The check finds this."
  type        = string
  default     = null
}

variable "bucket" {
  description = "Name of the bucket."
  type        = string
  default     = "acme-voicebase-checked-delivery"
}

variable "role" {
  description = "Name of the role."
  type        = string
  default     = "acme-voicebase-checked-delivery"
}

variable "folder" {
  description = "Where in the bucket the results land."
  type        = string
  default     = "voicebase"
}

variable "role_folder" {
  description = "Where the role may write, if not in folder. The check finds this."
  type        = string
  default     = null
}

variable "force_destroy" {
  description = "Whether destroying the bucket deletes the results in it."
  type        = bool
  default     = false
}
