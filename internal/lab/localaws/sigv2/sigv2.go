// Package sigv2 reads and verifies AWS Signature Version 2 of S3 on incoming
// requests, in the Authorization header or in the query of a pre-signed URL:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html.
package sigv2

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

const (
	keyParameter       = "AWSAccessKeyId"
	signatureParameter = "Signature"
	expiresParameter   = "Expires"
	tokenName          = "x-amz-security-token"
)

// Regions are those that S3 opened before 30 January 2014. Later ones never
// took these signatures.
func Regions() []string {
	return []string{
		"us-east-1", "us-west-1", "us-west-2", "eu-west-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "sa-east-1",
	}
}

// Signed says whether r is signed this way, rightly or not.
func Signed(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Authorization"), "AWS ") || r.URL.Query().Has(keyParameter)
}

// Auth is what a request says about its own signature.
type Auth struct {
	AccessKey, Signature, Token string
	// Query is set for a pre-signed URL, which ends at Expires.
	Query   bool
	Expires time.Time
	// Date is that of a signature in the header.
	Date time.Time
}

// Parse reads the signature of r. Its errors are of type *sigv4.Error.
func Parse(r *http.Request) (*Auth, error) {
	query, header := r.URL.Query(), r.Header.Get("Authorization")
	if query.Has(keyParameter) {
		if header != "" {
			return nil, &sigv4.Error{Reason: sigv4.Ambiguous, Message: "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified"}
		}
		seconds, err := strconv.ParseInt(query.Get(expiresParameter), 10, 64)
		if query.Get(keyParameter) == "" || query.Get(signatureParameter) == "" || !query.Has(expiresParameter) {
			return nil, &sigv4.Error{Reason: sigv4.Unsigned, Message: "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"}
		}
		if err != nil {
			return nil, &sigv4.Error{Reason: sigv4.Unsigned, Message: "Invalid date (should be seconds since epoch): " + query.Get(expiresParameter)}
		}
		return &Auth{AccessKey: query.Get(keyParameter), Signature: query.Get(signatureParameter), Token: query.Get(tokenName), Query: true, Expires: time.Unix(seconds, 0)}, nil
	}
	key, signature, ok := strings.Cut(strings.TrimPrefix(header, "AWS "), ":")
	if !ok {
		return nil, &sigv4.Error{Reason: sigv4.Ambiguous, Message: "AWS authorization header is invalid. Expected AwsAccessKeyId:signature"}
	}
	date := r.Header.Get("X-Amz-Date")
	if date == "" {
		date = r.Header.Get("Date")
	}
	at, err := time.Parse(time.RFC1123Z, date)
	if err != nil {
		at, err = http.ParseTime(date)
	}
	if err != nil {
		return nil, &sigv4.Error{Reason: sigv4.Undated, Message: "AWS authentication requires a valid Date or x-amz-date header"}
	}
	return &Auth{AccessKey: key, Signature: signature, Token: r.Header.Get(tokenName), Date: at}, nil
}

// Verify checks the signature of r by secret and its dates against now.
func (a *Auth) Verify(r *http.Request, secret string, now time.Time) error {
	if !a.Query && now.Sub(a.Date).Abs() > sigv4.MaxSkew {
		return &sigv4.Error{Reason: sigv4.Skewed, Message: "The difference between the request time and the current time is too large."}
	}
	h := hmac.New(sha1.New, []byte(secret))
	h.Write([]byte(a.stringToSign(r)))
	want := base64.StdEncoding.EncodeToString(h.Sum(nil))
	if !hmac.Equal([]byte(want), []byte(a.Signature)) {
		return &sigv4.Error{Reason: sigv4.Mismatch, Message: "The request signature we calculated does not match the signature you provided. Check your key and signing method."}
	}
	if a.Query && now.After(a.Expires) {
		return &sigv4.Error{Reason: sigv4.Expired, Message: "Request has expired"}
	}
	return nil
}

func (a *Auth) stringToSign(r *http.Request) string {
	date := r.Header.Get("Date")
	switch {
	case a.Query:
		date = r.URL.Query().Get(expiresParameter)
	case r.Header.Get("X-Amz-Date") != "":
		date = ""
	}
	return strings.Join([]string{r.Method, r.Header.Get("Content-Md5"), r.Header.Get("Content-Type"), date, amzHeaders(r) + resource(r)}, "\n")
}

// amzHeaders are the x-amz-* headers in order, those of the query among them.
func amzHeaders(r *http.Request) string {
	values := map[string][]string{}
	for _, all := range []map[string][]string{r.Header, r.URL.Query()} {
		for name, v := range all {
			if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-amz-") {
				values[lower] = append(values[lower], v...)
			}
		}
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(values)) {
		b.WriteString(name + ":" + strings.Join(values[name], ",") + "\n")
	}
	return b.String()
}

// signedParameters are the parameters of a query that are part of the resource.
func signedParameters() []string {
	return strings.Fields(`
		accelerate acl analytics cors delete encryption inventory lifecycle location logging metrics notification
		object-lock ownershipControls partNumber policy policyStatus publicAccessBlock replication requestPayment
		response-cache-control response-content-disposition response-content-encoding response-content-language
		response-content-type response-expires restore retention legal-hold tagging torrent uploadId uploads versionId
		versioning versions website`)
}

// resource is the path as it was sent, with the parameters that belong to it.
func resource(r *http.Request) string {
	path, _, _ := strings.Cut(r.URL.RequestURI(), "?")
	var parts []string
	for name, values := range r.URL.Query() {
		switch {
		case !slices.Contains(signedParameters(), name):
		case values[0] == "":
			parts = append(parts, name)
		default:
			parts = append(parts, name+"="+values[0])
		}
	}
	if len(parts) == 0 {
		return path
	}
	slices.Sort(parts)
	return path + "?" + strings.Join(parts, "&")
}

// Strip returns the query of r without the signature, and moves the headers
// that came in it to where headers belong.
func Strip(r *http.Request) {
	query := r.URL.Query()
	for name, values := range query {
		lower := strings.ToLower(name)
		if strings.HasPrefix(lower, "x-amz-") && lower != tokenName {
			r.Header[http.CanonicalHeaderKey(lower)] = values
		}
		if strings.HasPrefix(lower, "x-amz-") || name == keyParameter || name == signatureParameter || name == expiresParameter {
			query.Del(name)
		}
	}
	r.URL.RawQuery = query.Encode()
}
