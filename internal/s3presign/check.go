package s3presign

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
)

const (
	signatureParameter     = "X-Amz-Signature"
	securityTokenParameter = "X-Amz-Security-Token"
	timeFormat             = "20060102T150405Z"
)

// expectation is what a URL must look like before it is returned. The SDK guarantees none of it: releases up to s3
// v1.107 silently dropped the content type, others added checksums of the empty body.
type expectation struct {
	key string
	// region must be a label of the host: the global endpoint redirects a new bucket's requests to its region, where
	// the signature is not valid. It is "" for a custom endpoint, whose host the user chooses.
	region string
	// parameters are those of the query, each exactly once and no others. "" stands for any value.
	parameters map[string]string
}

func (s *Signer) expectation(request Request, credentials aws.Credentials) expectation {
	want := expectation{
		key: request.Key,
		parameters: map[string]string{
			"X-Amz-Algorithm":     "AWS4-HMAC-SHA256",
			"X-Amz-Credential":    credentials.AccessKeyID + "/" + request.SignedAt.Format("20060102") + "/" + s.region + "/s3/aws4_request",
			"X-Amz-Date":          request.SignedAt.Format(timeFormat),
			"X-Amz-Expires":       strconv.FormatInt(int64(request.ExpiresIn.Seconds()), 10),
			"X-Amz-SignedHeaders": "content-type;host",
			signatureParameter:    "",
		},
	}
	if !s.custom {
		want.region = s.region
	}
	if credentials.SessionToken != "" {
		want.parameters[securityTokenParameter] = credentials.SessionToken
	}
	if request.ContentTypeQuery {
		want.parameters[contentTypeParameter] = request.ContentType
	}
	return want
}

// check returns every difference between the URL and the expectation. It names parameters, never their values.
func (want expectation) check(signed string) error {
	parsed, err := url.Parse(signed)
	if err != nil {
		return errors.New("it cannot be parsed")
	}
	query, err := url.ParseQuery(parsed.RawQuery)
	if err != nil {
		return errors.New("its query cannot be parsed")
	}
	var problems []error
	if !strings.HasSuffix(parsed.Path, "/"+want.key) {
		problems = append(problems, errors.New("its path does not end in the key"))
	}
	if want.region != "" && !slices.Contains(strings.Split(parsed.Hostname(), "."), want.region) {
		problems = append(problems, fmt.Errorf("its host %s does not carry the region %s", parsed.Hostname(), want.region))
	}
	return errors.Join(append(problems, want.checkParameters(query))...)
}

func (want expectation) checkParameters(query url.Values) error {
	var problems []error
	for name, value := range want.parameters {
		got := query[name]
		if len(got) != 1 || got[0] == "" || (value != "" && got[0] != value) {
			problems = append(problems, fmt.Errorf("its parameter %s is not as asked for", name))
		}
	}
	for name := range query {
		if _, ok := want.parameters[name]; !ok {
			problems = append(problems, fmt.Errorf("it has the parameter %s, which VoiceBase's request would not match", name))
		}
	}
	return errors.Join(problems...)
}

// HasSessionToken reports whether a pre-signed URL was signed with temporary credentials, and therefore expires with
// them.
func HasSessionToken(signed string) bool {
	parsed, err := url.Parse(signed)
	return err == nil && parsed.Query().Has(securityTokenParameter)
}
