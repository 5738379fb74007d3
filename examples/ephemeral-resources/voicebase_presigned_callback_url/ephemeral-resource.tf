resource "voicebase_delivery_bucket" "results" {
  bucket = "acme-voicebase-results"
}

# Not stored in state or in a plan file: for consumers of ephemeral values, such as write-only arguments.
ephemeral "voicebase_presigned_callback_url" "analytics" {
  bucket = voicebase_delivery_bucket.results.id
  region = voicebase_delivery_bucket.results.region
  key    = "calls/2026/0001.json"
  type   = "analytics"
}

# The callback configuration is ephemeral, because the URL in it is.
locals {
  callbacks = provider::voicebase::callback_configuration([
    {
      url     = ephemeral.voicebase_presigned_callback_url.analytics.url
      method  = ephemeral.voicebase_presigned_callback_url.analytics.method
      type    = "analytics"
      include = ["transcript", "knowledge", "metadata"]
    },
  ])
}

resource "aws_secretsmanager_secret" "callbacks" {
  name = "voicebase-callbacks"
}

# Increase the version to write a new configuration.
resource "aws_secretsmanager_secret_version" "callbacks" {
  secret_id                = aws_secretsmanager_secret.callbacks.id
  secret_string_wo         = local.callbacks
  secret_string_wo_version = 1
}
