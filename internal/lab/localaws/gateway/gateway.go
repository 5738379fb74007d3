// Package gateway runs versitygw's S3 and IAM servers on unix sockets. They
// verify every signature and store objects, users and roles; what a caller may
// do is decided before a request gets here.
package gateway

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/versity/versitygw/backend"
	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/iamapi"
	"github.com/versity/versitygw/metrics"
	"github.com/versity/versitygw/s3api"
	"github.com/versity/versitygw/s3api/middlewares"
	"github.com/versity/versitygw/s3api/utils"
	"github.com/versity/versitygw/s3log"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

const (
	maxRequests = 1000
	maxCopy     = 5 << 30 // bytes, as on AWS
)

// Gateway is the running servers.
type Gateway struct {
	// S3 has a handler for each region.
	S3 map[string]http.Handler
	// IAM has a handler for each account, which serves IAM and, unsigned,
	// AssumeRoleWithWebIdentity.
	IAM map[string]http.Handler

	sockets  string // folder of the sockets
	shutdown []func() error
	backend  backend.Backend
	records  *attributes
	locks    locks
}

// Start runs a server for each account's IAM and one for S3 in each region,
// with all data below dir. A process can run one gateway only, and its working directory
// becomes the data's.
func Start(ctx context.Context, dir string, regions []string, directory *identity.Directory) (*Gateway, error) {
	sockets, err := socketFolder(dir)
	if err != nil {
		return nil, err
	}
	g := &Gateway{S3: map[string]http.Handler{}, IAM: map[string]http.Handler{}, sockets: sockets}
	utils.SetBucketNameValidationStrict(true)
	for _, account := range directory.Accounts() {
		if err := g.startIAM(ctx, account); err != nil {
			return nil, errors.Join(err, g.Close())
		}
	}
	if err := g.openBackend(filepath.Join(dir, "s3")); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	for _, region := range regions {
		if err := g.startS3(ctx, region, directory); err != nil {
			return nil, errors.Join(err, g.Close())
		}
	}
	return g, nil
}

// socketFolder is below dir, unless that makes the sockets' paths longer than
// an address of a unix socket can be.
func socketFolder(dir string) (string, error) {
	const longest = 80
	parent := dir
	if len(dir) > longest {
		parent = ""
	}
	sockets, err := os.MkdirTemp(parent, "sock")
	if err != nil {
		return "", fmt.Errorf("making a folder for sockets: %w", err)
	}
	return sockets, nil
}

func (g *Gateway) startIAM(ctx context.Context, account *identity.Account) error {
	server, err := iamapi.New(account.Store, iamapi.RootCredentials{Access: account.Root.AccessKey, Secret: account.Root.Secret},
		iamapi.WithQuiet(), iamapi.WithKeepAlive(), iamapi.WithConcurrencyLimiter(maxRequests, maxRequests),
		iamapi.WithOIDCThumbprintAutoFetchDisabled())
	if err != nil {
		return fmt.Errorf("making the IAM server: %w", err)
	}
	g.IAM[account.ID], err = g.serve(ctx, "iam"+account.ID, server.ServeMultiPort, server.Shutdown)
	return err
}

func (g *Gateway) startS3(ctx context.Context, region string, directory *identity.Directory) error {
	logs, err := s3log.InitLogger(&s3log.LogConfig{})
	if err != nil {
		return fmt.Errorf("making the S3 log: %w", err)
	}
	counters, err := metrics.NewManager(ctx, metrics.Config{})
	if err != nil {
		return fmt.Errorf("making the S3 metrics: %w", err)
	}
	root := directory.Customer().Root
	server, err := s3api.New(g.backend, middlewares.RootUserConfig{Access: root.AccessKey, Secret: root.Secret}, region,
		newKeys(directory), logs.S3Logger, logs.AdminLogger, nil, counters,
		s3api.WithQuiet(), s3api.WithKeepAlive(), s3api.WithConcurrencyLimiter(maxRequests, maxRequests), s3api.WithMpMaxParts(10000))
	if err != nil {
		return fmt.Errorf("making the S3 server: %w", err)
	}
	handler, err := g.serve(ctx, region, server.ServeMultiPort, server.ShutDown)
	if err != nil {
		return err
	}
	g.S3[region] = spooling(g.locks.oneWriter(g.records.replacing(handler)))
	return nil
}

// openBackend opens the one backend of all regions: versitygw makes the data
// folder the process's working directory and names everything in it by relative
// paths. The regions share the buckets' names anyway, as AWS's do.
func (g *Gateway) openBackend(dir string) error {
	data, versions, side := filepath.Join(dir, "data"), filepath.Join(dir, "versions"), filepath.Join(dir, "meta")
	for _, d := range []string{data, versions, side} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return fmt.Errorf("making a data folder: %w", err)
		}
	}
	// The side car needs no extended attributes, which temporary folders often lack.
	metadata, err := meta.NewSideCar(side)
	if err != nil {
		return fmt.Errorf("opening the metadata: %w", err)
	}
	g.records = &attributes{MetadataStorer: metadata}
	be, err := posix.New(data, g.records, posix.PosixOpts{VersioningDir: versions, SideCarDir: side, NewDirPerm: 0o755, Concurrency: 100, CopyObjectThreshold: maxCopy})
	if err != nil {
		return fmt.Errorf("opening the data: %w", err)
	}
	g.backend = be
	return nil
}

// serve runs one server on a socket of its own and waits until it answers.
func (g *Gateway) serve(ctx context.Context, name string, run func([]string) error, shutdown func() error) (http.Handler, error) {
	socket := filepath.Join(g.sockets, name)
	failed := make(chan error, 1)
	go func() { failed <- run([]string{socket}) }()
	g.shutdown = append(g.shutdown, shutdown)
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		select {
		case err := <-failed:
			return nil, fmt.Errorf("serving %s: %w", name, err)
		case <-time.After(2 * time.Millisecond):
		}
		if conn, err := new(net.Dialer).DialContext(ctx, "unix", socket); err == nil {
			_ = conn.Close()
			return proxyTo(socket), nil
		}
	}
	return nil, fmt.Errorf("serving %s: it does not answer", name)
}

// SetOwner gives a bucket to another account.
func (g *Gateway) SetOwner(ctx context.Context, bucket, account string) error {
	if err := g.backend.ChangeBucketOwner(ctx, bucket, account); err != nil {
		return fmt.Errorf("giving bucket %s to account %s: %w", bucket, account, err)
	}
	return nil
}

// Close ends the servers.
func (g *Gateway) Close() error {
	var errs []error
	for _, stop := range g.shutdown {
		errs = append(errs, stop())
	}
	if g.backend != nil {
		g.backend.Shutdown()
	}
	return errors.Join(append(errs, os.RemoveAll(g.sockets))...)
}
