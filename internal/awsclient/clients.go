// Package awsclient makes the provider's AWS calls. It knows the AWS SDK and no Terraform type.
package awsclient

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Codes of errors that every caller would try again after, so that the clients do.
const (
	// codeOperationAborted is S3's answer to a change while another one of the same bucket is going on:
	// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
	codeOperationAborted = "OperationAborted"
	// codeConcurrentModification is IAM's:
	// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html.
	codeConcurrentModification = "ConcurrentModification"
)

// headerExpectedOwner makes S3 refuse a call on a bucket of another account.
const headerExpectedOwner = "X-Amz-Expected-Bucket-Owner"

var errNoRegion = errors.New("no AWS region is set: set region in the provider block, the environment variable AWS_REGION, " +
	"or region in the profile of the shared configuration file")

// Clients makes AWS clients from the provider's settings, at first use. It is safe for concurrent use.
type Clients struct {
	settings Settings
	now      func() time.Time

	environment    environment
	environmentErr error

	// loading holds one token: who has it loads, the others wait for as long as their own context lasts.
	loading chan struct{}
	loaded  atomic.Pointer[aws.Config]
	// accountID is written before loaded, and "" where only a further call could tell it.
	accountID string

	mu  sync.Mutex
	s3  map[string]*s3.Client
	iam *iam.Client
}

// NewClients reads environment variables and shared files, and makes no call: credentials are fetched, and the
// account is checked, by the first call that needs them. now is the one clock of the provider.
func NewClients(settings Settings, now func() time.Time) *Clients {
	c := &Clients{settings: settings, now: now, loading: make(chan struct{}, 1), s3: map[string]*s3.Client{}}
	c.environment, c.environmentErr = readEnvironment(context.Background(), settings)
	return c
}

// Now is the provider's clock.
func (c *Clients) Now() time.Time { return c.now() }

// Region is the region of the provider block, the environment or the shared configuration file, found without
// any call; "" when there is none, or while it is not known. On an instance that only its metadata service
// tells the region, it is known after the first call.
func (c *Clients) Region() string {
	if slices.Contains(c.settings.Unknown, "region") {
		return ""
	}
	if c.environment.region == "" {
		if loaded := c.loaded.Load(); loaded != nil {
			return loaded.Region
		}
	}
	return c.environment.region
}

// PathStyle reports whether s3_use_path_style is on.
func (c *Clients) PathStyle() bool { return c.settings.S3UsePathStyle }

// RefusesDots reports whether a bucket's name must have no dots, which TLS to the bucket's own host fails with:
// unless s3_use_path_style is on, or not known yet.
func (c *Clients) RefusesDots() bool {
	return !c.PathStyle() && !slices.Contains(c.settings.Unknown, "s3_use_path_style")
}

// S3Endpoint is the base URL of S3 in a region, "" standing for the provider's: the custom endpoint, or
// AWS's regional one, as use_fips_endpoint and use_dualstack_endpoint have it. It has no bucket and no slash
// last, and is "" while region or endpoint are not known.
func (c *Clients) S3Endpoint(region string) string {
	if slices.Contains(c.settings.Unknown, "endpoints") {
		return ""
	}
	if region == "" {
		region = c.Region()
	}
	return s3Endpoint(context.Background(), c.environment, region)
}

// S3 returns the S3 client for a region; "" stands for the provider's.
func (c *Clients) S3(ctx context.Context, region string) (*s3.Client, error) {
	config, err := c.config(ctx)
	if err != nil {
		return nil, err
	}
	if region == "" {
		region = config.Region
	}
	if region == "" {
		return nil, errNoRegion
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if client, ok := c.s3[region]; ok {
		return client, nil
	}
	client := s3.NewFromConfig(*config, func(options *s3.Options) {
		options.Region = region
		options.UsePathStyle = c.settings.S3UsePathStyle
		options.BaseEndpoint = Optional(c.environment.endpoints.S3)
		options.Retryer = retry.AddWithErrorCodes(options.Retryer, codeOperationAborted)
	})
	c.s3[region] = client
	return client, nil
}

// OwnS3 is S3 for buckets of the provider's own account: where that is known without a further call, S3 refuses a call on
// a bucket of the same name that is a stranger's. It is known where allowed_account_ids or forbidden_account_ids have it
// asked for, and where the credentials name it.
func (c *Clients) OwnS3(ctx context.Context, region string) (client *s3.Client, accountID string, err error) {
	client, err = c.S3(ctx, region)
	if err != nil || c.accountID == "" {
		return client, "", err
	}
	return OwnedBy(client, c.accountID), c.accountID, nil
}

// OwnedBy returns a client whose calls S3 refuses unless the bucket is of an account:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html.
func OwnedBy(client *s3.Client, accountID string) *s3.Client {
	return s3.New(client.Options(), s3.WithAPIOptions(smithyhttp.SetHeaderValue(headerExpectedOwner, accountID)))
}

// IAM returns the IAM client of the provider's partition.
func (c *Clients) IAM(ctx context.Context) (*iam.Client, error) {
	config, err := c.config(ctx)
	if err != nil {
		return nil, err
	}
	if config.Region == "" {
		return nil, errNoRegion
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.iam == nil {
		c.iam = iam.NewFromConfig(*config, func(options *iam.Options) {
			options.BaseEndpoint = Optional(c.environment.endpoints.IAM)
			options.Retryer = retry.AddWithErrorCodes(options.Retryer, codeConcurrentModification)
		})
	}
	return c.iam, nil
}

// config loads the AWS configuration once. Only success is kept: a call that was cancelled, or credentials that
// expired meanwhile, must not fail the calls after it.
func (c *Clients) config(ctx context.Context) (*aws.Config, error) {
	if c.environmentErr != nil {
		return nil, c.environmentErr
	}
	select {
	case c.loading <- struct{}{}:
		defer func() { <-c.loading }()
	case <-ctx.Done():
		return nil, &stoppedError{cause: ctx.Err()}
	}
	if loaded := c.loaded.Load(); loaded != nil {
		return loaded, nil
	}
	config, accountID, err := c.settings.awsConfig(ctx, c.environment)
	if stopped := ctx.Err(); err != nil && stopped != nil {
		return nil, &stoppedError{cause: stopped, unanswered: true}
	}
	if err != nil {
		return nil, err
	}
	c.accountID = accountID
	c.loaded.Store(&config)
	return &config, nil
}

// Optional leaves an argument out of a call, or of the SDK's options, where "" stands for none.
func Optional(value string) *string {
	if value == "" {
		return nil
	}
	return &value
}
