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
  description = "Where in the bucket the results land: one folder for each call, because a URL names one object."
  type        = string
  default     = "calls/example"
}

variable "expires_in" {
  description = "How long the URLs live, in seconds. VoiceBase's last retry comes 15 h 45 min after its first attempt."
  type        = number
  default     = 86400
}

variable "signed_at" {
  description = "When the URLs are signed (RFC 3339): the same time gives the same URLs. Null for now, the hour begun."
  type        = string
  default     = null
}

variable "force_destroy" {
  description = "Whether destroying the bucket deletes the results in it."
  type        = bool
  default     = false
}
