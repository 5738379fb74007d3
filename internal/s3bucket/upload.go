package s3bucket

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// Answer is S3's answer to an upload.
type Answer struct {
	Status int
	// Code and Message are S3's. They are "" if S3 stored the object, or if the answer has no body.
	Code, Message string
	RequestID     string
	// VersionID is "" for a bucket that never had versioning.
	VersionID string
}

// Stored reports whether S3 stored the object.
func (a Answer) Stored() bool { return a.Status == http.StatusOK }

// maxErrorBody is larger than any error of S3.
const maxErrorBody = 1 << 16

// Upload puts a body to a pre-signed URL as VoiceBase would: with its content type and nothing else. An error says why
// there was no answer, and never names the URL, which is a credential.
func Upload(ctx context.Context, client *http.Client, signed, contentType string, body []byte) (Answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, signed, bytes.NewReader(body))
	if err != nil {
		return Answer{}, withoutURL(err)
	}
	request.Header.Set("Content-Type", contentType)
	response, err := client.Do(request)
	if err != nil {
		return Answer{}, withoutURL(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer := Answer{
		Status:    response.StatusCode,
		RequestID: response.Header.Get("X-Amz-Request-Id"),
		VersionID: response.Header.Get("X-Amz-Version-Id"),
	}
	if !answer.Stored() {
		var failure struct{ Code, Message string }
		// A body that is not XML leaves both empty. The other elements of an error can contain the signature.
		if xml.NewDecoder(io.LimitReader(response.Body, maxErrorBody)).Decode(&failure) == nil {
			answer.Code, answer.Message = failure.Code, failure.Message
		}
	}
	return answer, nil
}

// withoutURL removes what net/http puts before its errors.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// Object is one key of a bucket.
type Object struct {
	client      *s3.Client
	bucket, key string
}

// NewObject returns the object with a key. It need not exist.
func NewObject(client *s3.Client, bucket, key string) Object { return Object{client, bucket, key} }

// Find looks for the object. version is "" for a bucket that never had versioning. Without s3:ListBucket, S3 does not
// say that the object doesn't exist.
func (o Object) Find(ctx context.Context) (exists bool, version string, err error) {
	out, err := o.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &o.bucket, Key: &o.key})
	switch {
	case err == nil:
		return true, aws.ToString(out.VersionId), nil
	case awsclient.Status(err) == http.StatusNotFound:
		return false, "", nil
	}
	return false, "", err
}

// Remove removes the object, or one version of it.
func (o Object) Remove(ctx context.Context, version string) error {
	_, err := o.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &o.bucket, Key: &o.key, VersionId: awsclient.Optional(version)})
	return err
}
