# By the bucket's name, in the provider's region.
terraform import voicebase_delivery_bucket.results acme-voicebase-results

# With the region where it is another one.
terraform import voicebase_delivery_bucket.results acme-voicebase-results@eu-west-1
