package s3front

import (
	"net/http"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// operation is what a request asks for: the permissions it takes and how it
// is answered.
type operation struct {
	checks        []check
	needsNoBucket bool
	run           func(*Front, http.ResponseWriter, *request) error
	// kind is what lags of it, see package lag: a sub-resource's name, or
	// kindHead or kindObjects. What has none is always up to date.
	kind string
}

const (
	kindHead    = "HeadBucket"
	kindObjects = "objects"
)

// check is one permission: an action on a bucket or, with a key, on an object.
// context has condition keys beyond those of the request. What creates the
// bucket is judged without the policy of one that is there. resource is the ARN
// of something else than S3's, whose own policy leaves it to the caller's account.
type check struct {
	action, bucket, key string
	context             map[string][]string
	creates             bool
	resource            string
}

func (c check) arn() string {
	switch {
	case c.resource != "":
		return c.resource
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
	case q.control:
		return resolveControl(q)
	case q.bucket == "" && q.Method == http.MethodGet:
		return &operation{checks: []check{{action: "s3:ListAllMyBuckets"}}, needsNoBucket: true, run: (*Front).listBuckets}, nil
	case q.bucket == "":
		return nil, s3error.New(http.StatusMethodNotAllowed, "MethodNotAllowed", "The specified method is not allowed against this resource.")
	case q.key != "":
		return resolveObject(q)
	}
	if err := checkKey(q.URL.Query().Get("prefix")); err != nil {
		return nil, err
	}
	names := subresourcesIn(q)
	if len(names) > 1 {
		return nil, s3error.BadRequest("InvalidArgument", "Conflicting query string parameters: %s", strings.Join(names, ", "))
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
	one := func(action, kind string, run handler) (*operation, error) {
		return &operation{checks: []check{{action: action, bucket: q.bucket}}, kind: kind, run: run}, nil
	}
	switch q.Method {
	case http.MethodPut:
		return resolveCreate(q)
	case http.MethodDelete:
		return one("s3:DeleteBucket", "", (*Front).deleteBucket)
	case http.MethodHead:
		return one("s3:ListBucket", kindHead, (*Front).headBucket)
	case http.MethodGet:
		return one("s3:ListBucket", kindObjects, (*Front).listObjects)
	}
	return nil, s3error.NotImplemented(q.Method + " of a bucket")
}
