terraform {
  # Write-only arguments need Terraform 1.11 or OpenTofu 1.11.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
    voicebase = {
      source = "voicebase/voicebase"
    }
  }
}
