run "one_configuration_for_both_ways" {
  command = apply

  assert {
    condition     = jsondecode(output.configuration).speechModel.language == "en-US"
    error_message = "The base configuration is kept."
  }

  assert {
    condition     = jsondecode(output.configuration).publish.callbacks[0].url == data.voicebase_presigned_callback_url.analytics.url
    error_message = "The analytics go to the pre-signed URL."
  }

  assert {
    condition     = jsondecode(output.configuration).publish.callbacks[0].method == "PUT"
    error_message = "A pre-signed URL gets the method PUT."
  }

  assert {
    condition = jsonencode(slice(jsondecode(output.configuration).publish.callbacks, 1, 3)) == jsonencode([
      {
        url           = voicebase_delivery_bucket.results.delivery_url
        s3Delivery    = true
        role          = voicebase_delivery_role.voicebase.arn
        prependFolder = "voicebase"
        type          = "transcript"
        format        = "webvtt"
      },
      {
        url           = voicebase_delivery_bucket.results.delivery_url
        s3Delivery    = true
        role          = voicebase_delivery_role.voicebase.arn
        prependFolder = "voicebase"
        type          = "media"
        stream        = "redacted-audio"
      },
    ])
    error_message = "The role delivers the subtitles and the recording, in VoiceBase's spelling."
  }
}
