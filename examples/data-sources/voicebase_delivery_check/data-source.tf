resource "voicebase_delivery_bucket" "results" {
  bucket = "acme-voicebase-checked"
}

resource "voicebase_delivery_role" "voicebase" {
  name         = "acme-voicebase-checked"
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
}

# A check block warns in every plan and apply, and stops nothing.
check "delivery" {
  data "voicebase_delivery_check" "role" {
    bucket     = voicebase_delivery_bucket.results.id
    region     = voicebase_delivery_bucket.results.region
    role_arn   = voicebase_delivery_role.voicebase.arn
    key_prefix = "voicebase/" # the callback's prepend_folder and a slash
  }

  assert {
    condition = alltrue(data.voicebase_delivery_check.role.findings[*].passed)
    error_message = join("\n", [
      for finding in data.voicebase_delivery_check.role.findings :
      "${finding.severity}: ${finding.name}: ${finding.detail} ${finding.remedy}" if !finding.passed
    ])
  }
}

# A postcondition stops the run. Without role_arn, the bucket alone is checked, for pre-signed URLs.
data "voicebase_delivery_check" "presigned" {
  bucket     = voicebase_delivery_bucket.results.id
  region     = voicebase_delivery_bucket.results.region
  key_prefix = "calls/"

  lifecycle {
    postcondition {
      condition = self.passed
      error_message = join("\n", [
        for finding in self.findings : "${finding.name}: ${finding.detail} ${finding.remedy}"
        if !finding.passed && finding.severity == "error"
      ])
    }
  }
}
