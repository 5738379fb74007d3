package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

type handler = func(*Front, http.ResponseWriter, *request) error

// subresource says which permissions the calls of a bucket's sub-resource take;
// a call without one does not exist. setting is how it is kept here, or nil
// where versitygw has it.
type subresource struct {
	get, put, del string
	setting       *setting
}

// lookupSubresource returns the sub-resource called name.
func lookupSubresource(name string) (subresource, bool) {
	s, ok := map[string]subresource{
		"acl":      {get: "s3:GetBucketAcl", put: "s3:PutBucketAcl"},
		"cors":     {get: "s3:GetBucketCORS", put: "s3:PutBucketCORS", del: "s3:PutBucketCORS"},
		"location": {get: "s3:GetBucketLocation"},
		"uploads":  {get: "s3:ListBucketMultipartUploads"},
		"versions": {get: "s3:ListBucketVersions"},
		"website":  {get: "s3:GetBucketWebsite", put: "s3:PutBucketWebsite", del: "s3:DeleteBucketWebsite"},

		"abac":              {get: "s3:GetBucketAbac", put: "s3:PutBucketAbac", setting: abac()},
		"accelerate":        {get: "s3:GetAccelerateConfiguration", put: "s3:PutAccelerateConfiguration", setting: accelerate()},
		"encryption":        {get: "s3:GetEncryptionConfiguration", put: "s3:PutEncryptionConfiguration", del: "s3:PutEncryptionConfiguration", setting: encryption()},
		"lifecycle":         {get: "s3:GetLifecycleConfiguration", put: "s3:PutLifecycleConfiguration", del: "s3:PutLifecycleConfiguration", setting: lifecycle()},
		"logging":           {get: "s3:GetBucketLogging", put: "s3:PutBucketLogging", setting: logging()},
		"notification":      {get: "s3:GetBucketNotification", put: "s3:PutBucketNotification", setting: notification()},
		"publicAccessBlock": {get: "s3:GetBucketPublicAccessBlock", put: "s3:PutBucketPublicAccessBlock", del: "s3:PutBucketPublicAccessBlock", setting: publicAccessBlock()},
		"replication":       {get: "s3:GetReplicationConfiguration", put: "s3:PutReplicationConfiguration", del: "s3:PutReplicationConfiguration", setting: replication()},
		"requestPayment":    {get: "s3:GetBucketRequestPayment", put: "s3:PutBucketRequestPayment", setting: requestPayment()},
		"object-lock":       {get: "s3:GetBucketObjectLockConfiguration", put: "s3:PutBucketObjectLockConfiguration", setting: objectLock()},
		"ownershipControls": {get: "s3:GetBucketOwnershipControls", put: "s3:PutBucketOwnershipControls", del: "s3:PutBucketOwnershipControls", setting: ownership()},
		"tagging":           {get: "s3:GetBucketTagging", put: "s3:PutBucketTagging", del: "s3:PutBucketTagging", setting: tagging()},
		"versioning":        {get: "s3:GetBucketVersioning", put: "s3:PutBucketVersioning", setting: versioning()},
	}[name]
	return s, ok
}

// resolveSubresource finds the operation on a bucket's sub-resource.
func resolveSubresource(q *request, name string) (*operation, error) {
	switch name {
	case "policy", "policyStatus":
		return resolvePolicy(q, name)
	case "delete":
		switch {
		case q.Method != http.MethodPost:
			return nil, notImplemented(name)
		case q.caller.Kind == identity.Foreign: // whom not even the list of refusals is for
			return nil, accessDenied("Access Denied")
		}
		return &operation{kind: kindObjects, run: (*Front).deleteObjects}, checkBypass(q) // which judges each object
	}
	s, ok := lookupSubresource(name)
	if !ok {
		return nil, notImplemented(name)
	}
	action, kept := "", handler(nil)
	switch q.Method {
	case http.MethodGet:
		action, kept = s.get, getSetting(name, s.setting)
	case http.MethodPut:
		action, kept = s.put, putSetting(name, s.setting)
	case http.MethodDelete:
		action, kept = s.del, deleteSetting(name, s.setting)
	}
	if action == "" {
		return nil, fail(http.StatusMethodNotAllowed, "MethodNotAllowed", "The specified method is not allowed against this resource.")
	}
	switch {
	case name == "versions":
		kept = (*Front).listVersions
	case name == "uploads":
		kept = (*Front).listUploads
	case s.setting == nil:
		kept = (*Front).forward
	}
	if name == "tagging" && q.Method != http.MethodGet {
		kept = refuseUnderABAC(kept)
	}
	if q.Method == http.MethodPut && name == "acl" {
		if err := checkPublicACL(q); err != nil {
			return nil, err
		}
	}
	return &operation{checks: []check{{action: action, bucket: q.bucket}}, kind: name, run: kept}, nil
}
