package harness

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// Identity is one of the principals that the local AWS knows from the start.
type Identity struct {
	AccountID string `json:"account_id"`
	ARN       string `json:"arn"`
	AccessKey string `json:"access_key"`
	SecretKey string `json:"secret_key"`
}

// LocalAWS is the running child and what it said of itself when it was ready.
type LocalAWS struct {
	URL       string   `json:"url"`
	CAFile    string   `json:"ca_file"`
	Customer  Identity `json:"customer"`
	Other     Identity `json:"other_customer"` // a second customer's
	VoiceBase Identity `json:"voicebase"`

	// Roots knows the certificate.
	Roots *x509.CertPool `json:"-"`

	command *exec.Cmd
	stdin   io.Closer
}

// StartLocalAWS starts the program of internal/lab/localaws with all its data below dir, and waits until it says that
// it is ready. env is its whole environment, nil for this process's.
func StartLocalAWS(ctx context.Context, binary, dir string, env []string) (*LocalAWS, error) {
	l := &LocalAWS{command: Child(ctx, binary, "-json", "-exit-on-stdin-eof", "-dir", dir)}
	l.command.Env, l.command.Stderr = env, os.Stderr
	// It ends when this pipe closes, so that even a killed parent leaves no process behind.
	stdin, err := l.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	l.stdin = stdin
	stdout, err := l.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := l.command.Start(); err != nil {
		return nil, err
	}
	if err := l.ready(stdout); err != nil {
		l.Stop()
		return nil, fmt.Errorf("starting the local AWS: %w", err)
	}
	return l, nil
}

// ready reads the line that says where to find it, and its certificate.
func (l *LocalAWS) ready(stdout io.Reader) error {
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		return err
	}
	if err := json.Unmarshal(line, l); err != nil {
		return err
	}
	pem, err := os.ReadFile(l.CAFile)
	if err != nil {
		return err
	}
	l.Roots = x509.NewCertPool()
	if !l.Roots.AppendCertsFromPEM(pem) {
		return errors.New("no certificate in " + l.CAFile)
	}
	return nil
}

// Stop ends the child, and waits for it.
func (l *LocalAWS) Stop() {
	_ = l.stdin.Close()
	_ = l.command.Wait()
	reap(l.command)
}

// Transport is an HTTP transport that trusts the certificate.
func (l *LocalAWS) Transport() *http.Transport {
	return &http.Transport{TLSClientConfig: &tls.Config{RootCAs: l.Roots, MinVersion: tls.VersionTLS12}}
}

// Config is an SDK configuration of one of the principals, over a transport that trusts the certificate.
func (l *LocalAWS) Config(who Identity, region string, transport http.RoundTripper) aws.Config {
	return aws.Config{
		Region:       region,
		BaseEndpoint: &l.URL,
		HTTPClient:   &http.Client{Transport: transport},
		Credentials:  credentials.NewStaticCredentialsProvider(who.AccessKey, who.SecretKey, ""),
	}
}
