run "hands_the_configuration_to_the_secret" {
  command = apply

  assert {
    condition     = strcontains(jsondecode(local.callbacks).publish.callbacks[0].url, "/calls/2026/0001.json?")
    error_message = "The configuration has the URL of the object."
  }

  assert {
    condition     = jsondecode(local.callbacks).publish.callbacks[0].method == "PUT"
    error_message = "The URL is for PUT."
  }

  assert {
    condition     = aws_secretsmanager_secret_version.callbacks.secret_id == aws_secretsmanager_secret.callbacks.id
    error_message = "The configuration is a version of the secret."
  }
}
