package s3url

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

const (
	dateLayout  = "20060102T150405Z"
	hmac        = "AWS4-HMAC-SHA256"
	ecdsa       = "AWS4-ECDSA-P256-SHA256"
	terminator  = "aws4_request"
	dateDigits  = len("20060102")
	latestEpoch = 253402300799 // the last second of the year 9999, the last that RFC 3339 can write
)

var (
	accessKeyPattern = regexp.MustCompile(`^\w{1,128}$`)
	hexPattern       = regexp.MustCompile(`^[0-9a-fA-F]+$`)
	headerPattern    = regexp.MustCompile(`^[a-z0-9!#$%&'*+.^_|~-]+$`)
	// services are the services of S3 that a URL can be signed for.
	services = []string{"s3", "s3express", "s3-object-lambda", "s3-outposts"}
)

func signatureVersion(params parameters) Version {
	switch {
	case params.has(signatureParam), params.has(algorithmParam), params.has(credentialParam):
		return SigV4
	case params.has(v2AccessKeyParam):
		return SigV2
	}
	return Unsigned
}

func parseSignature(params parameters) (Signature, error) {
	switch signatureVersion(params) {
	case SigV4:
		if params.has(v2AccessKeyParam) {
			return Signature{}, errors.New("the query has both X-Amz-… (SigV4) and AWSAccessKeyId (SigV2) parameters")
		}
		return parseV4(params)
	case SigV2:
		return parseV2(params)
	default:
		return Signature{}, nil
	}
}

func parseV4(params parameters) (Signature, error) {
	values := map[string]string{}
	for _, name := range []string{algorithmParam, credentialParam, dateParam, expiresParam, signedHeadersParam, signatureParam} {
		value, err := params.required(name)
		if err != nil {
			return Signature{}, err
		}
		values[name] = value
	}
	var signature Signature
	var err error
	if signature.Version, err = algorithmVersion(values[algorithmParam]); err != nil {
		return Signature{}, err
	}
	if !hexPattern.MatchString(values[signatureParam]) {
		return Signature{}, errors.New("X-Amz-Signature is not hexadecimal")
	}
	if signature.SignedAt, err = time.Parse(dateLayout, values[dateParam]); err != nil {
		return Signature{}, errors.New("X-Amz-Date is not a time of the form 20260102T030405Z")
	}
	expires, err := parseExpires(values[expiresParam])
	if err != nil {
		return Signature{}, err
	}
	signature.ExpiresAt = signature.SignedAt.Add(expires)
	if signature.SignedHeaders, err = parseSignedHeaders(values[signedHeadersParam]); err != nil {
		return Signature{}, err
	}
	signature.Temporary = params.has(tokenParam)
	err = signature.readCredential(values[credentialParam], values[dateParam])
	return signature, err
}

func algorithmVersion(algorithm string) (Version, error) {
	switch algorithm {
	case hmac:
		return SigV4, nil
	case ecdsa:
		return SigV4A, nil
	}
	return Unsigned, fmt.Errorf("X-Amz-Algorithm must be %s or %s", hmac, ecdsa)
}

func parseExpires(text string) (time.Duration, error) {
	seconds, err := strconv.ParseUint(text, 10, 32)
	if err != nil || time.Duration(seconds)*time.Second > awsname.MaxPresignedLife {
		return 0, fmt.Errorf("X-Amz-Expires must be a number of seconds from 0 to %d", int(awsname.MaxPresignedLife.Seconds()))
	}
	return time.Duration(seconds) * time.Second, nil
}

func parseSignedHeaders(text string) ([]string, error) {
	headers := strings.Split(text, ";")
	for _, header := range headers {
		if !headerPattern.MatchString(header) {
			return nil, errors.New("X-Amz-SignedHeaders must be lower-case header names separated by semicolons")
		}
	}
	if !slices.Contains(headers, "host") {
		return nil, errors.New("X-Amz-SignedHeaders must include host")
	}
	return headers, nil
}

// readCredential parses the credential scope, key/date/region/service/aws4_request. SigV4A leaves the region out,
// because such a URL is valid for a set of regions.
func (s *Signature) readCredential(credential, date string) error {
	parts := strings.Split(credential, "/")
	if s.Version == SigV4A && len(parts) == 4 {
		parts = slices.Insert(parts, 2, "")
	}
	if len(parts) != 5 || parts[4] != terminator {
		return errors.New("X-Amz-Credential must have the form <access key ID>/<date>/<region>/s3/" + terminator)
	}
	switch {
	case !accessKeyPattern.MatchString(parts[0]):
		return errors.New("X-Amz-Credential does not start with an access key ID")
	case parts[1] != date[:dateDigits]:
		return errors.New("X-Amz-Credential and X-Amz-Date have different dates")
	case s.Version == SigV4 && !isRegion(parts[2]):
		return errors.New("the region in X-Amz-Credential is not a valid region name")
	case !slices.Contains(services, parts[3]):
		return errors.New("X-Amz-Credential is for a service other than S3")
	}
	s.AccessKeyID, s.region = parts[0], parts[2]
	return nil
}

func isRegion(text string) bool {
	_, err := awsname.ParseRegionName(text)
	return err == nil
}

func parseV2(params parameters) (Signature, error) {
	accessKeyID, err := params.required(v2AccessKeyParam)
	if err != nil {
		return Signature{}, err
	}
	if !accessKeyPattern.MatchString(accessKeyID) {
		return Signature{}, errors.New("AWSAccessKeyId is not a valid access key ID")
	}
	if _, err := params.required(v2SignatureParam); err != nil {
		return Signature{}, err
	}
	text, err := params.required(v2ExpiresParam)
	if err != nil {
		return Signature{}, err
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 0 || seconds > latestEpoch {
		return Signature{}, errors.New("the parameter Expires must be a time in seconds since 1970")
	}
	return Signature{
		Version:     SigV2,
		AccessKeyID: accessKeyID,
		ExpiresAt:   time.Unix(seconds, 0).UTC(),
		Temporary:   params.has(tokenParam),
	}, nil
}
