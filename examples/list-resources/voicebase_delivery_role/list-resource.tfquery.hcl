# Every role that trusts the provider's voicebase_arn, whoever made it.
list "voicebase_delivery_role" "all" {
  provider = voicebase
}
