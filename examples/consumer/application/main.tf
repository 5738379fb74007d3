# What an application needs of a delivery: the configuration to send to VoiceBase, the permission to read results, and
# the events that announce them. Use the outputs with the provider that runs your application.

locals {
  environment = {
    VOICEBASE_CONFIGURATION = var.callback_json
    RESULTS_BUCKET          = var.bucket
    RESULTS_PREFIX          = var.key_prefix
  }

  reader_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = var.bucket_arn
        Condition = { StringLike = { "s3:prefix" = "${var.key_prefix}*" } }
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${var.bucket_arn}/${var.key_prefix}*"
      },
    ]
  }

  event_pattern = {
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail = {
      bucket = { name = [var.bucket] }
      object = { key = [{ prefix = var.key_prefix }] }
    }
  }
}
