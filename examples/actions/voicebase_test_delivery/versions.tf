terraform {
  required_version = ">= 1.14" # actions

  required_providers {
    voicebase = {
      source = "voicebase/voicebase"
    }
  }
}
