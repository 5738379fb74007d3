// Command localaws runs a strict AWS of its own on the loopback: S3, IAM and
// STS, for demos and acceptance tests. It ends at Ctrl-C.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/server"
)

// demoExternalID is an organization ID for examples, obviously made up.
const demoExternalID = "example-voicebase-organization"

type options struct {
	listen, dir  string
	lag          string
	json, onEOF  bool
	stdin        io.Reader
	stdout       io.Writer
	interruption context.Context
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o := options{stdin: os.Stdin, stdout: os.Stdout, interruption: ctx}
	flag.StringVar(&o.listen, "listen", "127.0.0.1:0", "loopback `address` to listen on")
	flag.StringVar(&o.dir, "dir", "", "data `folder` (default: a temporary one, removed at exit)")
	flag.StringVar(&o.lag, "lag", "", "how far behind requests see what was written: a `duration` for everything (2s), or some by kind (role=2s,lifecycle=500ms)")
	flag.BoolVar(&o.json, "json", false, "print one line of JSON when ready, instead of the lines for a shell")
	flag.BoolVar(&o.onEOF, "exit-on-stdin-eof", false, "end when standard input closes")
	flag.Parse()
	if err := quieten(); err != nil {
		fmt.Fprintln(os.Stderr, "localaws:", err)
	}
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "localaws:", err)
		stop()
		os.Exit(1)
	}
}

// quieten keeps versitygw, which prints as it starts, out of standard output:
// that has the announcement and nothing else.
func quieten() error {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("silencing standard output: %w", err)
	}
	os.Stdout = null
	return nil
}

// run serves until it is told to end.
func run(o options) (err error) {
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "localaws"); err != nil {
			return fmt.Errorf("making a data folder: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(o.dir)) }()
	}
	behind, err := lag.Parse(o.lag)
	if err != nil {
		return err
	}
	s, err := server.Start(server.Config{Listen: o.listen, Dir: o.dir, Lag: behind})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := announce(o, s); err != nil {
		return err
	}
	closed := make(chan struct{})
	if o.onEOF {
		go func() {
			// Whatever ends standard input ends the process.
			_, _ = io.Copy(io.Discard, o.stdin)
			close(closed)
		}()
	}
	select {
	case <-o.interruption.Done():
	case <-closed:
	}
	return nil
}

// announcement is the line of JSON, whose names others rely on.
type announcement struct {
	URL       string    `json:"url"`
	CAFile    string    `json:"ca_file"`
	Regions   []string  `json:"regions"`
	Customer  principal `json:"customer"`
	Other     principal `json:"other_customer"`
	VoiceBase principal `json:"voicebase"`
}

type principal struct {
	AccountID string `json:"account_id"`
	ARN       string `json:"arn,omitempty"`
	AccessKey string `json:"access_key"`
	SecretKey string `json:"secret_key"`
}

func announce(o options, s *server.Server) error {
	customer, other, voicebase := server.Customer(), server.Other(), server.VoiceBase()
	if o.json {
		err := json.NewEncoder(o.stdout).Encode(announcement{
			URL: s.URL, CAFile: s.CAFile, Regions: server.Regions(),
			Customer:  principal{AccountID: identity.CustomerAccount, AccessKey: customer.AccessKey, SecretKey: customer.Secret},
			Other:     principal{AccountID: identity.OtherAccount, AccessKey: other.AccessKey, SecretKey: other.Secret},
			VoiceBase: principal{identity.VoiceBaseAccount, identity.VoiceBaseARN, voicebase.AccessKey, voicebase.Secret},
		})
		if err != nil {
			return fmt.Errorf("announcing the server: %w", err)
		}
		return nil
	}
	_, err := fmt.Fprintf(o.stdout, `# The local AWS is at %s
export AWS_ENDPOINT_URL='%[1]s'
export AWS_ACCESS_KEY_ID='%s'
export AWS_SECRET_ACCESS_KEY='%s'
export AWS_REGION='%s'
export AWS_CA_BUNDLE='%s'
export VOICEBASE_ARN='%s'
export VOICEBASE_EXTERNAL_ID='%s'
export VOICEBASE_ACCESS_KEY_ID='%s'
export VOICEBASE_SECRET_ACCESS_KEY='%s'
`, s.URL, customer.AccessKey, customer.Secret, server.Regions()[0], s.CAFile,
		identity.VoiceBaseARN, demoExternalID, voicebase.AccessKey, voicebase.Secret)
	if err != nil {
		return fmt.Errorf("announcing the server: %w", err)
	}
	return nil
}
