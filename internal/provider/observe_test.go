package provider_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// The functions below tell what a setting has become by what the objects of the provider would see of it.

func providerRegion(_ *testing.T, data *framework.ProviderData) string { return data.Clients.Region() }

func regionalEndpoint(_ *testing.T, data *framework.ProviderData) string {
	return data.Clients.S3Endpoint("us-east-1")
}

func s3Options(t *testing.T, data *framework.ProviderData) s3.Options {
	t.Helper()
	client, err := data.Clients.S3(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return client.Options()
}

// credentials are those that a call would be signed with, and none when a client cannot be made.
func credentials(t *testing.T, data *framework.ProviderData) aws.Credentials {
	t.Helper()
	client, err := data.Clients.S3(t.Context(), "")
	if err != nil {
		t.Logf("no client: %s", err)
		return aws.Credentials{AccessKeyID: "none"}
	}
	found, err := client.Options().Credentials.Retrieve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func accessKey(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	return credentials(t, data).AccessKeyID
}

func secretKey(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	return credentials(t, data).SecretAccessKey
}

func sessionToken(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	return credentials(t, data).SessionToken
}

// s3Endpoint is where the client calls, which must be where the provider says that S3 is.
func s3Endpoint(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	called := s3Options(t, data).BaseEndpoint
	if called == nil {
		if said := data.Clients.S3Endpoint(""); said != "https://s3.us-east-1.amazonaws.com" {
			t.Errorf("AWS is called, and the provider says %s", said)
		}
		return "AWS"
	}
	if said := data.Clients.S3Endpoint(""); said != *called {
		t.Errorf("%s is called, and the provider says %s", *called, said)
	}
	return *called
}

func iamEndpoint(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	client, err := data.Clients.IAM(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if called := client.Options().BaseEndpoint; called != nil {
		return *called
	}
	return "AWS"
}

func pathStyle(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	used := s3Options(t, data).UsePathStyle
	if said := data.Clients.PathStyle(); said != used {
		t.Errorf("the client has path style %t, the provider says %t", used, said)
	}
	return fmt.Sprint(used)
}

func maxAttempts(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	return fmt.Sprint(s3Options(t, data).Retryer.MaxAttempts())
}

func retryMode(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	return s3Options(t, data).RetryMode.String()
}

func transport(t *testing.T, data *framework.ProviderData) *http.Transport {
	t.Helper()
	client, ok := s3Options(t, data).HTTPClient.(*awshttp.BuildableClient)
	if !ok {
		t.Fatalf("the HTTP client is a %T", s3Options(t, data).HTTPClient)
	}
	return client.GetTransport()
}

func insecure(t *testing.T, data *framework.ProviderData) string {
	t.Helper()
	return fmt.Sprint(transport(t, data).TLSClientConfig.InsecureSkipVerify)
}

func proxyOf(url string) func(*testing.T, *framework.ProviderData) string {
	return func(t *testing.T, data *framework.ProviderData) string {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		proxy, err := transport(t, data).Proxy(request)
		if err != nil {
			t.Fatal(err)
		}
		if proxy == nil {
			return "none"
		}
		return proxy.String()
	}
}

// ca is a certificate authority in a file.
type ca struct {
	name, path string
	pool       *x509.CertPool
}

func newCA(t *testing.T, environment awsfake.Environment, name string) ca {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), IsCA: true, BasicConstraintsValid: true}
	template.Subject.CommonName = name
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return ca{name: name, path: environment.File(name+".pem", string(text)), pool: pool}
}

func trusted(authorities ...ca) func(*testing.T, *framework.ProviderData) string {
	return func(t *testing.T, data *framework.ProviderData) string {
		t.Helper()
		roots := transport(t, data).TLSClientConfig.RootCAs
		for _, authority := range authorities {
			if roots != nil && roots.Equal(authority.pool) {
				return authority.name
			}
		}
		if roots == nil {
			return "system"
		}
		return "another"
	}
}

func defaultTags(_ *testing.T, data *framework.ProviderData) string {
	return fmt.Sprint(data.Tags.Default)
}

func ignoredTags(_ *testing.T, data *framework.ProviderData) string {
	return fmt.Sprint(data.Tags.IgnoreKeys, " ", data.Tags.IgnoreKeyPrefixes)
}
