variable "bucket" {
  description = "Name of the bucket. Default: a generated name."
  type        = string
  default     = null
}

variable "bucket_prefix" {
  description = "Prefix of the bucket's generated name. Conflicts with bucket."
  type        = string
  default     = null
}

variable "region" {
  description = "AWS region of the bucket. Default: the provider's region."
  type        = string
  default     = null
}

variable "role_name" {
  description = "Name of the role. Default: a generated name."
  type        = string
  default     = null
}

variable "role_name_prefix" {
  description = "Prefix of the role's generated name. Conflicts with role_name."
  type        = string
  default     = null
}

variable "voicebase_arn" {
  description = "Principal that assumes the role: VoiceBase's ARN or AWS account ID, from VoiceBase support. Default: the provider's."
  type        = string
  default     = null
}

variable "external_id" {
  description = "VoiceBase organization ID that VoiceBase must send when it assumes the role. Default: the provider's."
  type        = string
  default     = null
}

variable "folder" {
  description = "Folder of the results in the bucket. VoiceBase can write only below it."
  type        = string
  default     = "voicebase"

  validation {
    condition     = can(regex("^[^/].*[^/]$|^[^/]$", var.folder))
    error_message = "folder must not be empty, and must not start or end with a slash."
  }
}

variable "results" {
  description = "Results that VoiceBase delivers, one callback for each."
  type = list(object({
    type    = string
    format  = optional(string)
    stream  = optional(string)
    include = optional(list(string))
  }))
  default = [{ type = "analytics" }]

  validation {
    condition     = length(var.results) > 0
    error_message = "results must name at least one result."
  }
}

variable "base_configuration" {
  description = "VoiceBase configuration, as JSON, to add the callbacks to. Default: none."
  type        = string
  default     = null
}

variable "access" {
  description = "What VoiceBase may do below the folder: write, or documented for the permissions in VoiceBase's documentation."
  type        = string
  default     = "write"
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the results, in the bucket's region. Default: SSE-S3."
  type        = string
  default     = null
}

variable "retention" {
  description = "Retention in days. Default: only incomplete multipart uploads expire."
  type = object({
    expire_after_days                   = optional(number)
    noncurrent_expire_after_days        = optional(number)
    abort_incomplete_uploads_after_days = optional(number)
    transitions                         = optional(list(object({ after_days = number, storage_class = string })))
    noncurrent_transitions              = optional(list(object({ after_days = number, storage_class = string })))
  })
  default = null
}

variable "access_logging" {
  description = "Bucket, and optionally key prefix, of the server access logs. Default: off."
  type = object({
    bucket = string
    prefix = optional(string)
  })
  default = null
}

variable "eventbridge_notifications" {
  description = "Whether S3 sends events of the bucket to Amazon EventBridge."
  type        = bool
  default     = false
}

variable "bucket_policy" {
  description = "Your own statements of the bucket policy, as JSON. Default: only those that deny insecure requests."
  type        = string
  default     = null
}

variable "permissions_boundary" {
  description = "ARN of the managed policy to use as the role's permissions boundary. Default: none."
  type        = string
  default     = null
}

variable "force_destroy" {
  description = "Whether destroying the bucket deletes the results in it."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of the bucket and the role."
  type        = map(string)
  default     = {}
}
