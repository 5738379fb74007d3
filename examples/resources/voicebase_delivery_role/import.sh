# By the role's name.
terraform import voicebase_delivery_role.voicebase s3-delivery-role

# By ARN.
terraform import voicebase_delivery_role.voicebase arn:aws:iam::123456789012:role/s3-delivery-role
