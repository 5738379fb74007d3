// Package server runs the local AWS: S3, IAM and STS on one loopback port that
// speaks https and http.
package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/iamfront"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3front"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// Config says how to run a server.
type Config struct {
	// Listen is a loopback address; port 0 takes a free one.
	Listen string
	// Dir has all data. It is made if missing.
	Dir string
	// Lag is how far behind requests see AWS that do not say so themselves.
	Lag lag.Lag
}

// Server is a running local AWS.
type Server struct {
	// URL is its https endpoint.
	URL string
	// CAFile has the certificate to trust.
	CAFile string

	listener net.Listener
	http     *http.Server
	gateway  *gateway.Gateway
	cancel   context.CancelFunc
}

// Regions are the regions that have S3. The last one never took Signature
// Version 2.
func Regions() []string { return []string{"us-east-1", "eu-west-1", "us-west-2", "eu-central-1"} }

// Customer is the key of the customer's administrator. It and VoiceBase's are the
// made-up ones of AWS's own documentation: nothing here is worth a secret.
func Customer() identity.Credential {
	return identity.Credential{AccessKey: "AKIAIOSFODNN7EXAMPLE", Secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}
}

// Other is the key of the administrator of the second customer's account.
func Other() identity.Credential {
	return identity.Credential{AccessKey: "AKIAOTHERCUSTEXAMPLE", Secret: "oTherCuStomer/K7MDENG/bPxRfiCYEXAMPLEKEY"}
}

// VoiceBase is the key of VoiceBase's user.
func VoiceBase() identity.Credential {
	return identity.Credential{AccessKey: "AKIAI44QH8DHBEXAMPLE", Secret: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"}
}

// Start runs a server until it is closed. A process can have one only, see
// gateway.Start.
func Start(config Config) (*Server, error) {
	dir, err := filepath.Abs(config.Dir)
	if err != nil {
		return nil, fmt.Errorf("finding the data folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s := &Server{CAFile: filepath.Join(dir, "ca.pem"), cancel: cancel}
	if err := s.start(ctx, config, dir); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, config Config, dir string) error {
	if err := checkLoopback(config.Listen); err != nil {
		return err
	}
	// Before anything is written: the folder may be that of a server which has the address already.
	inner, err := new(net.ListenConfig).Listen(ctx, "tcp", config.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("another program listens on %s, perhaps another local AWS: end it, or choose another address", config.Listen)
	}
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	s.listener = inner
	certificate, err := makeCertificate(s.CAFile)
	if err != nil {
		return err
	}
	directory, err := identity.Open(dir, identity.Keys{Customer: Customer(), Other: Other(), VoiceBase: VoiceBase()})
	if err != nil {
		return err
	}
	if s.gateway, err = gateway.Start(ctx, dir, Regions(), directory); err != nil {
		return err
	}
	s3, err := s3front.New(dir, directory, s.gateway)
	if err != nil {
		return err
	}
	s.URL = "https://" + inner.Addr().String()
	s.http = &http.Server{
		Handler:           tellingPanics(lagging(config.Lag, route(s3, iamfront.New(directory, s.gateway.IAM)))),
		ReadHeaderTimeout: time.Minute,
		// Clients that do not trust the certificate are no news.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	// Old versions of TLS are there to be refused by policies.
	listener := newListener(inner, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS10})
	go func() { _ = s.http.Serve(listener) }() // which ends with Close
	return nil
}

// checkLoopback keeps the well-known keys off every network.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("reading the address to listen on: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("refusing to listen on %q, which is not a loopback address", address)
	}
	return nil
}

// tellingPanics says on standard error what broke a request: the HTTP server's
// own log is silent.
func tellingPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if p != http.ErrAbortHandler { //nolint:errorlint // It is panicked with as it is.
					fmt.Fprintf(os.Stderr, "localaws: %s %s: %v\n%s", r.Method, r.URL.Path, p, debug.Stack())
				}
				panic(http.ErrAbortHandler)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// lagging lets each request see AWS with the lag that it asks for, or with
// the usual one.
func lagging(usual lag.Lag, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := usual
		if asked := r.Header.Get(lag.Header); asked != "" {
			var err error
			if seen, err = lag.Parse(asked); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			r.Header.Del(lag.Header)
		}
		next.ServeHTTP(w, r.WithContext(lag.With(r.Context(), seen)))
	})
}

// route tells the services apart by the signature's scope.
func route(s3, iam http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch _, service := sigv4.Scope(r); {
		case service == "iam", service == "sts", isWebIdentity(r):
			iam.ServeHTTP(w, r)
		case service != "s3" && r.Header.Get("Authorization") != "":
			refuse(w, r, service)
		default:
			s3.ServeHTTP(w, r)
		}
	})
}

// isWebIdentity says whether r may be an unsigned AssumeRoleWithWebIdentity:
// S3 takes no unsigned form at the root.
func isWebIdentity(r *http.Request) bool {
	return r.Method == http.MethodPost && r.URL.Path == "/" && r.Header.Get("Authorization") == ""
}

// Close ends the server.
func (s *Server) Close() error {
	var errs []error
	switch {
	case s.http != nil:
		errs = append(errs, s.http.Close())
	case s.listener != nil:
		errs = append(errs, s.listener.Close())
	}
	if s.gateway != nil {
		errs = append(errs, s.gateway.Close())
	}
	s.cancel()
	return errors.Join(errs...)
}
