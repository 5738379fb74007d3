package s3url

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Query parameters with a meaning here. AWS's SDKs differ in the spelling of some, so names match in any case.
const (
	contentTypeParam   = "content-type"
	operationParam     = "x-id"
	algorithmParam     = "X-Amz-Algorithm"
	credentialParam    = "X-Amz-Credential"
	dateParam          = "X-Amz-Date"
	expiresParam       = "X-Amz-Expires"
	signedHeadersParam = "X-Amz-SignedHeaders"
	signatureParam     = "X-Amz-Signature"
	tokenParam         = "X-Amz-Security-Token"
	v2AccessKeyParam   = "AWSAccessKeyId"
	v2SignatureParam   = "Signature"
	v2ExpiresParam     = "Expires"
)

type parameter struct{ name, value string }

type parameters []parameter

// splitQuery replaces url.ParseQuery, which refuses the plain semicolon that some signers write in X-Amz-SignedHeaders.
func splitQuery(raw string) parameters {
	var split parameters
	for pair := range strings.SplitSeq(raw, "&") {
		if name, value, _ := strings.Cut(pair, "="); name != "" {
			split = append(split, parameter{name, value})
		}
	}
	return split
}

// decodeQuery decodes names and values. A plus sign is a space, as S3 reads it.
func decodeQuery(raw parameters) (parameters, error) {
	decoded := make(parameters, len(raw))
	for i, param := range raw {
		name, nameErr := url.QueryUnescape(param.name)
		value, valueErr := url.QueryUnescape(param.value)
		if nameErr != nil || valueErr != nil {
			return nil, errors.New("a % in the query is not followed by two hexadecimal digits")
		}
		decoded[i] = parameter{name, value}
	}
	return decoded, nil
}

func (p parameters) has(name string) bool {
	for _, param := range p {
		if strings.EqualFold(param.name, name) {
			return true
		}
	}
	return false
}

// get returns the value of a parameter and whether it is present. Two values are an error, because their meaning would
// be ambiguous.
func (p parameters) get(name string) (string, bool, error) {
	value, found := "", false
	for _, param := range p {
		if !strings.EqualFold(param.name, name) {
			continue
		}
		if found {
			return "", false, fmt.Errorf("the query has %s more than once", name)
		}
		value, found = param.value, true
	}
	return value, found, nil
}

func (p parameters) names() []string {
	var names []string
	for _, param := range p {
		names = append(names, strings.ToLower(param.name))
	}
	return names
}

func (p parameters) required(name string) (string, error) {
	value, found, err := p.get(name)
	switch {
	case err != nil:
		return "", err
	case !found:
		return "", fmt.Errorf("the query has no %s", name)
	case value == "":
		return "", fmt.Errorf("%s is empty", name)
	}
	return value, nil
}
