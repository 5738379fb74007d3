package awsclient

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Limits of an assumed role's session: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html.
const (
	minSessionDuration = 15 * time.Minute
	maxSessionDuration = 12 * time.Hour
)

var sessionName = regexp.MustCompile(`^[\w+=,.@-]{2,64}$`)

// RetryModes are the values of retry_mode.
func RetryModes() []string {
	return []string{aws.RetryModeStandard.String(), aws.RetryModeAdaptive.String()}
}

// ParseRetryMode parses one of RetryModes.
func ParseRetryMode(text string) (string, error) {
	if !slices.Contains(RetryModes(), text) {
		return "", fmt.Errorf("invalid retry mode %q", text)
	}
	return text, nil
}

// ParseSessionDuration parses a duration such as 1h30m.
func ParseSessionDuration(text string) (time.Duration, error) {
	duration, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a valid duration: must be numbers with the units h, m and s, such as 1h30m", text)
	}
	if duration < minSessionDuration || duration > maxSessionDuration {
		return 0, fmt.Errorf("invalid session duration %s: must be between 15 minutes and 12 hours", text)
	}
	return duration, nil
}

// ParseSessionName parses the name of a role session or its source identity, which allow the same characters.
func ParseSessionName(text string) (string, error) {
	if !sessionName.MatchString(text) {
		return "", fmt.Errorf("invalid name %q: must be 2 to 64 characters: letters, digits and _+=,.@-", text)
	}
	return text, nil
}

// ParseSessionPolicy parses a policy as JSON.
func ParseSessionPolicy(text string) (string, error) {
	if !json.Valid([]byte(text)) {
		return "", errors.New("the policy is not valid JSON")
	}
	return text, nil
}

// ParseEndpoint parses the URL of a service.
func ParseEndpoint(text string) (string, error) {
	endpoint, err := url.Parse(text)
	if err != nil || endpoint.Host == "" || (endpoint.Scheme != "https" && endpoint.Scheme != "http") {
		return "", fmt.Errorf("%q is not a valid URL: must have a protocol and a host, such as https://s3.example.com", text)
	}
	return text, nil
}

// ParseProxy parses the URL of a proxy; "" means no proxy. Its error never shows the URL, which may contain a password.
func ParseProxy(text string) (string, error) {
	if _, err := url.Parse(text); err != nil {
		return "", errors.New("the value is not a valid proxy URL, such as http://proxy.example.com:3128")
	}
	return text, nil
}

// ParseSkipMetadataAPICheck parses a boolean as Terraform converts it to a string. It returns nil for "".
func ParseSkipMetadataAPICheck(text string) (*bool, error) {
	if text == "" {
		return nil, nil
	}
	skip, err := strconv.ParseBool(text)
	if err != nil {
		return nil, fmt.Errorf("invalid value %q: must be true or false", text)
	}
	return &skip, nil
}
