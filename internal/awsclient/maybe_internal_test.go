package awsclient

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/hashicorp/aws-sdk-go-base/v2/diag"
)

func answered(status int) error {
	return &awshttp.ResponseError{ResponseError: &smithyhttp.ResponseError{
		Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: errors.New("of AWS"),
	}}
}

// TestMaybeDone_attempt tells what AWS may have carried out by how one attempt has failed.
func TestMaybeDone_attempt(t *testing.T) {
	t.Parallel()
	send := func(err error) error { return &smithyhttp.RequestSendError{Err: err} }
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"success":                  {nil, false},
		"an answer without sense":  {answered(200), true},
		"the last success":         {answered(299), true},
		"a redirect":               {answered(300), false},
		"a refusal":                {answered(403), false},
		"the last refusal":         {answered(499), false},
		"an internal error":        {answered(500), true},
		"no connection":            {send(&net.OpError{Op: "dial", Err: errors.New("refused")}), false},
		"no connection of a proxy": {send(&net.OpError{Op: "proxyconnect", Err: errors.New("refused")}), false},
		"a connection that ends":   {send(&net.OpError{Op: "read", Err: errors.New("reset")}), true},
		"no such host":             {send(&net.DNSError{Name: "s3.example.com", IsNotFound: true}), false},
		"cut off":                  {&smithy.CanceledError{Err: errors.New("cut")}, true},
		"no answer":                {noAnswerError{}, true},
		"never sent":               {errors.New("no credentials"), false},
	} {
		if got := maybeDone(test.err); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if text := (noAnswerError{}).Error(); text != "no answer from AWS within 1m0s" || !(noAnswerError{}).RetryableError() {
		t.Errorf("%q", text)
	}
}

// TestUnreachable_each has the advice of each kind of connection that cannot succeed, and lets the SDK repeat none of them.
func TestUnreachable_each(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"no known certificate authority":   x509.UnknownAuthorityError{},
		"a certificate for another host":   x509.HostnameError{Certificate: &x509.Certificate{}, Host: "s3.example.com"},
		"Check this machine's clock":       x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired},
		"does not speak TLS":               tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"},
		"does not speak TLS. If it is":     errors.New("http: server gave HTTP response to HTTPS client"),
		"the host s3.example.com does not": &net.DNSError{Name: "s3.example.com", IsNotFound: true},
	} {
		wrapped := fmt.Errorf("call: %w", err)
		if got := explained(wrapped); !strings.Contains(got.Error(), want) || !errors.Is(got, err) || connectionRetry(wrapped) != aws.FalseTernary {
			t.Errorf("%v: %v", err, got)
		}
	}
	for err, want := range map[error]aws.Ternary{errors.New("other"): aws.UnknownTernary, io.ErrUnexpectedEOF: aws.TrueTernary} {
		if got := explained(err); got.Error() != err.Error() || connectionRetry(err) != want || unreachable(err) != "" {
			t.Errorf("%v: %v", err, connectionRetry(err))
		}
	}
}

// TestMadeSince goes by this machine's clock where an answer has no time.
func TestMadeSince(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		time.Sleep(10 * time.Second)
		for created, want := range map[time.Duration]bool{0: true, -time.Second: true, -time.Second - 1: false, 10 * time.Second: true, -time.Hour: false} {
			if MadeSince(begun, begun.Add(created), middleware.Metadata{}) != want {
				t.Errorf("made %s from the beginning: want %t", created, want)
			}
		}
	})
}

// dated is a connection whose answers have a time of their own.
type dated struct{ at time.Time }

func (d dated) Do(*http.Request) (*http.Response, error) {
	header := http.Header{"Date": {d.at.UTC().Format(http.TimeFormat)}}
	return &http.Response{StatusCode: http.StatusOK, Header: header, Body: io.NopCloser(strings.NewReader("<VersioningConfiguration/>"))}, nil
}

