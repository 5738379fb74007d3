package harness

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
)

// Request is what an AWS call asks for, in the words of AWS's API reference.
type Request struct {
	Service string // s3, iam or sts
	Action  string // AWS's own name of the operation, such as PutBucketPolicy
	Target  string // bucket, bucket/key, role name or role ARN
	Region  string // of the signature
}

// Describe reads a request of the query or REST protocol, whose body was read already.
func Describe(r *http.Request, body []byte) Request {
	region, service := scope(r)
	if service == "s3" {
		return Request{Service: service, Action: s3Action(r), Target: strings.Trim(r.URL.Path, "/"), Region: region}
	}
	form, _ := url.ParseQuery(string(body))
	return Request{
		Service: service, Action: form.Get("Action"), Target: cmp.Or(form.Get("RoleName"), form.Get("RoleArn")), Region: region,
	}
}

// scope reads region and service from the signature's credential scope.
func scope(r *http.Request) (region, service string) {
	credential := r.URL.Query().Get("X-Amz-Credential")
	if credential == "" {
		_, after, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
		credential, _, _ = strings.Cut(after, ",")
	}
	if parts := strings.Split(credential, "/"); len(parts) == 5 {
		return parts[2], parts[3]
	}
	return "", "s3"
}

// bucketSubresources maps a query parameter to the noun of its operations.
var bucketSubresources = map[string]string{
	"accelerate":        "BucketAccelerateConfiguration",
	"acl":               "BucketAcl",
	"encryption":        "BucketEncryption",
	"lifecycle":         "BucketLifecycleConfiguration",
	"location":          "BucketLocation",
	"logging":           "BucketLogging",
	"notification":      "BucketNotificationConfiguration",
	"object-lock":       "ObjectLockConfiguration",
	"ownershipControls": "BucketOwnershipControls",
	"policy":            "BucketPolicy",
	"policyStatus":      "BucketPolicyStatus",
	"publicAccessBlock": "PublicAccessBlock",
	"replication":       "BucketReplication",
	"requestPayment":    "BucketRequestPayment",
	"tagging":           "BucketTagging",
	"versioning":        "BucketVersioning",
}

func s3Action(r *http.Request) string {
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	query := r.URL.Query()
	switch {
	case bucket == "":
		return "ListBuckets"
	case key != "":
		return objectAction(r.Method, query)
	case query.Has("delete"):
		return "DeleteObjects"
	case query.Has("versions"):
		return "ListObjectVersions"
	case query.Has("uploads"):
		return "ListMultipartUploads"
	}
	for parameter, noun := range bucketSubresources {
		if query.Has(parameter) {
			return verb(r.Method) + noun
		}
	}
	switch r.Method {
	case http.MethodPut:
		return "CreateBucket"
	case http.MethodGet:
		return "ListObjectsV2"
	}
	return verb(r.Method) + "Bucket"
}

func objectAction(method string, query url.Values) string {
	switch {
	case query.Has("uploads"):
		return "CreateMultipartUpload"
	case query.Has("uploadId") && method == http.MethodDelete:
		return "AbortMultipartUpload"
	case query.Has("uploadId") && method == http.MethodPut:
		return "UploadPart"
	case query.Has("uploadId") && method == http.MethodPost:
		return "CompleteMultipartUpload"
	}
	return verb(method) + "Object"
}

func verb(method string) string {
	switch method {
	case http.MethodPut:
		return "Put"
	case http.MethodDelete:
		return "Delete"
	case http.MethodHead:
		return "Head"
	}
	return "Get"
}
