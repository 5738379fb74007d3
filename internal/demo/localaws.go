package main

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
	"path/filepath"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// identity is one of the principals that the local AWS knows from the start.
type identity struct {
	AccountID string `json:"account_id"`
	ARN       string `json:"arn"`
	AccessKey string `json:"access_key"`
	SecretKey string `json:"secret_key"`
}

// localAWS is the running child and what it said of itself when it was ready.
type localAWS struct {
	URL       string   `json:"url"`
	CAFile    string   `json:"ca_file"`
	Customer  identity `json:"customer"`
	VoiceBase identity `json:"voicebase"`

	command   *exec.Cmd
	stdin     io.Closer
	transport *http.Transport
}

// startLocalAWS builds the local AWS and waits until it says that it is ready.
func startLocalAWS(ctx context.Context, w *workspace) (*localAWS, error) {
	binary := w.path("bin", "localaws")
	if err := w.build(ctx, filepath.Join("internal", "localaws"), binary); err != nil {
		return nil, err
	}
	l := &localAWS{command: child(ctx, binary, "-json", "-exit-on-stdin-eof", "-dir", w.path("aws"))}
	l.command.Env = append(w.environment(), "TMPDIR="+w.tmp())
	l.command.Stderr = os.Stderr
	// It ends when this pipe closes, so that even a killed demo leaves no process behind.
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
		l.stop()
		return nil, fmt.Errorf("starting the local AWS: %w", err)
	}
	return l, nil
}

// ready reads the line that says where to find it, and its certificate.
func (l *localAWS) ready(stdout io.Reader) error {
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
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return errors.New("no certificate in " + l.CAFile)
	}
	l.transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	return nil
}

func (l *localAWS) stop() {
	_ = l.stdin.Close()
	_ = l.command.Wait()
	reap(l.command)
}

// config is an SDK configuration of one of the two principals.
func (l *localAWS) config(who identity) aws.Config {
	return aws.Config{
		Region:       region,
		BaseEndpoint: &l.URL,
		HTTPClient:   &http.Client{Transport: l.transport},
		// One attempt is one line of the report.
		Retryer: func() aws.Retryer { return aws.NopRetryer{} },
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: who.AccessKey, SecretAccessKey: who.SecretKey}, nil
		}),
	}
}

// environment is what a user would export to work with this AWS: credentials, endpoint, certificate, and what
// VoiceBase support gave out.
func (l *localAWS) environment() []string {
	return []string{
		"AWS_ACCESS_KEY_ID=" + l.Customer.AccessKey,
		"AWS_SECRET_ACCESS_KEY=" + l.Customer.SecretKey,
		"AWS_ENDPOINT_URL=" + l.URL,
		"AWS_CA_BUNDLE=" + l.CAFile,
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE=" + os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull,
		"VOICEBASE_ARN=" + l.VoiceBase.ARN,
		"VOICEBASE_EXTERNAL_ID=" + organizationID,
	}
}
