# By the name of the role. Bucket, prefixes and principal are read back from its policies.
terraform import voicebase_delivery_role.voicebase s3-delivery-role
