package acctest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// externalID stands for a customer's VoiceBase organization ID.
const externalID = "0e2a8f5c-organization-id"

// homeRegion is the region of the provider blocks that Provider writes.
const homeRegion = "us-east-1"

// customerProfile is the profile of the customer's administrator in the shared credentials file.
const customerProfile = "customer"

// AWS is one test's view of AWS: the recording proxy that the provider is given, and clients past it.
type AWS struct {
	*proxy
	admin   aws.Config
	partner aws.Config
	arn     string
}

// NewAWS skips the test unless acceptance tests are asked for.
func NewAWS(t *testing.T) *AWS {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance test: runs when TF_ACC is set, as make test does")
	}
	if local == nil {
		return realAccount(t)
	}
	p := newProxy(t, local)
	return &AWS{
		proxy:   p,
		admin:   local.Config(local.Customer, homeRegion, p.transport),
		partner: local.Config(local.VoiceBase, homeRegion, p.transport),
		arn:     local.VoiceBase.ARN,
	}
}

// realAccount uses the environment's own credentials; VOICEBASE_ARN names the principal to trust, by default
// the account's own root.
func realAccount(t *testing.T) *AWS {
	t.Helper()
	cfg, err := config.LoadDefaultConfig(t.Context(), config.WithRegion(homeRegion))
	if err != nil {
		t.Fatal(err)
	}
	arn := os.Getenv("VOICEBASE_ARN")
	if arn == "" {
		me, err := sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		arn = "arn:aws:iam::" + aws.ToString(me.Account) + ":root"
	}
	return &AWS{admin: cfg, arn: arn}
}

// RequireLocal skips a test that needs what only the local AWS gives: recorded calls, faults, VoiceBase's keys.
func (a *AWS) RequireLocal(t *testing.T) {
	t.Helper()
	if a.proxy == nil {
		t.Skip("needs the recording proxy of the local AWS: runs when " + realAWS + " is not set")
	}
}

// Provider is a provider block for this test's AWS, with further arguments as lines of HCL.
func (a *AWS) Provider(extra ...string) string {
	return a.ProviderWithout("", extra...)
}

// ProviderWithout is Provider without the argument that the test sets itself, or leaves out.
func (a *AWS) ProviderWithout(argument string, extra ...string) string {
	settings := a.settings()
	if a.proxy != nil {
		// A file, because the test framework writes configurations into its log.
		settings = append(settings, credentialsOf(customerProfile, local.credentialsFile)...)
	}
	settings = slices.DeleteFunc(settings, func(line string) bool { return strings.HasPrefix(line, argument+" = ") })
	return block(append(settings, extra...))
}

// ProviderAs is Provider with the credentials of a profile in a shared credentials file.
func (a *AWS) ProviderAs(profile, credentialsFile string) string {
	return block(append(a.settings(), credentialsOf(profile, credentialsFile)...))
}

// settings are the arguments of every provider block, credentials aside, as lines of HCL.
func (a *AWS) settings() []string {
	settings := []string{
		fmt.Sprintf("region = %q", homeRegion),
		fmt.Sprintf("voicebase_arn = %q", a.arn),
		fmt.Sprintf("external_id = %q", externalID),
	}
	if a.proxy == nil {
		return settings
	}
	return append(settings,
		fmt.Sprintf("custom_ca_bundle = %q", a.caFile),
		fmt.Sprintf("endpoints {\n    s3  = %[1]q\n    iam = %[1]q\n    sts = %[1]q\n  }", a.Endpoint()))
}

func credentialsOf(profile, file string) []string {
	return []string{fmt.Sprintf("profile = %q", profile), fmt.Sprintf("shared_credentials_files = [%q]", file)}
}

func block(lines []string) string {
	return "provider \"voicebase\" {\n  " + strings.Join(lines, "\n  ") + "\n}\n"
}

// S3 is a client of the customer's administrator, past the proxy: its calls are not recorded.
func (a *AWS) S3(region string) *s3.Client {
	return s3.NewFromConfig(a.admin, func(o *s3.Options) { o.Region = region })
}

