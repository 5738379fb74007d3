package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// UnsignedPayload stands for the body's hash when the body is not signed.
const UnsignedPayload = "UNSIGNED-PAYLOAD"

// Verify checks the signature of r by secret and its dates against now.
// payloadHash is the hash of the body that the signature covers.
func (a *Auth) Verify(r *http.Request, secret, payloadHash string, now time.Time) error {
	if err := a.checkSkew(now); err != nil {
		return err
	}
	if err := a.checkUnsigned(r.Header); err != nil {
		return err
	}
	want := a.signature(r, secret, payloadHash)
	if !hmac.Equal([]byte(want), []byte(a.Signature)) {
		return &Error{Mismatch, "The request signature we calculated does not match the signature you provided. Check your key and signing method."}
	}
	// A tampered URL is a wrong signature even when it is expired, too.
	if a.Query && now.After(a.Time.Add(a.Expires)) {
		return &Error{Expired, "Request has expired"}
	}
	return nil
}

func (a *Auth) checkSkew(now time.Time) error {
	switch {
	case a.Query && a.Time.Sub(now) > MaxSkew:
		return &Error{NotYetValid, "Request is not valid yet"}
	case !a.Query && now.Sub(a.Time).Abs() > MaxSkew:
		return &Error{Skewed, "The difference between the request time and the current time is too large."}
	}
	return nil
}

// checkUnsigned refuses what nobody vouches for: every x-amz-* header has to be
// signed, or anyone who holds a URL could add an ACL to the upload.
func (a *Auth) checkUnsigned(header http.Header) error {
	for name := range header {
		lower := strings.ToLower(name)
		covered := slices.Contains(a.SignedHeaders, lower) || (a.Query && lower == "x-amz-content-sha256")
		if strings.HasPrefix(lower, "x-amz-") && !covered {
			return &Error{Unsigned, "There were headers present in the request which were not signed: " + lower}
		}
	}
	return nil
}

func (a *Auth) signature(r *http.Request, secret, payloadHash string) string {
	hash := sha256.Sum256([]byte(a.canonicalRequest(r, payloadHash)))
	scope := strings.Join([]string{a.Date, a.Region, a.Service, "aws4_request"}, "/")
	toSign := strings.Join([]string{algorithm, a.Time.Format(timeLayout), scope, hex.EncodeToString(hash[:])}, "\n")
	return hex.EncodeToString(mac(DeriveKey(secret, a.Date, a.Region, a.Service), toSign))
}

func (a *Auth) canonicalRequest(r *http.Request, payloadHash string) string {
	path := r.URL.Path
	if path == "" {
		path = "/"
	}
	var headers strings.Builder
	for _, name := range a.SignedHeaders {
		fmt.Fprintf(&headers, "%s:%s\n", name, headerValue(r, name))
	}
	return strings.Join([]string{
		r.Method, escape(path, true), canonicalQuery(r.URL.Query()),
		headers.String(), strings.Join(a.SignedHeaders, ";"), payloadHash,
	}, "\n")
}

func headerValue(r *http.Request, name string) string {
	switch name {
	case "host":
		return r.Host
	case "content-length":
		return strconv.FormatInt(r.ContentLength, 10)
	}
	values := slices.Clone(r.Header.Values(name))
	for i, v := range values {
		values[i] = strings.Join(strings.Fields(v), " ")
	}
	return strings.Join(values, ",")
}

func canonicalQuery(q url.Values) string {
	var pairs []string
	for name, values := range q {
		if name == "X-Amz-Signature" {
			continue
		}
		for _, v := range values {
			pairs = append(pairs, escape(name, false)+"="+escape(v, false))
		}
	}
	sort.Strings(pairs)
	return strings.Join(pairs, "&")
}

// escape percent-encodes as AWS does: everything but RFC 3986's unreserved
// characters, and the slash only inside a path.
func escape(s string, path bool) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-_.~", c) >= 0, path && c == '/':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// DeriveKey returns the signing key of a secret for a day, region and service.
func DeriveKey(secret, date, region, service string) []byte {
	key := []byte("AWS4" + secret)
	for _, part := range []string{date, region, service, "aws4_request"} {
		key = mac(key, part)
	}
	return key
}

func mac(key []byte, data string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(data))
	return h.Sum(nil)
}
