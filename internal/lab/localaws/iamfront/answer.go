package iamfront

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"

	"github.com/google/uuid"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

const (
	iamNamespace = "https://iam.amazonaws.com/doc/2010-05-08/"
	stsNamespace = "https://sts.amazonaws.com/doc/2011-06-15/"
)

// apiError is a refusal in AWS's words.
type apiError struct {
	status        int
	code, message string
}

// Error implements error.
func (e *apiError) Error() string { return e.code + ": " + e.message }

func fail(status int, code, format string, args ...any) error {
	return &apiError{status, code, fmt.Sprintf(format, args...)}
}

func invalid(format string, args ...any) error {
	return fail(http.StatusBadRequest, "ValidationError", format, args...)
}

func malformedPolicy(format string, args ...any) error {
	return fail(http.StatusBadRequest, "MalformedPolicyDocument", format, args...)
}

func noSuchRole(name string) error {
	return noSuch("The role with name %s cannot be found.", name)
}

func noSuch(format string, args ...any) error {
	return fail(http.StatusNotFound, "NoSuchEntity", format, args...)
}

// passedOn is versitygw's own refusal.
type passedOn struct{ answer *httptest.ResponseRecorder }

// Error implements error.
func (p *passedOn) Error() string { return "refused with status " + strconv.Itoa(p.answer.Code) }

// forward hands a call on as it was sent.
func (f *Front) forward(c *call, body []byte) *httptest.ResponseRecorder {
	return gateway.Send(f.gateways[c.account.ID], c.Request, body)
}

// forwardAsRoot hands on a call that was judged here, signed by the root.
func (f *Front) forwardAsRoot(c *call) (*httptest.ResponseRecorder, error) {
	r := c.Clone(c.Context())
	r.Method, r.URL.RawQuery = http.MethodPost, ""
	r.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "User-Agent": {c.UserAgent()}}
	answer, err := gateway.SendAs(f.gateways[c.account.ID], c.account.Root, "iam", "us-east-1", r, []byte(c.form.Encode()))
	if err != nil {
		return nil, err
	}
	if own := c.account.Own(answer.Body.String()); own != answer.Body.String() {
		answer.Body = bytes.NewBufferString(own)
		answer.Header().Del("Content-Length")
	}
	return answer, nil
}

// mustPass hands on a call and returns a *passedOn if it is refused.
func (f *Front) mustPass(c *call) error {
	recorder, err := f.forwardAsRoot(c)
	if err != nil {
		return err
	}
	if recorder.Code != http.StatusOK {
		return &passedOn{recorder}
	}
	return nil
}

func replay(w http.ResponseWriter, recorder *httptest.ResponseRecorder) {
	for name, values := range recorder.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(recorder.Code)
	// A client that goes away is no news.
	_, _ = w.Write(recorder.Body.Bytes())
}

func (c *call) namespace() string {
	if _, service := sigv4.Scope(c.Request); service == "sts" {
		return stsNamespace
	}
	return iamNamespace
}

func writeResult(w http.ResponseWriter, c *call, result []*awsxml.Node) {
	id := uuid.NewString()
	root := awsxml.New(c.action + "Response")
	if result != nil {
		root.Children = append(root.Children, awsxml.New(c.action+"Result", result...))
	}
	root.Children = append(root.Children, awsxml.New("ResponseMetadata", awsxml.Leaf("RequestId", id)))
	write(w, c, http.StatusOK, id, root)
}

func writeError(w http.ResponseWriter, c *call, err error) {
	e, id, kind := asAPIError(err), uuid.NewString(), "Sender"
	if e.status >= http.StatusInternalServerError {
		kind = "Receiver"
	}
	write(w, c, e.status, id, awsxml.New("ErrorResponse",
		awsxml.New("Error", awsxml.Leaf("Type", kind), awsxml.Leaf("Code", e.code), awsxml.Leaf("Message", e.message)),
		awsxml.Leaf("RequestId", id)))
}

func write(w http.ResponseWriter, c *call, status int, id string, root *awsxml.Node) {
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("X-Amzn-Requestid", id)
	w.WriteHeader(status)
	// A client that goes away is no news.
	_, _ = bytes.NewReader(root.Document(c.namespace())).WriteTo(w)
}

// asAPIError gives every error its code.
func asAPIError(err error) *apiError {
	var (
		api       *apiError
		signature *sigv4.Error
		denied    *authz.Denied
	)
	switch {
	case errors.As(err, &api):
		return api
	case errors.As(err, &signature):
		return signatureError(signature)
	case errors.As(err, &denied):
		return &apiError{http.StatusForbidden, "AccessDenied", denied.Error()}
	case errors.Is(err, identity.ErrExpiredToken):
		return &apiError{http.StatusForbidden, "ExpiredToken", "The security token included in the request is expired"}
	case errors.Is(err, identity.ErrUnknownKey), errors.Is(err, identity.ErrNoToken), errors.Is(err, identity.ErrBadToken):
		return &apiError{http.StatusForbidden, "InvalidClientTokenId", "The security token included in the request is invalid."}
	}
	return &apiError{http.StatusInternalServerError, "ServiceFailure", err.Error()}
}

func signatureError(e *sigv4.Error) *apiError {
	switch e.Reason {
	case sigv4.Anonymous:
		return &apiError{http.StatusForbidden, "MissingAuthenticationToken", "Request is missing Authentication Token"}
	case sigv4.Unsupported, sigv4.Ambiguous, sigv4.Malformed, sigv4.Undated:
		return &apiError{http.StatusBadRequest, "IncompleteSignature", e.Message}
	case sigv4.Skewed, sigv4.NotYetValid, sigv4.Expired:
		return &apiError{http.StatusForbidden, "SignatureDoesNotMatch", "Signature expired: " + e.Message}
	default:
		return &apiError{http.StatusForbidden, "SignatureDoesNotMatch", e.Message}
	}
}
