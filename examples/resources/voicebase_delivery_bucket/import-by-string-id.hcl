import {
  to = voicebase_delivery_bucket.results
  id = "acme-voicebase-results@eu-west-1"
}
