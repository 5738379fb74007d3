package awsclient

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

// KeyForms says what ParseKeyPart takes.
const KeyForms = "the value without spaces or line breaks at its ends"

// ParseKeyPart takes an access key ID, its secret or a session token. White space at an end is most often the
// line break of a secret in a CI system. It would be signed with, so that AWS refuses each call, and VoiceBase's
// deliveries hours after the URLs were signed. The error does not quote the value.
func ParseKeyPart(text string) (string, error) {
	if text != strings.TrimSpace(text) {
		return "", errors.New("the value starts or ends with white space, often a line break from a CI secret, and every signature made with it would be invalid")
	}
	return text, nil
}

// checkKey holds credentials to ParseKeyPart. names are what their source calls the access key ID, the secret and
// the session token.
func checkKey(credentials aws.Credentials, names [3]string) error {
	var errs []error
	for i, part := range []string{credentials.AccessKeyID, credentials.SecretAccessKey, credentials.SessionToken} {
		if _, err := ParseKeyPart(part); err != nil {
			errs = append(errs, fmt.Errorf("invalid %s: %w; set it again without the white space", names[i], err))
		}
	}
	return errors.Join(errs...)
}

// checkEnvironmentKey looks at the key of the environment before it is used, since a role that is assumed with it
// hides it from checkFound. An argument or a profile of the provider block goes before the environment.
func (s Settings) checkEnvironmentKey() error {
	if s.AccessKey != "" || s.Profile != "" {
		return nil
	}
	variables, err := config.NewEnvConfig()
	if err != nil {
		return err
	}
	return checkKey(variables.Credentials, [3]string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
}

// checkFound looks at the credentials that were found, which are cached by now.
func checkFound(ctx context.Context, found aws.CredentialsProvider) error {
	credentials, err := found.Retrieve(ctx)
	if err != nil {
		return err
	}
	return checkKey(credentials, [3]string{"access key ID", "secret access key", "session token"})
}
