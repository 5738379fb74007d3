package s3front

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// apiError is a refusal in S3's words. region is the right one, where that is
// what was wrong.
type apiError struct {
	status                int
	code, message, region string
}

// Error implements error.
func (e *apiError) Error() string { return e.code + ": " + e.message }

func fail(status int, code, format string, args ...any) error {
	return &apiError{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

func accessDenied(message string) error {
	return fail(http.StatusForbidden, "AccessDenied", "%s", message)
}

func badRequest(code, format string, args ...any) error {
	return fail(http.StatusBadRequest, code, format, args...)
}

func malformedXML() error {
	return badRequest("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")
}

func notImplemented(what string) error {
	return fail(http.StatusNotImplemented, "NotImplemented", "A header or query you provided implies functionality that is not implemented: %s", what)
}

func noSuchBucket() error {
	return fail(http.StatusNotFound, "NoSuchBucket", "The specified bucket does not exist")
}

// asAPIError gives every error its code.
func asAPIError(err error, presigned bool) *apiError {
	var (
		api       *apiError
		signature *sigv4.Error
		denied    *authz.Denied
		policy    *authz.MalformedPolicy
	)
	switch {
	case errors.As(err, &api):
		return api
	case errors.As(err, &signature):
		return signatureError(signature, presigned)
	case errors.As(err, &denied):
		return &apiError{status: http.StatusForbidden, code: "AccessDenied", message: denied.Error()}
	case errors.As(err, &policy):
		return &apiError{status: http.StatusBadRequest, code: "MalformedPolicy", message: policy.Error()}
	case errors.Is(err, identity.ErrUnknownKey), errors.Is(err, identity.ErrNoToken):
		return &apiError{status: http.StatusForbidden, code: "InvalidAccessKeyId", message: "The AWS Access Key Id you provided does not exist in our records."}
	case errors.Is(err, identity.ErrBadToken):
		return &apiError{status: http.StatusBadRequest, code: "InvalidToken", message: "The provided token is malformed or otherwise invalid."}
	case errors.Is(err, identity.ErrExpiredToken):
		return &apiError{status: http.StatusBadRequest, code: "ExpiredToken", message: "The provided token has expired."}
	}
	return &apiError{status: http.StatusInternalServerError, code: "InternalError", message: err.Error()}
}

func signatureError(e *sigv4.Error, presigned bool) *apiError {
	refusal := func(status int, code string) *apiError {
		return &apiError{status: status, code: code, message: e.Message}
	}
	switch e.Reason {
	case sigv4.Unsupported:
		return refusal(http.StatusBadRequest, "InvalidRequest")
	case sigv4.Ambiguous:
		return refusal(http.StatusBadRequest, "InvalidArgument")
	case sigv4.Malformed:
		if presigned {
			return refusal(http.StatusBadRequest, "AuthorizationQueryParametersError")
		}
		return refusal(http.StatusBadRequest, "AuthorizationHeaderMalformed")
	case sigv4.Undated:
		if presigned {
			return refusal(http.StatusBadRequest, "AuthorizationQueryParametersError")
		}
		return refusal(http.StatusForbidden, "AccessDenied")
	case sigv4.Skewed:
		return refusal(http.StatusForbidden, "RequestTimeTooSkewed")
	case sigv4.Mismatch:
		return refusal(http.StatusForbidden, "SignatureDoesNotMatch")
	default:
		return refusal(http.StatusForbidden, "AccessDenied")
	}
}
