data "voicebase_delivery_bucket" "results" {
  bucket = "acme-voicebase-results"
}

output "callback_url" {
  value = data.voicebase_delivery_bucket.results.delivery_url
}
