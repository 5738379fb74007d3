// Command deliver takes VoiceBase's place beside the local AWS of make aws: it reads a callback configuration and
// delivers a sample for each callback, as VoiceBase does.
package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"text/tabwriter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := deliver(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "deliver:", err)
		os.Exit(1)
	}
}

func deliver(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("name the callback configuration: make deliver CONFIGURATION=configuration.json")
	}
	configuration, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	voicebase, err := connect()
	if err != nil {
		return err
	}
	attempts, err := voicebase.Deliver(ctx, configuration, strings.ToLower(rand.Text()))
	if err != nil {
		return err
	}
	refused := 0
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "RESULT\tDELIVERED TO\tANSWER")
	for _, attempt := range attempts {
		if !attempt.Delivered() {
			refused++
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", attempt.Name, attempt.Target, attempt.Answer())
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if refused > 0 {
		return fmt.Errorf("AWS refused %d of %d deliveries", refused, len(attempts))
	}
	return nil
}

// connect is VoiceBase at the local AWS, by the environment that make aws prints.
func connect() (*standin.VoiceBase, error) {
	var missing []string
	get := func(name string) string {
		value := os.Getenv(name)
		if value == "" {
			missing = append(missing, name)
		}
		return value
	}
	endpoint, ca := get("AWS_ENDPOINT_URL"), get("AWS_CA_BUNDLE")
	accessKey, secretKey := get("VOICEBASE_ACCESS_KEY_ID"), get("VOICEBASE_SECRET_ACCESS_KEY")
	organizationID := get("VOICEBASE_EXTERNAL_ID")
	if missing != nil {
		return nil, fmt.Errorf("%s not set: run make aws in another terminal and paste the environment that it prints", strings.Join(missing, ", "))
	}
	address, err := url.Parse(endpoint)
	if err != nil {
		return nil, fmt.Errorf("AWS_ENDPOINT_URL: %w", err)
	}
	pem, err := os.ReadFile(ca)
	if err != nil {
		return nil, fmt.Errorf("AWS_CA_BUNDLE: %w", err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	transport := only{host: address.Host, next: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}}
	client := sts.New(sts.Options{
		Region:       "us-east-1",
		BaseEndpoint: &endpoint,
		HTTPClient:   &http.Client{Transport: transport},
		Credentials:  credentials.NewStaticCredentialsProvider(accessKey, secretKey, ""),
		Retryer:      aws.NopRetryer{},
	})
	return standin.New(client, transport, organizationID), nil
}

// only reaches one host, so that a configuration for real buckets gets no samples into them.
type only struct {
	host string
	next http.RoundTripper
}

func (o only) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != o.host {
		return nil, fmt.Errorf("%s is not the local AWS", r.URL.Host)
	}
	return o.next.RoundTrip(r)
}
