package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3settings"
)

type handler = func(*Front, http.ResponseWriter, *request) error

// subresource says which permissions the calls of a bucket's sub-resource take;
// a call without one does not exist.
type subresource struct {
	get, put, del string
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

		"abac":              {get: "s3:GetBucketAbac", put: "s3:PutBucketAbac"},
		"accelerate":        {get: "s3:GetAccelerateConfiguration", put: "s3:PutAccelerateConfiguration"},
		"encryption":        {get: "s3:GetEncryptionConfiguration", put: "s3:PutEncryptionConfiguration", del: "s3:PutEncryptionConfiguration"},
		"lifecycle":         {get: "s3:GetLifecycleConfiguration", put: "s3:PutLifecycleConfiguration", del: "s3:PutLifecycleConfiguration"},
		"logging":           {get: "s3:GetBucketLogging", put: "s3:PutBucketLogging"},
		"notification":      {get: "s3:GetBucketNotification", put: "s3:PutBucketNotification"},
		"publicAccessBlock": {get: "s3:GetBucketPublicAccessBlock", put: "s3:PutBucketPublicAccessBlock", del: "s3:PutBucketPublicAccessBlock"},
		"replication":       {get: "s3:GetReplicationConfiguration", put: "s3:PutReplicationConfiguration", del: "s3:PutReplicationConfiguration"},
		"requestPayment":    {get: "s3:GetBucketRequestPayment", put: "s3:PutBucketRequestPayment"},
		"object-lock":       {get: "s3:GetBucketObjectLockConfiguration", put: "s3:PutBucketObjectLockConfiguration"},
		"ownershipControls": {get: "s3:GetBucketOwnershipControls", put: "s3:PutBucketOwnershipControls", del: "s3:PutBucketOwnershipControls"},
		"tagging":           {get: "s3:GetBucketTagging", put: "s3:PutBucketTagging", del: "s3:PutBucketTagging"},
		"versioning":        {get: "s3:GetBucketVersioning", put: "s3:PutBucketVersioning"},
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
			return nil, s3error.NotImplemented(name)
		case q.caller.Kind == identity.Foreign: // whom not even the list of refusals is for
			return nil, s3error.AccessDenied("Access Denied")
		}
		return &operation{kind: kindObjects, run: (*Front).deleteObjects}, checkBypass(q) // which judges each object
	}
	s, ok := lookupSubresource(name)
	if !ok {
		return nil, s3error.NotImplemented(name)
	}
	action, kept, setting := "", handler(nil), s3settings.Lookup(name)
	switch q.Method {
	case http.MethodGet:
		action, kept = s.get, getSetting(name, setting)
	case http.MethodPut:
		action, kept = s.put, putSetting(name, setting)
	case http.MethodDelete:
		action, kept = s.del, deleteSetting(name, setting)
	}
	if action == "" {
		return nil, s3error.New(http.StatusMethodNotAllowed, "MethodNotAllowed", "The specified method is not allowed against this resource.")
	}
	switch {
	case name == "versions":
		kept = (*Front).listVersions
	case name == "uploads":
		kept = (*Front).listUploads
	case setting == nil: // versitygw has it
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
