# A role that another configuration made, for a callback's "role".
data "voicebase_delivery_role" "voicebase" {
  name = "s3-delivery-role"
}

output "role" {
  value = data.voicebase_delivery_role.voicebase.arn
}
