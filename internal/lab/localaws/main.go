// Command localaws runs a strict AWS of its own on the loopback: S3, IAM and
// STS, for demos and acceptance tests. It ends at Ctrl-C.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/server"
)

type options struct {
	listen, dir  string
	clone        string
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
	flag.StringVar(&o.clone, "clone", ".", "`folder` of the clone, for the commands that are printed")
	flag.StringVar(&o.lag, "lag", "", "how far behind requests see what was written: a `duration` for everything (2s), or some by kind (role=2s,lifecycle=500ms)")
	flag.BoolVar(&o.json, "json", false, "print one line of JSON when ready, instead of the instructions")
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

// quieten keeps versitygw's start-up messages out of standard output, which
// carries only the announcement.
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
