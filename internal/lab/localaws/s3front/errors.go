package s3front

import (
	"errors"
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// asError gives every error its code.
func asError(err error, presigned bool) *s3error.Error {
	var (
		api       *s3error.Error
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
		return &s3error.Error{Status: http.StatusForbidden, Code: "AccessDenied", Message: denied.Error()}
	case errors.As(err, &policy):
		return &s3error.Error{Status: http.StatusBadRequest, Code: "MalformedPolicy", Message: policy.Error()}
	case errors.Is(err, identity.ErrUnknownKey), errors.Is(err, identity.ErrNoToken):
		return &s3error.Error{Status: http.StatusForbidden, Code: "InvalidAccessKeyId", Message: "The AWS Access Key Id you provided does not exist in our records."}
	case errors.Is(err, identity.ErrBadToken):
		return &s3error.Error{Status: http.StatusBadRequest, Code: "InvalidToken", Message: "The provided token is malformed or otherwise invalid."}
	case errors.Is(err, identity.ErrExpiredToken):
		return &s3error.Error{Status: http.StatusBadRequest, Code: "ExpiredToken", Message: "The provided token has expired."}
	}
	return &s3error.Error{Status: http.StatusInternalServerError, Code: "InternalError", Message: err.Error()}
}

func signatureError(e *sigv4.Error, presigned bool) *s3error.Error {
	refusal := func(status int, code string) *s3error.Error {
		return &s3error.Error{Status: status, Code: code, Message: e.Message}
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
