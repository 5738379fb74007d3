# terraform query lists the buckets; -generate-config-out=generated.tf imports them.
list "voicebase_delivery_bucket" "acme" {
  provider         = voicebase
  include_resource = true

  config {
    prefix = "acme-"
    region = "us-east-1"
  }
}
