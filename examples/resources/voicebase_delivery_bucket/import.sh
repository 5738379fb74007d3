# By the bucket's name, in the provider's region.
terraform import voicebase_delivery_bucket.results acme-voicebase-results

# In another region.
terraform import voicebase_delivery_bucket.results acme-voicebase-results@eu-west-1

# By ARN.
terraform import voicebase_delivery_bucket.results arn:aws:s3:::acme-voicebase-results
