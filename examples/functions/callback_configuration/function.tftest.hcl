run "writes_what_voicebase_takes" {
  command = plan

  assert {
    condition = jsonencode([for callback in jsondecode(output.configuration).publish.callbacks : [callback.type, try(callback.format, null)]]) == jsonencode([
      ["analytics", null],
      ["transcript", "json"],
      ["transcript", "webvtt"],
    ])
    error_message = "There is a callback for the analytics, and one for each format, in order."
  }

  assert {
    condition     = jsondecode(output.configuration).publish.callbacks[0].include == ["transcript", "knowledge", "metadata"]
    error_message = "The analytics have the sections asked for."
  }

  assert {
    condition = alltrue([for callback in jsondecode(output.configuration).publish.callbacks :
      callback.s3Delivery && callback.prependFolder == "voicebase" && callback.role == "arn:aws:iam::111122223333:role/s3-delivery-role"
    ])
    error_message = "All are delivered by the role, by VoiceBase's names."
  }
}
