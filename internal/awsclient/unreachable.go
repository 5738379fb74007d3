package awsclient

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// The library creates the clients for credentials itself and accepts no retryer, so the SDK's list of defaults is the
// only place that reaches all clients.
func init() {
	retry.DefaultRetryables = slices.Insert(slices.Clone(retry.DefaultRetryables), 0,
		retry.IsErrorRetryable(retry.IsErrorRetryableFunc(connectionRetry)))
}

// connectionRetry judges two kinds of failed connections better than the SDK: those that no retry can repair, and an
// answer that breaks off, which a retry can.
func connectionRetry(err error) aws.Ternary {
	switch {
	case unreachable(err) != "":
		return aws.FalseTernary
	case errors.Is(err, io.ErrUnexpectedEOF):
		return aws.TrueTernary
	}
	return aws.UnknownTernary
}

// explained adds what to do to an error that no retry can repair.
func explained(err error) error {
	if advice := unreachable(err); advice != "" {
		return fmt.Errorf("%w: %s", err, advice)
	}
	return err
}

// unreachable says what to do about a connection that can never succeed. It is "" for any other error.
func unreachable(err error) string {
	var (
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
		plain     tls.RecordHeaderError
		dns       *net.DNSError
	)
	switch {
	case errors.As(err, &authority):
		return "no known certificate authority has signed the server's certificate. If a proxy that inspects TLS, or a custom endpoint, " +
			"is in between, set custom_ca_bundle (or the environment variable AWS_CA_BUNDLE) to a file with its CA certificate"
	case errors.As(err, &host):
		return "the server has a certificate for another host. Check endpoints, the proxy, and s3_use_path_style if the bucket's name has dots"
	case errors.As(err, &invalid):
		return "the server's certificate is not valid. Check this machine's clock, and the certificate of the endpoint or the proxy"
	case errors.As(err, &plain), err != nil && strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "the server does not speak TLS. If it is meant to be called without, begin its URL in endpoints with http://"
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("the host %s does not exist. Check region, endpoints, s3_use_path_style, and the proxy", dns.Name)
	}
	return ""
}
