package awsclient

import (
	"crypto/x509"
	"fmt"
	"io"

	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
)

// setting is a value and the place where it is set.
type setting struct{ value, place string }

// unlessEmpty returns the zero setting if there is no value.
func (s setting) unlessEmpty() setting {
	if s.value == "" {
		return setting{}
	}
	return s
}

// checkEndpoint refuses a value that is not the URL of a service. The provider block's own endpoints have been
// validated already.
func (s setting) checkEndpoint() error {
	if s.value == "" {
		return nil
	}
	if _, err := ParseEndpoint(s.value); err != nil {
		return fmt.Errorf("%s: %w", s.place, err)
	}
	return nil
}

// checkBundle refuses a file that doesn't exist or contains no certificate.
func (s setting) checkBundle() error {
	if s.value == "" {
		return nil
	}
	library := awsbase.Config{CustomCABundle: s.value}
	reader, err := library.CustomCABundleReader()
	if err != nil {
		return fmt.Errorf("%s: %w", s.place, err)
	}
	bundle, err := io.ReadAll(reader)
	if err != nil {
		return fmt.Errorf("%s: %w", s.place, err)
	}
	if !x509.NewCertPool().AppendCertsFromPEM(bundle) {
		return fmt.Errorf("%s: the file %s has no certificate in PEM form", s.place, s.value)
	}
	return nil
}
