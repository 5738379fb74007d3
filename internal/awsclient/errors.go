package awsclient

import (
	"errors"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// ErrNotFound is returned by every Find function when the object does not exist.
var ErrNotFound = errors.New("not found")

// Code returns the error code that AWS answered with, or "" when err is not an answer of AWS.
func Code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// Message returns AWS's message, or "" when err is not an answer of AWS.
func Message(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorMessage()
	}
	return ""
}

// RequestID returns the ID by which AWS support finds the failed request, or "" when there was no answer.
func RequestID(err error) string {
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		return response.ServiceRequestID()
	}
	return ""
}

// Refused reports whether AWS refused a call because a permission is missing. S3 answers a HEAD with Forbidden only.
func Refused(err error) bool {
	switch Code(err) {
	case "AccessDenied", "AccessDeniedException", "Forbidden":
		return true
	}
	return false
}

// Status returns the HTTP status of AWS's answer, or 0 when there was none.
func Status(err error) int {
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		return response.HTTPStatusCode()
	}
	return 0
}

// Operation is the name of the failed call, such as GetRole, or "" when err is not from a call.
func Operation(err error) string {
	var operation *smithy.OperationError
	if errors.As(err, &operation) {
		return operation.OperationName
	}
	return ""
}
