# In no state and no plan file: for consumers that take ephemeral values, such as write-only arguments.
ephemeral "voicebase_presigned_callback_url" "analytics" {
  bucket = "acme-voicebase-results"
  key    = "calls/2026/0001.json"
  type   = "analytics"
}

# The whole callback configuration, as ephemeral as the URL in it.
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

# The version goes up when a new configuration is to be written.
resource "aws_secretsmanager_secret_version" "callbacks" {
  secret_id                = aws_secretsmanager_secret.callbacks.id
  secret_string_wo         = local.callbacks
  secret_string_wo_version = 1
}
