// Package sigv4 reads and verifies AWS Signature Version 4 on incoming
// requests, in the Authorization header or in the query of a pre-signed URL.
package sigv4

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	algorithm  = "AWS4-HMAC-SHA256"
	timeLayout = "20060102T150405Z"

	// MaxSkew is how far a signature's date may be from the server's clock.
	MaxSkew = 15 * time.Minute
	// MaxExpiry is the longest life of a pre-signed URL.
	MaxExpiry = 7 * 24 * time.Hour
)

// Auth is what a request says about its own signature.
type Auth struct {
	AccessKey, Date, Region, Service string
	SignedHeaders                    []string
	Signature, Token                 string
	Time                             time.Time
	// Query is set for a pre-signed URL, whose life is Expires.
	Query   bool
	Expires time.Duration
	// Legacy is set for Signature Version 2, which is verified elsewhere.
	Legacy bool
}

// Scope returns region and service of the request's credential scope without
// judging anything else. An unsigned request is taken for S3 in us-east-1.
func Scope(r *http.Request) (region, service string) {
	credential := r.URL.Query().Get("X-Amz-Credential")
	if credential == "" {
		credential = headerField(r.Header.Get("Authorization"), "Credential")
	}
	if parts := strings.Split(credential, "/"); len(parts) >= 5 {
		return parts[len(parts)-3], parts[len(parts)-2]
	}
	return "us-east-1", "s3"
}

// Parse reads the signature of r. Its errors are of type *Error.
func Parse(r *http.Request) (*Auth, error) {
	query := r.URL.Query()
	header := r.Header.Get("Authorization")
	presigned := IsPresigned(query)
	switch {
	case strings.HasPrefix(header, "AWS ") || query.Has("AWSAccessKeyId"):
		return nil, &Error{Unsupported, "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."}
	case presigned && header != "":
		return nil, &Error{Ambiguous, "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified"}
	case presigned:
		return parseQuery(query)
	case header != "":
		return parseHeader(r, header)
	}
	return nil, &Error{Anonymous, "Access Denied"}
}

// IsPresigned says whether a query is that of a pre-signed URL, complete or not.
func IsPresigned(query url.Values) bool {
	return query.Has("X-Amz-Signature") || query.Has("X-Amz-Algorithm") || query.Has("X-Amz-Credential") || query.Has("X-Amz-Expires")
}

func parseHeader(r *http.Request, header string) (*Auth, error) {
	if !strings.HasPrefix(header, algorithm) {
		return nil, &Error{Unsupported, "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."}
	}
	a := &Auth{
		SignedHeaders: strings.Split(headerField(header, "SignedHeaders"), ";"),
		Signature:     headerField(header, "Signature"),
		Token:         r.Header.Get("X-Amz-Security-Token"),
	}
	if err := a.setCredential(headerField(header, "Credential")); err != nil {
		return nil, err
	}
	if a.Signature == "" || !slices.Contains(a.SignedHeaders, "host") {
		return nil, &Error{Malformed, "The authorization header is malformed; SignedHeaders (with host) and Signature are required."}
	}
	date := r.Header.Get("X-Amz-Date")
	if date == "" {
		date = r.Header.Get("Date")
	}
	return a, a.setTime(date)
}

func parseQuery(q url.Values) (*Auth, error) {
	a := &Auth{
		Query:         true,
		SignedHeaders: strings.Split(q.Get("X-Amz-SignedHeaders"), ";"),
		Signature:     q.Get("X-Amz-Signature"),
		Token:         q.Get("X-Amz-Security-Token"),
	}
	for _, name := range []string{"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"} {
		if len(q[name]) != 1 || q.Get(name) == "" {
			return nil, &Error{Malformed, "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."}
		}
	}
	if q.Get("X-Amz-Algorithm") != algorithm {
		return nil, &Error{Malformed, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\""}
	}
	if !slices.Contains(a.SignedHeaders, "host") {
		return nil, &Error{Malformed, "X-Amz-SignedHeaders must name the host header"}
	}
	if err := a.setCredential(q.Get("X-Amz-Credential")); err != nil {
		return nil, err
	}
	seconds, err := strconv.Atoi(q.Get("X-Amz-Expires"))
	switch {
	case err != nil:
		return nil, &Error{Malformed, "X-Amz-Expires should be a number"}
	case seconds < 0:
		return nil, &Error{Malformed, "X-Amz-Expires must be non-negative"}
	case seconds > int(MaxExpiry/time.Second):
		return nil, &Error{Malformed, "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"}
	}
	a.Expires = time.Duration(seconds) * time.Second
	return a, a.setTime(q.Get("X-Amz-Date"))
}

func (a *Auth) setCredential(credential string) error {
	parts := strings.Split(credential, "/")
	if len(parts) != 5 || parts[4] != "aws4_request" || slices.Contains(parts, "") {
		return &Error{Malformed, "The Credential is malformed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."}
	}
	a.AccessKey, a.Date, a.Region, a.Service = parts[0], parts[1], parts[2], parts[3]
	return nil
}

func (a *Auth) setTime(date string) error {
	t, err := time.Parse(timeLayout, date)
	if err != nil {
		return &Error{Undated, "AWS authentication requires a valid Date or x-amz-date header"}
	}
	if t.Format("20060102") != a.Date {
		return &Error{Malformed, "Invalid credential date \"" + a.Date + "\". This date is not the same as X-Amz-Date: \"" + t.Format("20060102") + "\"."}
	}
	a.Time = t
	return nil
}

// headerField returns the value of one key=value pair of an Authorization header.
func headerField(header, key string) string {
	_, rest, _ := strings.Cut(header, " ")
	for field := range strings.SplitSeq(rest, ",") {
		if name, value, ok := strings.Cut(strings.TrimSpace(field), "="); ok && name == key {
			return value
		}
	}
	return ""
}
