# The action fails the run when S3 refuses the delivery.
run "creates_the_bucket_and_delivers" {
  command = apply

  assert {
    condition     = voicebase_delivery_bucket.results.id == "acme-voicebase-tested"
    error_message = "The delivery was tried on this bucket."
  }
}
