run "each_result_by_its_approach" {
  command = apply

  variables {
    force_destroy = true
  }

  assert {
    condition     = [for callback in jsondecode(output.callback_json).publish.callbacks : try(callback.role, "")] == ["", output.role_arn, output.role_arn]
    error_message = "The role delivers all but the analytics."
  }

  assert {
    condition     = jsondecode(output.callback_json).publish.callbacks[0].method == "PUT" && strcontains(jsondecode(output.callback_json).publish.callbacks[0].url, "/calls/42/analytics.json?")
    error_message = "The analytics go to the pre-signed URL."
  }

  assert {
    condition     = strcontains(voicebase_delivery_bucket.results.effective_policy, "\"86400000\"")
    error_message = "The bucket refuses URLs that are older than a day."
  }
}
