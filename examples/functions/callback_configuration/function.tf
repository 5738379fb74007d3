terraform {
  required_providers {
    voicebase = {
      source = "voicebase/voicebase"
    }
  }
}

locals {
  # Every callback writes to the same bucket by the same role.
  delivery = {
    url            = "https://s3.us-east-1.amazonaws.com/acme-voicebase-results"
    s3_delivery    = true
    role           = "arn:aws:iam::111122223333:role/s3-delivery-role"
    prepend_folder = "voicebase"
  }

  formats = ["json", "webvtt"]
}

output "configuration" {
  value = provider::voicebase::callback_configuration(concat(
    [merge(local.delivery, { type = "analytics", include = ["transcript", "knowledge", "metadata"] })],
    [for format in local.formats : merge(local.delivery, { type = "transcript", format = format })],
  ))
}
