import {
  to = voicebase_delivery_bucket.results
  identity = {
    bucket = "acme-voicebase-results"
    region = "eu-west-1" # default: the provider's
  }
}