// TestMadeSince_answer goes by AWS's time, however wrong this machine's clock is.
func TestMadeSince_answer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		time.Sleep(10 * time.Second)
		for _, wrong := range []time.Duration{-24 * time.Hour, 0, 24 * time.Hour} {
			client := s3.New(s3.Options{
				Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider("AKIA", "secret", ""), HTTPClient: dated{time.Now().Add(wrong)},
			})
			out, err := client.GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: aws.String("results")})
			if err != nil {
				t.Fatal(err)
			}
			for created, want := range map[time.Duration]bool{0: true, -11 * time.Second: true, -12 * time.Second: false} {
				if MadeSince(begun, time.Now().Add(wrong+created), out.ResultMetadata) != want {
					t.Errorf("a clock that is %s off, made %s from now: want %t", wrong, created, want)
				}
			}
		}
	})
}

// TestOnlyReads goes by the first word of a call's name.
func TestOnlyReads(t *testing.T) {
	t.Parallel()
	for operation, want := range map[string]bool{
		"GetRole": true, "HeadBucket": true, "ListObjectVersions": true,
		"CreateBucket": false, "PutBucketPolicy": false, "DeleteRole": false, "UpdateAssumeRolePolicy": false, "CompleteMultipartListing": false, "": false,
	} {
		if onlyReads(operation) != want {
			t.Errorf("%s: want %t", operation, want)
		}
	}
}

// TestJittered waits between half of the time and all of it.
func TestJittered(t *testing.T) {
	t.Parallel()
	least, most := time.Hour, time.Duration(0)
	for range 1000 {
		least, most = min(least, jittered(10*time.Second)), max(most, jittered(10*time.Second))
	}
	if least < 5*time.Second || least > 6*time.Second || most < 9*time.Second || most >= 10*time.Second {
		t.Errorf("from %s to %s", least, most)
	}
}

// TestMetadataService is a switch with three positions.
func TestMetadataService(t *testing.T) {
	t.Parallel()
	for want, skip := range map[imds.ClientEnableState]*bool{imds.ClientDefaultEnableState: nil, imds.ClientDisabled: aws.Bool(true), imds.ClientEnabled: aws.Bool(false)} {
		if got := (Settings{SkipMetadataAPICheck: skip}).metadataService(); got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// TestDiagnosticsError has the library's errors, not its warnings, and AWS's own inside.
func TestDiagnosticsError(t *testing.T) {
	t.Parallel()
	cause := errors.New("of AWS")
	err := diagnosticsError(diag.Diagnostics{
		diag.NewWarningDiagnostic("a warning", ""), diag.NewErrorDiagnostic("first", ""), diag.NewErrorDiagnostic("second", "\n why\n"), diag.NewNativeErrorDiagnostic(cause),
	})
	if err == nil || err.Error() != "first\nsecond\n\nwhy\nof AWS" || !errors.Is(err, cause) {
		t.Errorf("got %q", err)
	}
	if err := diagnosticsError(diag.Diagnostics{diag.NewWarningDiagnostic("a warning", "")}); err != nil {
		t.Errorf("got %v", err)
	}
}

// other is a client that was not built here.
type other struct{ aws.HTTPClient }

func TestKeepingConnections(t *testing.T) {
	t.Parallel()
	if kept := keepingConnections(other{}); kept != (other{}) {
		t.Errorf("got %T", kept)
	}
	client := keepingConnections(awshttp.NewBuildableClient())
	buildable, ok := client.(*awshttp.BuildableClient)
	if !ok {
		t.Fatalf("got %T", client)
	}
	transport := buildable.GetTransport()
	if transport.MaxIdleConnsPerHost != 100 || transport.TLSClientConfig.MinVersion < tls.VersionTLS12 || transport.TLSClientConfig.ClientSessionCache == nil {
		t.Errorf("got %+v", transport)
	}
	const hosts = 256
	sessions := transport.TLSClientConfig.ClientSessionCache
	for i := range hosts {
		sessions.Put(fmt.Sprint(i), &tls.ClientSessionState{})
	}
	if _, kept := sessions.Get("0"); !kept {
		t.Errorf("the session of the first of %d hosts is gone", hosts)
	}
}
