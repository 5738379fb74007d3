import {
  to = voicebase_delivery_role.voicebase
  id = "s3-delivery-role"
}
