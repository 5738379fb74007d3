package s3front

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// resolveObject finds the operation on an object.
func resolveObject(q *request) (*operation, error) {
	if err := checkKey(q.key); err != nil {
		return nil, err
	}
	query := q.URL.Query()
	if err := checkObjectParameters(q.Method, query); err != nil {
		return nil, err
	}
	action := objectAction(q.Method, query)
	if action == "" {
		return nil, s3error.NotImplemented(q.Method + " of an object")
	}
	op := &operation{checks: []check{{action: action, bucket: q.bucket, key: q.key}}, kind: kindObjects, run: (*Front).forward}
	switch action {
	case "s3:GetObject", "s3:GetObjectVersion":
		op.run = (*Front).getObject
	case "s3:PutObject":
		op.run = (*Front).putObject
		return op, addUploadChecks(q, op)
	case "s3:DeleteObject", "s3:DeleteObjectVersion":
		op.checks = deletionChecks(q, q.key, action == "s3:DeleteObjectVersion")
		return op, checkBypass(q)
	case "s3:PutObjectAcl":
		return op, checkPublicACL(q)
	}
	return op, nil
}

// checkObjectParameters refuses sub-resources that are unknown, and more than
// one of them: what is judged must be what is done.
func checkObjectParameters(method string, query url.Values) error {
	var found []string
	for name, values := range query {
		switch {
		case isObjectSubresource(name):
			found = append(found, name)
		case isPlainParameter(name), isObjectParameter(name):
		case method == http.MethodDelete || values[0] == "":
			return s3error.NotImplemented(name)
		}
	}
	if len(found) > 1 {
		slices.Sort(found)
		return s3error.BadRequest("InvalidArgument", "Conflicting query string parameters: %s", strings.Join(found, ", "))
	}
	return nil
}

func isObjectSubresource(name string) bool {
	switch name {
	case "acl", "tagging", "retention", "legal-hold", "attributes", "uploads", "uploadId", "restore":
		return true
	}
	return false
}

func isObjectParameter(name string) bool {
	switch name {
	case "partNumber", "versionId", "part-number-marker", "max-parts":
		return true
	}
	return strings.HasPrefix(name, "response-")
}

// objectAction is the permission that a request for an object takes, or "".
func objectAction(method string, query url.Values) string {
	version := ""
	if query.Get("versionId") != "" {
		version = "Version"
	}
	read := method == http.MethodGet || method == http.MethodHead
	for name, actions := range map[string]struct{ get, put, del string }{
		"acl":        {"s3:GetObject" + version + "Acl", "s3:PutObject" + version + "Acl", ""},
		"tagging":    {"s3:GetObject" + version + "Tagging", "s3:PutObject" + version + "Tagging", "s3:DeleteObject" + version + "Tagging"},
		"retention":  {"s3:GetObjectRetention", "s3:PutObjectRetention", ""},
		"legal-hold": {"s3:GetObjectLegalHold", "s3:PutObjectLegalHold", ""},
		"attributes": {"s3:GetObject" + version + "Attributes", "", ""},
		"uploadId":   {"s3:ListMultipartUploadParts", "s3:PutObject", "s3:AbortMultipartUpload"},
	} {
		if !query.Has(name) {
			continue
		}
		switch {
		case read:
			return actions.get
		case method == http.MethodPut, method == http.MethodPost && name == "uploadId":
			return actions.put
		case method == http.MethodDelete:
			return actions.del
		}
		return ""
	}
	switch {
	case read:
		return "s3:GetObject" + version
	case method == http.MethodPut, method == http.MethodPost && query.Has("uploads"):
		return "s3:PutObject"
	case method == http.MethodDelete:
		return "s3:DeleteObject" + version
	case method == http.MethodPost && query.Has("restore"):
		return "s3:RestoreObject"
	}
	return ""
}

// checkLength refuses an upload of unknown length.
func checkLength(q *request) error {
	streaming := strings.HasPrefix(q.Header.Get("X-Amz-Content-Sha256"), "STREAMING-")
	switch {
	case q.ContentLength >= 0 && !streaming:
		return nil
	case !streaming:
		return s3error.NotImplemented("Transfer-Encoding")
	case q.Header.Get("X-Amz-Decoded-Content-Length") == "":
		return s3error.New(http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header.")
	}
	return nil
}

// addUploadChecks adds what the headers of an upload take beyond s3:PutObject.
func addUploadChecks(q *request, op *operation) error {
	if err := checkLength(q); err != nil {
		return err
	}
	add := func(action, bucket, key string) {
		op.checks = append(op.checks, check{action: action, bucket: bucket, key: key})
	}
	for name := range q.Header {
		switch lower := strings.ToLower(name); {
		case lower == "x-amz-acl", strings.HasPrefix(lower, "x-amz-grant-"):
			add("s3:PutObjectAcl", q.bucket, q.key)
		case lower == "x-amz-tagging":
			add("s3:PutObjectTagging", q.bucket, q.key)
		case lower == "x-amz-object-lock-legal-hold":
			add("s3:PutObjectLegalHold", q.bucket, q.key)
		case lower == "x-amz-object-lock-mode":
			add("s3:PutObjectRetention", q.bucket, q.key)
		}
	}
	if source := q.Header.Get("X-Amz-Copy-Source"); source != "" {
		path, err := url.QueryUnescape(source)
		if err != nil {
			return s3error.BadRequest("InvalidArgument", "Invalid copy source encoding.")
		}
		path, _, versioned := strings.Cut(path, "?versionId=")
		bucket, key := splitPath(path)
		if err := checkKey(key); err != nil {
			return err
		}
		if versioned {
			add("s3:GetObjectVersion", bucket, key)
		} else {
			add("s3:GetObject", bucket, key)
		}
	}
	return checkPublicACL(q)
}
