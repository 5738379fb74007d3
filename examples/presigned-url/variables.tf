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
  description = "Folder of the results in the bucket. Use one folder for each call, because a URL names one object."
  type        = string
  default     = "calls/example"
}

variable "expires_in" {
  description = "How long the URLs are valid, in seconds. VoiceBase's last retry comes 56,700 seconds after its first attempt."
  type        = number
  default     = 86400
}

variable "signed_at" {
  description = "When to sign the URLs for (RFC 3339). The same time gives the same URLs. Default: the start of the current hour."
  type        = string
  default     = null
}

variable "force_destroy" {
  description = "Whether destroying the bucket deletes the results in it."
  type        = bool
  default     = false
}
