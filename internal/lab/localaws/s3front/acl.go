package s3front

import (
	"net/http"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// checkPublicACL refuses a public canned ACL, which every bucket blocks unless
// its owner changed that.
func checkPublicACL(q *request) error {
	switch q.Header.Get("X-Amz-Acl") {
	case "public-read", "public-read-write", "authenticated-read":
		if q.record.isBlocked("BlockPublicAcls") {
			return &authz.Denied{
				Principal: q.caller.ARN, Action: "s3:PutObjectAcl", Resource: check{bucket: q.bucket, key: q.key}.arn(),
				Why: "because public access control lists (ACLs) are prevented by the BlockPublicAcls setting in S3 Block Public Access",
			}
		}
	}
	return nil
}

// checkACL refuses an upload with an ACL if the bucket has none.
func checkACL(q *request) error {
	if hasACL(q.Header) && !onlyOwnerControls(q.Header) && q.record.objectOwnership() == "BucketOwnerEnforced" {
		return s3error.BadRequest("AccessControlListNotSupported", "The bucket does not allow ACLs")
	}
	return nil
}

func hasACL(header http.Header) bool {
	for name := range header {
		if lower := strings.ToLower(name); lower == "x-amz-acl" || strings.HasPrefix(lower, "x-amz-grant-") {
			return true
		}
	}
	return false
}

// onlyOwnerControls says whether an upload's ACL gives the bucket's owner full
// control and nobody else anything, which is so anyway.
func onlyOwnerControls(header http.Header) bool {
	for name := range header {
		if strings.HasPrefix(strings.ToLower(name), "x-amz-grant-") {
			return false
		}
	}
	return header.Get("X-Amz-Acl") == "bucket-owner-full-control"
}
