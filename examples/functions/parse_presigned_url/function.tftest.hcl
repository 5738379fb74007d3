run "reads_the_url" {
  command = plan

  assert {
    condition     = output.object == "acme-voicebase-results/calls/2026/0001.json"
    error_message = "Bucket and key are read out of the URL."
  }

  assert {
    condition     = output.expires_at == "2026-01-03T03:04:05Z"
    error_message = "The URL ends a day after its date."
  }

  assert {
    condition     = output.content_type == "application/json"
    error_message = "The content type is read out of the URL."
  }
}

run "reads_another_url" {
  command = plan

  variables {
    url = "https://s3.eu-west-1.amazonaws.com/acme-archive/calls/1.vtt?content-type=text%2Fvtt&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  }

  assert {
    condition     = "${output.object} ${output.content_type} ${output.expires_at}" == "acme-archive/calls/1.vtt text/vtt 2026-01-02T03:05:05Z"
    error_message = "The URL in path style is read, too."
  }
}
