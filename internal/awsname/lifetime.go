package awsname

import "time"

// MaxPresignedLife is the longest life that SigV4 gives a pre-signed URL (X-Amz-Expires), seven days:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html.
const MaxPresignedLife = 7 * 24 * time.Hour
