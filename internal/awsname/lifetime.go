package awsname

import "time"

// MaxPresignedLife is the longest lifetime of a pre-signed URL with SigV4 (X-Amz-Expires), seven days:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html.
const MaxPresignedLife = 7 * 24 * time.Hour
