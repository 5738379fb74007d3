// Package s3url parses S3 URLs, plain and pre-signed, that VoiceBase receives: which bucket and object they address, in
// which region and partition, and until when a signature is valid. It makes no call and verifies no signature: it says
// what a URL claims.
//
// Errors name the part that is wrong. They never quote the URL, because anyone who reads a pre-signed URL can use it.
package s3url

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// Style is the way in which a URL names its bucket.
type Style int

// The styles of https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html. A host that is not AWS's
// counts as a custom endpoint, with the bucket first in the path.
const (
	VirtualHosted Style = iota + 1
	PathStyle
	AccessPoint
	CustomEndpoint
)

// URL is the content of an S3 URL.
type URL struct {
	Scheme string
	// Host is the host as it was given, with its port.
	Host  string
	Style Style
	// Bucket is the bucket, or what replaces it: an access point's name with its account ID.
	Bucket string
	// Key is the object's key, decoded; "" for the bucket itself.
	Key string
	// Region comes from the host, or else from the signature. It is "" if neither contains it.
	Region string
	// Partition follows from the host and the region. It is "" if neither determines it.
	Partition string
	// Global is set for an AWS host that serves all regions, such as bucket.s3.amazonaws.com.
	Global bool
	// ContentType is the value of the content-type query parameter, in either spelling; "" when absent.
	ContentType string
	// Operation is the value of the x-id query parameter, which AWS's SDKs write, such as PutObject; "" when absent.
	Operation string
	// Parameters are the names of all query parameters, in lower case.
	Parameters []string
	Signature  Signature
}

// Version is a signature scheme.
type Version string

// Signature schemes. SigV4A is for multi-region access points. An unsigned URL has none.
const (
	Unsigned Version = ""
	SigV2    Version = "SigV2"
	SigV4    Version = "SigV4"
	SigV4A   Version = "SigV4A"
)

// Signature is what the query of a pre-signed URL contains, without the signature itself and a session token.
type Signature struct {
	Version     Version
	AccessKeyID string
	// SignedAt is zero for SigV2, which does not record it.
	SignedAt  time.Time
	ExpiresAt time.Time
	// SignedHeaders are the headers that a request must send as they were signed; none for SigV2.
	SignedHeaders []string
	// Temporary reports a session token: the URL then expires with its credentials, possibly before ExpiresAt.
	Temporary bool
	region    string
}

// Presigned reports whether the URL has a signature.
func (u URL) Presigned() bool { return u.Signature.Version != Unsigned }

// Is reports whether raw is meant as an S3 URL: its host is one of S3's, or it has a signature. Parse says whether it
// is valid.
func Is(raw string) bool {
	parsed, err := url.Parse(raw)
	if err != nil {
		return false
	}
	if _, ok := parseHost(hostname(parsed)); ok {
		return true
	}
	params := splitQuery(parsed.RawQuery)
	if decoded, err := decodeQuery(params); err == nil {
		params = decoded
	}
	return signatureVersion(params) != Unsigned
}

// Parse parses a URL of any of S3's host styles, or of a custom endpoint, with or without a signature.
func Parse(raw string) (URL, error) {
	parsed, err := parseURL(raw)
	if err != nil {
		return URL{}, err
	}
	result, err := locate(parsed)
	if err != nil {
		return URL{}, err
	}
	params, err := decodeQuery(splitQuery(parsed.RawQuery))
	if err != nil {
		return URL{}, err
	}
	if result.ContentType, _, err = params.get(contentTypeParam); err != nil {
		return URL{}, err
	}
	if result.Operation, _, err = params.get(operationParam); err != nil {
		return URL{}, err
	}
	result.Parameters = params.names()
	if result.Signature, err = parseSignature(params); err != nil {
		return URL{}, err
	}
	if err := result.settleRegion(); err != nil {
		return URL{}, err
	}
	return result, nil
}

// ParsePresigned is Parse for URLs that must have a signature.
func ParsePresigned(raw string) (URL, error) {
	result, err := Parse(raw)
	if err == nil && !result.Presigned() {
		err = errors.New("the URL is not pre-signed: its query has neither X-Amz-Signature nor AWSAccessKeyId")
	}
	if err != nil {
		return URL{}, err
	}
	return result, nil
}

func parseURL(raw string) (*url.URL, error) {
	parsed, err := url.Parse(raw)
	var escape url.EscapeError
	switch {
	case errors.As(err, &escape):
		return nil, errors.New("a % in the URL is not followed by two hexadecimal digits")
	case err != nil:
		return nil, errors.New("the URL is malformed")
	case parsed.Scheme != "https" && parsed.Scheme != "http":
		return nil, errors.New("the URL does not start with https:// or http://")
	case parsed.Hostname() == "":
		return nil, errors.New("the URL has no host")
	case parsed.User != nil:
		return nil, errors.New("the URL has a user name before its host, which S3 does not support")
	case parsed.Fragment != "":
		return nil, errors.New("the URL has a fragment: write a # in a key as %23")
	}
	return parsed, nil
}

// locate finds bucket and key. The path is split before it is decoded, so that %2F stays within its segment.
func locate(parsed *url.URL) (URL, error) {
	path := strings.TrimPrefix(parsed.EscapedPath(), "/")
	host, known := parseHost(hostname(parsed))
	if !known && isAWSHost(hostname(parsed)) {
		return URL{}, errors.New("the host belongs to AWS, but is not a public S3 endpoint")
	}
	result := URL{Scheme: parsed.Scheme, Host: parsed.Host, Style: host.style, Bucket: host.bucket, Region: host.region, Partition: host.partition}
	result.Global = known && host.region == ""
	if !known {
		result.Style = CustomEndpoint
	}
	if result.Bucket == "" {
		result.Bucket, path, _ = strings.Cut(path, "/")
	}
	switch {
	case result.Bucket == "":
		return URL{}, errors.New("the URL has no bucket, neither in its host nor in its path")
	case !isBucket(result.Bucket):
		return URL{}, errors.New("the bucket in the URL is not a valid bucket name")
	}
	key, err := url.PathUnescape(path)
	if err != nil || !utf8.ValidString(key) {
		return URL{}, errors.New("the key in the URL is not valid UTF-8")
	}
	result.Key = key
	return result, nil
}

func isBucket(text string) bool {
	_, err := awsname.ParseBucketName(text)
	return err == nil
}

// settleRegion uses the signature's region if the host has none. AWS refuses a URL in which they differ.
func (u *URL) settleRegion() error {
	signed := u.Signature.region
	if u.Region != "" && signed != "" && u.Region != signed {
		return fmt.Errorf("the host is in region %s, but X-Amz-Credential is for %s", u.Region, signed)
	}
	if u.Region == "" {
		u.Region = signed
	}
	if u.Partition == "" {
		u.Partition = awsname.Partition(u.Region)
	}
	return nil
}

func hostname(parsed *url.URL) string {
	return strings.ToLower(strings.TrimSuffix(parsed.Hostname(), "."))
}
