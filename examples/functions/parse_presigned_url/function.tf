terraform {
  required_providers {
    voicebase = {
      source = "voicebase/voicebase"
    }
  }
}

variable "url" {
  type      = string
  sensitive = true
  default   = "https://acme-voicebase-results.s3.us-east-1.amazonaws.com/calls/2026/0001.json?content-type=application%2Fjson&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

locals {
  # The parts say nothing that lets anyone use the URL.
  parsed = nonsensitive(provider::voicebase::parse_presigned_url(var.url))
}

output "object" {
  value = "${local.parsed.bucket}/${local.parsed.key}" # acme-voicebase-results/calls/2026/0001.json
}

output "expires_at" {
  value = local.parsed.expires_at # 2026-01-03T03:04:05Z
}

output "content_type" {
  value = local.parsed.content_type # application/json
}
