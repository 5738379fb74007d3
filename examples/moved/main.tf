# A bucket and a role that were resources of hashicorp/aws. The moved blocks hand over their state, and the removed
# blocks forget the bucket's settings and the role's policy, which belong to the two resources now. Nothing is
# destroyed or created anew. Delete the moved and removed blocks after the apply.

provider "voicebase" {
  region = var.region
}

resource "voicebase_delivery_bucket" "results" {
  bucket        = var.bucket
  force_destroy = var.force_destroy
}

resource "voicebase_delivery_role" "voicebase" {
  name               = var.role
  bucket_arn         = voicebase_delivery_bucket.results.arn
  key_prefixes       = ["voicebase/"]
  exclusive_policies = true
}

moved {
  from = aws_s3_bucket.results
  to   = voicebase_delivery_bucket.results
}

moved {
  from = aws_iam_role.voicebase
  to   = voicebase_delivery_role.voicebase
}

removed {
  from = aws_s3_bucket_public_access_block.results
  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_s3_bucket_versioning.results
  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_s3_bucket_policy.results
  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_iam_role_policy.voicebase
  lifecycle {
    destroy = false
  }
}
