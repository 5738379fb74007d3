package s3bucket

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// Codes of S3 for which the SDK has no type, or not for every call:
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
const (
	codeNoSuchBucket           = "NoSuchBucket"
	codeNoSuchUpload           = "NoSuchUpload"
	codeBucketNotEmpty         = "BucketNotEmpty"
	codeBucketAlreadyExists    = "BucketAlreadyExists"
	codeBucketAlreadyOwned     = "BucketAlreadyOwnedByYou"
	codeAccessDenied           = "AccessDenied"
	codeMalformedXML           = "MalformedXML"
	codeNotImplemented         = "NotImplemented"
	codeMalformedPolicy        = "MalformedPolicy"
	codeAuthorizationMalformed = "AuthorizationHeaderMalformed"
	codeACLWithOwnership       = "InvalidBucketAclWithObjectOwnership"
	codeNoPublicAccessBlock    = "NoSuchPublicAccessBlockConfiguration"
	codeNoOwnershipControls    = "OwnershipControlsNotFoundError"
	codeNoEncryption           = "ServerSideEncryptionConfigurationNotFoundError"
	codeNoLifecycle            = "NoSuchLifecycleConfiguration"
	codeNoBucketPolicy         = "NoSuchBucketPolicy"
	codeNoTags                 = "NoSuchTagSet"
	codeNoObjectLock           = "ObjectLockConfigurationNotFoundError"
	// codeNotFound is the SDK's code for HeadBucket's 404, which has no body.
	codeNotFound = "NotFound"
	// codeBodylessBadRequest is the SDK's code for a status without a body, such as the answer to a HEAD in the wrong
	// region, which is not always a redirect: https://github.com/aws/aws-sdk-ruby/pull/1162.
	codeBodylessBadRequest = "BadRequest"
)

// headerBucketRegion tells the region to a client that asked in the wrong one.
const headerBucketRegion = "X-Amz-Bucket-Region"

// existsAdvice says what to do about a bucket that existed before its create.
const existsAdvice = "choose another name, or bring it under Terraform with `terraform import`"

// unless returns an error unless it has that code: what it reports as missing need not exist.
func unless(err error, missing string) error {
	if awsclient.Code(err) == missing {
		return nil
	}
	return err
}

// expectedRegion finds the region in S3's message: the region 'us-east-1' is wrong; expecting 'eu-west-1'.
var expectedRegion = regexp.MustCompile(`expecting '([a-z0-9-]+)'`)

// bucketRegion returns the region that S3 names to a client that asked in the wrong one, or "".
func bucketRegion(err error) string {
	switch code := awsclient.Code(err); {
	case awsclient.Status(err) == http.StatusMovedPermanently:
	case code == codeAuthorizationMalformed, code == codeBodylessBadRequest:
	default:
		return ""
	}
	if region := headerRegion(err); region != "" {
		return region
	}
	if match := expectedRegion.FindStringSubmatch(err.Error()); match != nil {
		return match[1]
	}
	return ""
}

// headerRegion is the region in an answer's header, or "".
func headerRegion(err error) string {
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		return response.Response.Header.Get(headerBucketRegion)
	}
	return ""
}

// explainRegion says where the bucket is if the call went to the wrong region.
func explainRegion(name string, err error) error {
	if region := bucketRegion(err); region != "" {
		return fmt.Errorf("bucket %q is in region %s, not in the configured region: set region = %q, or import it by the ID %s@%s: %w", name, region, region, name, region, err)
	}
	return err
}