// ProxiedS3 is a client of the customer's administrator by way of the proxy, which tries each call once.
func (a *AWS) ProxiedS3() *s3.Client {
	return s3.NewFromConfig(a.admin, func(o *s3.Options) {
		o.BaseEndpoint, o.UsePathStyle, o.RetryMaxAttempts = aws.String(a.Endpoint()), true, 1
	})
}

// IAM is a client of the customer's administrator, past the proxy.
func (a *AWS) IAM() *iam.Client { return iam.NewFromConfig(a.admin) }

// STS is a client of the customer's administrator, past the proxy.
func (a *AWS) STS() *sts.Client { return sts.NewFromConfig(a.admin) }

// VoiceBaseSTS is a client of VoiceBase's own principal, past the proxy.
func (a *AWS) VoiceBaseSTS() *sts.Client { return sts.NewFromConfig(a.partner) }

// Session returns the configuration of a client that works with temporary credentials.
func (a *AWS) Session(accessKey, secretKey, token string) aws.Config {
	cfg := a.admin.Copy()
	cfg.Credentials = credentials.NewStaticCredentialsProvider(accessKey, secretKey, token)
	return cfg
}

// CustomerKeys are the administrator's keys, for tests that hand them to the provider by another way, and for
// those that look for them where they must not be.
func (a *AWS) CustomerKeys() (accessKey, secretKey string) {
	return local.Customer.AccessKey, local.Customer.SecretKey
}

// VoiceBaseARN is the principal that the delivery role is to trust.
func (a *AWS) VoiceBaseARN() string { return a.arn }

// ExternalID is the organization ID that Provider sets.
func (a *AWS) ExternalID() string { return externalID }

// Bucket makes a bucket that is emptied and deleted after the test.
func (a *AWS) Bucket(t *testing.T, region string) string {
	t.Helper()
	name := RandomName("acc-bucket-")
	a.BucketNamed(t, region, name)
	return name
}

// BucketNamed is Bucket for a configuration that has the name already.
func (a *AWS) BucketNamed(t *testing.T, region, name string) {
	t.Helper()
	client := a.S3(region)
	input := &s3.CreateBucketInput{Bucket: &name}
	if region != "us-east-1" {
		input.CreateBucketConfiguration = &types.CreateBucketConfiguration{LocationConstraint: types.BucketLocationConstraint(region)}
	}
	if _, err := client.CreateBucket(t.Context(), input); err != nil {
		t.Fatal(err)
	}
	a.CleanUpBucket(t, region, name)
}

// CleanUpBucket empties and deletes a bucket after the test, if it is there.
func (a *AWS) CleanUpBucket(t *testing.T, region, name string) {
	t.Helper()
	// The test's own context is over when clean-ups run.
	t.Cleanup(func() { emptyAndDelete(context.Background(), t, a.S3(region), name) })
}

func emptyAndDelete(ctx context.Context, t *testing.T, client *s3.Client, name string) {
	t.Helper()
	versions := s3.NewListObjectVersionsPaginator(client, &s3.ListObjectVersionsInput{Bucket: &name})
	for versions.HasMorePages() {
		page, err := versions.NextPage(ctx)
		if err != nil {
			return // gone already
		}
		for _, version := range page.Versions {
			_, _ = client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &name, Key: version.Key, VersionId: version.VersionId})
		}
		for _, marker := range page.DeleteMarkers {
			_, _ = client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &name, Key: marker.Key, VersionId: marker.VersionId})
		}
	}
	_, _ = client.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &name})
}

// HTTPClient trusts the local AWS and the proxy, and follows no redirect, as a plain uploader would not.
func (a *AWS) HTTPClient() *http.Client {
	if a.proxy == nil {
		return &http.Client{CheckRedirect: stay}
	}
	return &http.Client{Transport: a.transport, CheckRedirect: stay}
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// RandomName returns a name that is free in S3 and IAM alike.
func RandomName(prefix string) string { return prefix + strings.ToLower(rand.Text()[:16]) }
