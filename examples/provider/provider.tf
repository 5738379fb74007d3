terraform {
  required_providers {
    voicebase = {
      source = "voicebase/voicebase"
    }
  }
}

provider "voicebase" {
  region        = "us-east-1"
  voicebase_arn = "arn:aws:iam::111122223333:role/voicebase-delivery" # from VoiceBase support
  external_id   = "0e2a8f5c-organization-id"                          # your VoiceBase organization ID

  default_tags {
    tags = {
      Service = "voicebase-results"
    }
  }
}
