import {
  to = voicebase_delivery_role.voicebase
  identity = {
    name = "s3-delivery-role"
  }
}
