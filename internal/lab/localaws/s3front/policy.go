package s3front

import (
	"net/http"
	"strconv"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// resolvePolicy finds the operation on a bucket's policy.
func resolvePolicy(q *request, name string) (*operation, error) {
	action, run := "", handler(nil)
	switch {
	case name == "policyStatus" && q.Method == http.MethodGet:
		action, run = "s3:GetBucketPolicyStatus", (*Front).getPolicyStatus
	case name == "policyStatus":
	case q.Method == http.MethodGet:
		action, run = "s3:GetBucketPolicy", (*Front).getPolicy
	case q.Method == http.MethodPut:
		action, run = "s3:PutBucketPolicy", (*Front).putPolicy
	case q.Method == http.MethodDelete:
		action, run = "s3:DeleteBucketPolicy", (*Front).deletePolicy
	}
	if run == nil {
		return nil, s3error.New(http.StatusMethodNotAllowed, "MethodNotAllowed", "The specified method is not allowed against this resource.")
	}
	return &operation{checks: []check{{action: action, bucket: q.bucket}}, kind: "policy", run: run}, nil
}

func noSuchPolicy() error {
	return s3error.New(http.StatusNotFound, "NoSuchBucketPolicy", "The bucket policy does not exist")
}

func (f *Front) getPolicy(w http.ResponseWriter, q *request) error {
	if q.record.Policy == "" {
		return noSuchPolicy()
	}
	identify(w)
	w.Header().Set("Content-Type", "application/json")
	// A client that goes away is no news.
	_, _ = w.Write([]byte(q.record.Policy))
	return nil
}

func (f *Front) getPolicyStatus(w http.ResponseWriter, q *request) error {
	if q.record.Policy == "" {
		return noSuchPolicy()
	}
	public := strconv.FormatBool(authz.IsPublic(q.record.Policy))
	identify(w)
	writeDocument(w, http.StatusOK, awsxml.New("PolicyStatus", awsxml.Leaf("IsPublic", public)).Document(awsxml.S3Namespace))
	return nil
}

func (f *Front) putPolicy(w http.ResponseWriter, q *request) error {
	body, err := readBody(q)
	if err != nil {
		return err
	}
	document := string(body)
	if err := authz.ValidateBucketPolicy(document, q.bucket, func(arn string) bool { return f.directory.Exists(q.Context(), arn) }); err != nil {
		return err
	}
	if authz.IsPublic(document) && q.record.isBlocked("BlockPublicPolicy") {
		return &authz.Denied{
			Principal: q.caller.ARN, Action: "s3:PutBucketPolicy", Resource: check{bucket: q.bucket}.arn(),
			Why: "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
		}
	}
	if err := f.change(q.bucket, func(b *Bucket) { b.Policy = authz.Canonical(document) }); err != nil {
		return err
	}
	identify(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (f *Front) deletePolicy(w http.ResponseWriter, q *request) error {
	if err := f.change(q.bucket, func(b *Bucket) { b.Policy = "" }); err != nil {
		return err
	}
	identify(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}
