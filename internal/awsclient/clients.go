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

// Codes of errors after which every caller would try again, so the clients do it.
const (
	// codeOperationAborted is S3's answer to a change while another change of the same bucket is in progress:
	// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
	codeOperationAborted = "OperationAborted"
	// codeConcurrentModification is IAM's equivalent:
	// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html.
	codeConcurrentModification = "ConcurrentModification"
)

// headerExpectedOwner makes S3 refuse a call on a bucket of another account.
const headerExpectedOwner = "X-Amz-Expected-Bucket-Owner"

var errNoRegion = errors.New("no AWS region is set: set region in the provider block, the environment variable AWS_REGION, " +
	"or region in the profile of the shared configuration file")

// Clients creates AWS clients from the provider's settings, on first use. It is safe for concurrent use.
type Clients struct {
	settings Settings
	now      func() time.Time

	environment    environment
	environmentErr error

	// loading holds one token. Whoever has it loads the configuration; the others wait until their own context ends.
	loading chan struct{}
	loaded  atomic.Pointer[aws.Config]
	// accountID is written before loaded. It is "" if only another call could find it out.
	accountID string

	mu  sync.Mutex
	s3  map[string]*s3.Client
	iam *iam.Client
}

// NewClients reads environment variables and shared files, and makes no call: the first call that needs them fetches
// credentials and checks the account. now is the provider's only clock.
func NewClients(settings Settings, now func() time.Time) *Clients {
	c := &Clients{settings: settings, now: now, loading: make(chan struct{}, 1), s3: map[string]*s3.Client{}}
	c.environment, c.environmentErr = readEnvironment(context.Background(), settings)
	return c
}

// Now is the provider's clock.
func (c *Clients) Now() time.Time { return c.now() }

// Region is the region of the provider block, the environment or the shared configuration file, found without a call.
// It is "" if there is none, or while it is not known. If only the metadata service of an instance knows the region, it
// is known after the first call.
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

// RefusesDots reports whether bucket names must not contain dots. TLS to the bucket's own host fails with such a name,
// unless s3_use_path_style is on, or not known yet.
func (c *Clients) RefusesDots() bool {
	return !c.PathStyle() && !slices.Contains(c.settings.Unknown, "s3_use_path_style")
}

// S3Endpoint is the base URL of S3 in a region; "" stands for the provider's region. It is the custom endpoint or AWS's
// regional one, as use_fips_endpoint and use_dualstack_endpoint choose it. It contains no bucket and no trailing slash,
// and is "" while region or endpoint are not known.
func (c *Clients) S3Endpoint(region string) string {
	if slices.Contains(c.settings.Unknown, "endpoints") {
		return ""
	}
	if region == "" {
		region = c.Region()
	}
	return s3Endpoint(context.Background(), c.environment, region)
}

// S3 returns the S3 client for a region; "" stands for the provider's region.
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

// OwnS3 is S3 for buckets of the provider's own account: if the account is known without another call, S3 refuses calls
// on a bucket of the same name in another account. It is known if allowed_account_ids or forbidden_account_ids require
// it, and if the credentials contain it.
func (c *Clients) OwnS3(ctx context.Context, region string) (client *s3.Client, accountID string, err error) {
	client, err = c.S3(ctx, region)
	if err != nil || c.accountID == "" {
		return client, "", err
	}
	return OwnedBy(client, c.accountID), c.accountID, nil
}

// OwnedBy returns a client whose calls S3 refuses unless the bucket belongs to an account:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html.
func OwnedBy(client *s3.Client, accountID string) *s3.Client {
	return s3.New(client.Options(), s3.WithAPIOptions(smithyhttp.SetHeaderValue(headerExpectedOwner, accountID)))
}

// IAM returns the IAM client for the provider's partition.
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

// config loads the AWS configuration once. It only keeps a success: a call that was cancelled, or credentials that have
// expired in the meantime, must not fail later calls.
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

// Optional returns nil for "", to leave out an argument of a call or an option of the SDK.
func Optional(value string) *string {
	if value == "" {
		return nil
	}
	return &value
}
