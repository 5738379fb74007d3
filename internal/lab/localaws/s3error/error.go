// Package s3error has S3's refusals, in its words.
package s3error

import (
	"fmt"
	"net/http"
)

// Error is a refusal. Region is the right one, where that is what was wrong.
type Error struct {
	Status                int
	Code, Message, Region string
}

// Error implements error.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// New makes a refusal.
func New(status int, code, format string, args ...any) error {
	return &Error{Status: status, Code: code, Message: fmt.Sprintf(format, args...)}
}

// BadRequest is New with status 400.
func BadRequest(code, format string, args ...any) error {
	return New(http.StatusBadRequest, code, format, args...)
}

// AccessDenied is a refusal without a policy's reason.
func AccessDenied(message string) error {
	return New(http.StatusForbidden, "AccessDenied", "%s", message)
}

// MalformedXML is for a body that is not what it should be.
func MalformedXML() error {
	return BadRequest("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")
}

// NotImplemented is for what there is not here.
func NotImplemented(what string) error {
	return New(http.StatusNotImplemented, "NotImplemented", "A header or query you provided implies functionality that is not implemented: %s", what)
}

// NoSuchBucket is for a bucket that does not exist.
func NoSuchBucket() error {
	return New(http.StatusNotFound, "NoSuchBucket", "The specified bucket does not exist")
}
