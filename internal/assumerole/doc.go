// Package assumerole implements role delivery, the first of VoiceBase's two ways to deliver: VoiceBase assumes a role
// in the customer's account, and writes to the customer's bucket with it.
//
//	VoiceBase's principal --sts:AssumeRole, external ID--> the delivery role --s3:PutObject--> bucket/prefix/…
//
// The role trusts only VoiceBase's principal, and only together with the external ID, which is the customer's
// organization ID at VoiceBase. Its one inline policy allows writing below the key prefixes. No credentials change
// hands: the customer gives VoiceBase the role's ARN, in the callback's "role", beside "s3Delivery" and the bucket's
// URL (VoiceBase's page "S3 Callbacks").
//
// Package iampolicy builds the documents and package iamrole makes the calls. This package is what Terraform sees.
package assumerole
