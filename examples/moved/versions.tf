terraform {
  required_version = ">= 1.8" # OpenTofu: 1.10, for moved between types

  required_providers {
    voicebase = {
      source  = "voicebase/voicebase"
      version = "~> 0.1"
    }
  }
}
