package standin

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// Attempt is one request of VoiceBase's and AWS's answer. It names the target without the query of a pre-signed
// URL, which is a credential.
type Attempt struct {
	// Name is the type and format delivered, or what else was tried.
	Name string
	// Target is the URL's scheme, host and path, or the s3:// address.
	Target      string
	ContentType string
	// Size is the number of bytes sent.
	Size int
	// Status is the HTTP status; 0 when no answer came.
	Status int
	// Code is AWS's error code; "" when the status is not an error.
	Code string
	// Err is the reason why no answer came.
	Err error
}

// Delivered reports whether AWS took the object.
func (a Attempt) Delivered() bool { return a.Err == nil && a.Status == http.StatusOK }

// Answer is what AWS said, such as "200" or "403 AccessDenied".
func (a Attempt) Answer() string {
	switch {
	case a.Err != nil:
		return "no answer: " + a.Err.Error()
	case a.Code != "":
		return fmt.Sprintf("%d %s", a.Status, a.Code)
	}
	return strconv.Itoa(a.Status)
}

// answer keeps what S3 said to a plain HTTP request.
func (a *Attempt) answer(response *http.Response) {
	a.Status = response.StatusCode
	if response.StatusCode < http.StatusMultipleChoices {
		return
	}
	var failure struct {
		Code string `xml:"Code"`
	}
	// An error's body is at most a few kilobytes; one that is not XML leaves the code empty.
	if err := xml.NewDecoder(io.LimitReader(response.Body, 1<<16)).Decode(&failure); err == nil {
		a.Code = failure.Code
	}
}

// outcome keeps what an SDK call came to.
func (a *Attempt) outcome(err error) {
	if err == nil {
		a.Status = http.StatusOK
		return
	}
	var response *awshttp.ResponseError
	if !errors.As(err, &response) {
		a.Err = err
		return
	}
	a.Status = response.HTTPStatusCode()
	var failure smithy.APIError
	if errors.As(err, &failure) {
		a.Code = failure.ErrorCode()
	}
}

// Outcome is the attempt that an SDK call was.
func Outcome(name string, err error) Attempt {
	attempt := Attempt{Name: name}
	attempt.outcome(err)
	return attempt
}
