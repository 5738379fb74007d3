run "a_bucket_in_each_region" {
  command = apply

  variables {
    force_destroy = true
  }

  assert {
    condition     = { for key, bucket in voicebase_delivery_bucket.results : key => bucket.region } == { eu-west-1 = "eu-west-1", us-east-1 = "us-east-1" }
    error_message = "Each bucket is in its region."
  }

  assert {
    condition = alltrue([for region, json in output.callback_json :
      jsondecode(json).publish.callbacks[0].url == voicebase_delivery_bucket.results[region].delivery_url && jsondecode(json).publish.callbacks[0].role == voicebase_delivery_role.voicebase[region].arn
    ])
    error_message = "Each configuration names the bucket and the role of its region."
  }
}
