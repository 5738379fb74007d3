terraform {
  required_version = ">= 1.8"

  required_providers {
    voicebase = {
      source  = "voicebase/voicebase"
      version = "~> 0.1"
    }
  }
}
