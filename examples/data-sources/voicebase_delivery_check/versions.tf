terraform {
  required_providers {
    voicebase = {
      source = "voicebase/voicebase"
    }
  }
}
