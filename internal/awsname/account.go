package awsname

import (
	"fmt"
	"regexp"
)

// accountID is an AWS account ID: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html.
var accountID = regexp.MustCompile(`^[0-9]{12}$`)

// ParseAccountID parses an AWS account ID.
func ParseAccountID(text string) (string, error) {
	if !accountID.MatchString(text) {
		return "", fmt.Errorf("%q is not a valid AWS account ID: must be 12 digits", text)
	}
	return text, nil
}
