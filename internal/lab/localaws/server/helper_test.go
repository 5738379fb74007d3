package server_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/server"
)

const (
	customerARN = "arn:aws:iam::" + identity.CustomerAccount
	rightID     = "right-organization"
)

// local is the server that all tests share; each has buckets and roles of its own.
var local *server.Server

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "localaws-test")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if local, err = server.Start(server.Config{Listen: "127.0.0.1:0", Dir: dir}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = local.Close() }()
	if trustful, err = newHTTPClient(0); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// trustful is a client that trusts the server, for all tests that do not care
// about connections: handshakes are most of their time.
var trustful *http.Client

// httpClient trusts the server and speaks one version of TLS, if version is not 0.
func httpClient(t *testing.T, version uint16) *http.Client {
	t.Helper()
	if version == 0 {
		return trustful
	}
	client, err := newHTTPClient(version)
	must(t, err)
	t.Cleanup(client.CloseIdleConnections)
	return client
}

func newHTTPClient(version uint16) (*http.Client, error) {
	ca, err := os.ReadFile(local.CAFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca) {
		return nil, errors.New("no certificate in the CA's file")
	}
	return &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: version, MaxVersion: version}, MaxIdleConnsPerHost: 8},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// who is a set of credentials.
type who struct{ key, secret, token string }

func customer() who {
	c := server.Customer()
	return who{c.AccessKey, c.Secret, ""}
}

func voicebase() who {
	c := server.VoiceBase()
	return who{c.AccessKey, c.Secret, ""}
}

func (w who) wrongSecret() who { return who{w.key, "not" + w.secret, w.token} }

func config(t *testing.T, w who, region string) aws.Config {
	t.Helper()
	return aws.Config{
		Region: region, Credentials: credentials.NewStaticCredentialsProvider(w.key, w.secret, w.token),
		HTTPClient: httpClient(t, 0), RetryMaxAttempts: 1, BaseEndpoint: &local.URL,
	}
}

func s3For(t *testing.T, w who, region string, options ...func(*s3.Options)) *s3.Client {
	t.Helper()
	return s3.NewFromConfig(config(t, w, region), append(options, func(o *s3.Options) { o.UsePathStyle = true })...)
}

func iamFor(t *testing.T, w who) *iam.Client {
	t.Helper()
	return iam.NewFromConfig(config(t, w, "us-east-1"))
}

func stsFor(t *testing.T, w who) *sts.Client {
	t.Helper()
	return sts.NewFromConfig(config(t, w, "us-east-1"))
}

// plainHTTP makes a client of S3 speak http.
func plainHTTP(o *s3.Options) {
	o.BaseEndpoint = aws.String("http://" + strings.TrimPrefix(local.URL, "https://"))
}

// outcome reads an error as "status code", or "ok".
func outcome(err error) string {
	if err == nil {
		return "ok"
	}
	var (
		api      smithy.APIError
		response *smithyhttp.ResponseError
	)
	if !errors.As(err, &api) || !errors.As(err, &response) {
		return err.Error()
	}
	return fmt.Sprintf("%d %s", response.HTTPStatusCode(), api.ErrorCode())
}

func expect(t *testing.T, err error, want string) {
	t.Helper()
	if got := outcome(err); got != want {
		t.Errorf("got %s, want %s (%v)", got, want, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var counter atomic.Int64

func unique(prefix string) string { return fmt.Sprintf("%s-%d", prefix, counter.Add(1)) }

// newBucket makes a bucket in us-east-1.
func newBucket(t *testing.T) string {
	t.Helper()
	name := unique("bucket")
	_, err := s3For(t, customer(), "us-east-1").CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name})
	must(t, err)
	return name
}

func putObject(ctx context.Context, c *s3.Client, bucket, key string) error {
	_, err := c.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader("{}")})
	return err
}

func putPolicy(t *testing.T, bucket, policy string) error {
	t.Helper()
	_, err := s3For(t, customer(), "us-east-1").PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &bucket, Policy: &policy})
	return err
}

// trusting is a trust policy for principal, with the right external ID.
func trusting(principal string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":%q},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":%q}}}]}`, principal, rightID)
}

// policyOf is an identity policy of one statement.
func policyOf(effect, action, resource string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":%q,"Action":%q,"Resource":%q}]}`, effect, action, resource)
}

// newRole makes a role that VoiceBase may assume, with one policy if not "".
func newRole(t *testing.T, policy string) (name, arn string) {
	t.Helper()
	name = unique("role")
	c := iamFor(t, customer())
	out, err := c.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: aws.String(trusting(identity.VoiceBaseARN))})
	must(t, err)
	if policy != "" {
		_, err = c.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: &name, PolicyName: aws.String("inline"), PolicyDocument: &policy})
		must(t, err)
	}
	return name, *out.Role.Arn
}

func assume(ctx context.Context, c *sts.Client, arn, externalID string) (who, error) {
	in := &sts.AssumeRoleInput{RoleArn: &arn, RoleSessionName: aws.String("delivery")}
	if externalID != "" {
		in.ExternalId = &externalID
	}
	out, err := c.AssumeRole(ctx, in)
	if err != nil {
		return who{}, err
	}
	return who{*out.Credentials.AccessKeyId, *out.Credentials.SecretAccessKey, *out.Credentials.SessionToken}, nil
}

// newSession is a session of a new role with a policy.
func newSession(t *testing.T, policy string) who {
	t.Helper()
	_, arn := newRole(t, policy)
	session, err := assume(t.Context(), stsFor(t, voicebase()), arn, rightID)
	must(t, err)
	return session
}

// shifted signs at another time than now.
type shifted struct {
	by   time.Duration
	with *v4.Signer
}

func (s shifted) PresignHTTP(ctx context.Context, c aws.Credentials, r *http.Request, hash, service, region string, at time.Time, options ...func(*v4.SignerOptions)) (string, http.Header, error) {
	return s.with.PresignHTTP(ctx, c, r, hash, service, region, at.Add(s.by), options...)
}

// presignPut signs a PUT of JSON, by a clock that is off by shift.
func presignPut(t *testing.T, w who, bucket, key string, expires, shift time.Duration) string {
	t.Helper()
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	c := s3.NewPresignClient(s3For(t, w, "us-east-1"), func(o *s3.PresignOptions) {
		o.Expires, o.Presigner = expires, shifted{shift, signer}
	})
	out, err := c.PresignPutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, ContentType: aws.String("application/json")})
	must(t, err)
	return out.URL
}

// send does a request and reads the answer as "status code".
func send(t *testing.T, method, url string, header http.Header, body string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	must(t, err)
	for name, values := range header {
		r.Header[name] = values
	}
	answer, err := httpClient(t, 0).Do(r)
	must(t, err)
	content, err := io.ReadAll(answer.Body)
	must(t, err)
	must(t, answer.Body.Close())
	_, rest, _ := strings.Cut(string(content), "<Code>")
	code, _, _ := strings.Cut(rest, "</Code>")
	return strings.TrimSpace(fmt.Sprintf("%d %s", answer.StatusCode, code))
}

func jsonHeader() http.Header { return http.Header{"Content-Type": {"application/json"}} }

func tag(key, value string) types.Tag { return types.Tag{Key: &key, Value: &value} }
