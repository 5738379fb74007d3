run "one_configuration_for_both_ways" {
  command = apply

  assert {
    condition     = jsondecode(output.configuration).speechModel.language == "en-US"
    error_message = "What was there stays as it is."
  }

  assert {
    condition     = jsondecode(output.configuration).publish.callbacks[0].url == data.voicebase_presigned_callback_url.analytics.url
    error_message = "The analytics go to the pre-signed URL."
  }

  assert {
    condition     = jsondecode(output.configuration).publish.callbacks[0].method == "PUT"
    error_message = "A pre-signed URL is for PUT, though POST is VoiceBase's default."
  }

  assert {
    condition = jsonencode(slice(jsondecode(output.configuration).publish.callbacks, 1, 3)) == jsonencode([
      {
        url           = "https://s3.us-east-1.amazonaws.com/acme-voicebase-results"
        s3Delivery    = true
        role          = "arn:aws:iam::111122223333:role/s3-delivery-role"
        prependFolder = "voicebase"
        type          = "transcript"
        format        = "webvtt"
      },
      {
        url           = "https://s3.us-east-1.amazonaws.com/acme-voicebase-results"
        s3Delivery    = true
        role          = "arn:aws:iam::111122223333:role/s3-delivery-role"
        prependFolder = "voicebase"
        type          = "media"
        stream        = "redacted-audio"
      },
    ])
    error_message = "Subtitles and recording are delivered by the role, by VoiceBase's names."
  }
}
