package s3front

import (
	"net/http"
	"slices"
	"strings"
)

// operation is what a request asks for: the permissions it takes and how it
// is answered.
type operation struct {
	checks        []check
	needsNoBucket bool
	run           func(*Front, http.ResponseWriter, *request) error
}

// check is one permission: an action on a bucket or, with a key, on an object.
type check struct{ action, bucket, key string }

func (c check) arn() string {
	switch {
	case c.bucket == "":
		return "*"
	case c.key == "":
		return "arn:aws:s3:::" + c.bucket
	}
	return "arn:aws:s3:::" + c.bucket + "/" + c.key
}

// resolve finds the operation of a request.
func resolve(q *request) (*operation, error) {
	switch {
	case q.bucket == "" && q.Method == http.MethodGet:
		return &operation{[]check{{"s3:ListAllMyBuckets", "", ""}}, true, (*Front).listBuckets}, nil
	case q.bucket == "":
		return nil, fail(http.StatusMethodNotAllowed, "MethodNotAllowed", "The specified method is not allowed against this resource.")
	case q.key != "":
		return resolveObject(q)
	}
	if err := checkKey(q.URL.Query().Get("prefix")); err != nil {
		return nil, err
	}
	names := subresourcesIn(q)
	if len(names) > 1 {
		return nil, badRequest("InvalidArgument", "Conflicting query string parameters: %s", strings.Join(names, ", "))
	}
	if len(names) == 1 {
		return resolveSubresource(q, names[0])
	}
	return resolveBucket(q)
}

// subresourcesIn returns the query's parameters that are neither part of a
// signature nor of a listing. What is not known must never be taken for the
// bucket itself: an unknown DELETE is no DeleteBucket.
func subresourcesIn(q *request) []string {
	var names []string
	for name := range q.URL.Query() {
		if !isPlainParameter(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func isPlainParameter(name string) bool {
	switch strings.ToLower(name) {
	case "x-id", "content-type", "list-type", "prefix", "delimiter", "marker", "max-keys", "continuation-token", "start-after",
		"fetch-owner", "encoding-type", "key-marker", "version-id-marker", "upload-id-marker", "max-uploads", "max-buckets", "bucket-region":
		return true
	}
	return strings.HasPrefix(strings.ToLower(name), "x-amz-")
}

func resolveBucket(q *request) (*operation, error) {
	one := func(action string, run func(*Front, http.ResponseWriter, *request) error) (*operation, error) {
		return &operation{checks: []check{{action, q.bucket, ""}}, run: run}, nil
	}
	switch q.Method {
	case http.MethodPut:
		return &operation{[]check{{"s3:CreateBucket", q.bucket, ""}}, true, (*Front).createBucket}, nil
	case http.MethodDelete:
		return one("s3:DeleteBucket", (*Front).deleteBucket)
	case http.MethodHead:
		return one("s3:ListBucket", (*Front).headBucket)
	case http.MethodGet:
		return one("s3:ListBucket", (*Front).forward)
	}
	return nil, notImplemented(q.Method + " of a bucket")
}
