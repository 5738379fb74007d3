resource "voicebase_delivery_bucket" "results" {
  bucket        = "acme-voicebase-tested"
  force_destroy = true

  # Tries a delivery whenever the bucket is created or changed.
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.voicebase_test_delivery.analytics]
    }
  }
}

action "voicebase_test_delivery" "analytics" {
  config {
    # Refer to the resource, so that Terraform creates it first.
    bucket     = voicebase_delivery_bucket.results.id
    region     = voicebase_delivery_bucket.results.region
    key_prefix = "voicebase/"
    type       = "analytics"
  }
}

# By hand, at any time: terraform apply -invoke=action.voicebase_test_delivery.subtitles
action "voicebase_test_delivery" "subtitles" {
  config {
    bucket     = voicebase_delivery_bucket.results.id
    region     = voicebase_delivery_bucket.results.region
    key_prefix = "voicebase/"
    type       = "transcript"
    format     = "webvtt"
  }
}
