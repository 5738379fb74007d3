// Package assumerole is the first of the two ways in which VoiceBase delivers: it assumes a role in the customer's
// account, and writes to the customer's bucket with it.
//
//	VoiceBase's principal --sts:AssumeRole, external ID--> the delivery role --s3:PutObject--> bucket/prefix/…
//
// The role trusts VoiceBase's principal alone, and only together with the external ID, which is the customer's
// organization ID at VoiceBase. Its one inline policy lets it write below the key prefixes. No credentials change
// hands: what the customer gives VoiceBase is the role's ARN, in the callback's "role", beside "s3Delivery" and the
// bucket's URL (VoiceBase's page "S3 Callbacks").
//
// The documents themselves are made by package iampolicy, the calls by package iamrole; here is what Terraform sees.
package assumerole
