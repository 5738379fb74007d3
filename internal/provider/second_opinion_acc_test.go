package provider_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awscredentials "github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// TestAccSecondOpinion_moto runs a delivery against moto, which was written from AWS's API by other people than
// the local AWS: what both understand in the same way is not merely what we believe.
func TestAccSecondOpinion_moto(t *testing.T) {
	t.Parallel()
	acctest.NewAWS(t).RequireLocal(t) // The real AWS needs no second opinion.
	moto := startMoto(t)
	t.Run("delivery", moto.testDelivery)
	t.Run("bare bucket", moto.testBareBucket)
	t.Run("check", moto.testCheck)
	moto.expectEmpty(t)
}

// moto is the running server, with a client of its own.
type moto struct {
	url    string
	config aws.Config
}

// startMoto runs moto until the test ends. It chooses its port itself and names it in its log.
func startMoto(t *testing.T) moto {
	t.Helper()
	path, err := exec.LookPath("moto_server")
	if err != nil {
		t.Skip("a second opinion on AWS's APIs: runs when moto_server is on PATH, as after pip install 'moto[server]'")
	}
	logFile := filepath.Join(t.TempDir(), "moto.log")
	log, err := os.Create(logFile)
	if err != nil {
		t.Fatal(err)
	}
	command := harness.Child(t.Context(), path, "-p", "0")
	command.Stdout, command.Stderr = log, log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	// The context is over when clean-ups run, so the server is told to end by then.
	t.Cleanup(func() { _ = errors.Join(command.Wait(), log.Close()) })
	url := announced(t, logFile)
	return moto{url: url, config: aws.Config{
		Region:       "us-east-1",
		BaseEndpoint: &url,
		Credentials:  awscredentials.NewStaticCredentialsProvider("testing", "testing", ""),
	}}
}

var motoURL = regexp.MustCompile(`Running on (http://127\.0\.0\.1:\d+)`)

func announced(t *testing.T, logFile string) string {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		text, err := os.ReadFile(logFile)
		if err != nil {
			t.Fatal(err)
		}
		if match := motoURL.FindSubmatch(text); match != nil {
			return string(match[1])
		}
	}
	text, _ := os.ReadFile(logFile)
	t.Fatalf("moto_server does not say where it listens:\n%s", text)
	return ""
}

func (m moto) s3() *s3.Client { return s3.NewFromConfig(m.config) }

// provider is a provider block for moto, which takes any keys.
func (m moto) provider() string {
	return strings.ReplaceAll(`
provider "voicebase" {
  region        = "us-east-1"
  access_key    = "testing"
  secret_key    = "testing"
  voicebase_arn = "arn:aws:iam::111122223333:role/voicebase-delivery"
  external_id   = "organization+1"
  endpoints {
    s3  = "MOTO"
    iam = "MOTO"
    sts = "MOTO"
  }
  default_tags { tags = { Stage = "test" } }
}
`, "MOTO", m.url)
}

// motoDelivery has each argument that moto keeps. It drops EventBridge and the blocked encryption types.
const motoDelivery = `
variable "days" { default = 30 }
variable "prefix" { default = "voicebase/" }
variable "team" { default = "calls" }
variable "bounded" { default = true }
variable "versioning" { default = true }
variable "force" { default = false }

locals {
  key = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

resource "voicebase_delivery_bucket" "results" {
  bucket                   = "acme-results"
  region                   = "eu-west-1"
  kms_key_arn              = local.key
  versioning               = var.versioning
  retention                = { expire_after_days = var.days, noncurrent_expire_after_days = 5, abort_incomplete_uploads_after_days = 3 }
  access_logging           = { bucket = "acme-log", prefix = "${var.team}/" }
  presigned_url_max_age    = "24h"
  presigned_url_source_ips = ["10.0.0.0/8", "2001:db8::/32"]
  force_destroy            = var.force
  tags                     = { Team = var.team }
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:DeleteObject", Resource = "arn:aws:s3:::acme-results/${var.prefix}*" }]
  })
}

resource "voicebase_delivery_role" "voicebase" {
  name                  = "s3-delivery-role"
  path                  = "/deliveries/"
  description           = "Ärger & Söhne: <${var.team}>"
  permissions_boundary  = var.bounded ? "arn:aws:iam::aws:policy/AmazonS3FullAccess" : null
  max_session_duration  = 3600 + 60 * var.days
  force_detach_policies = var.force
  bucket_arn            = voicebase_delivery_bucket.results.arn
  key_prefixes          = [var.prefix, "a b+c/"]
  kms_key_arn           = local.key
  access                = "documented"
  tags                  = { Team = var.team }
}
`

func (m moto) testDelivery(t *testing.T) {
	m.makeLogBucket(t)
	cli := acctest.NewCLI(t, m.provider()+motoDelivery)
	apply(t, cli, "2 added, 0 changed, 0 destroyed")

	for name, value := range map[string]string{"days": "60", "prefix": "calls/", "team": "sales", "bounded": "false", "versioning": "false"} {
		cli.Setenv("TF_VAR_"+name, value)
	}
	apply(t, cli, "0 added, 2 changed, 0 destroyed")

	cli.Run(t, "state", "rm", "voicebase_delivery_bucket.results", "voicebase_delivery_role.voicebase")
	cli.Run(t, "import", "-no-color", "voicebase_delivery_bucket.results", "acme-results@eu-west-1")
	cli.Run(t, "import", "-no-color", "voicebase_delivery_role.voicebase", "s3-delivery-role")
	expectNoChanges(t, cli)

	cli.Setenv("TF_VAR_force", "true")
	apply(t, cli, "0 added, 2 changed, 0 destroyed")
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

// apply also plans again, which has to be without a change.
func apply(t *testing.T, cli *acctest.CLI, want string) {
	t.Helper()
	if out := cli.Run(t, "apply", "-auto-approve", "-no-color"); !strings.Contains(out, want) {
		t.Errorf("want %s:\n%s", want, out)
	}
	cli.Settle(t) // Else the plan would wait for the blocked encryption types, which moto drops.
	expectNoChanges(t, cli)
}

func expectNoChanges(t *testing.T, cli *acctest.CLI) {
	t.Helper()
	if out, err := cli.Command(t, "plan", "-no-color", "-detailed-exitcode").CombinedOutput(); err != nil {
		t.Errorf("the plan is not empty: %v\n%s", err, out)
	}
}

// makeLogBucket makes the target of the access log, whose policy has to let S3 write. It is not the provider's,
// since moto fails on a policy with the principal "*" there.
func (m moto) makeLogBucket(t *testing.T) {
	t.Helper()
	client := s3.NewFromConfig(m.config, func(o *s3.Options) { o.Region = "eu-west-1" })
	if _, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{
		Bucket: aws.String("acme-log"), CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: "eu-west-1"},
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: aws.String("acme-log"), Policy: aws.String(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},` +
			`"Action":"s3:PutObject","Resource":"arn:aws:s3:::acme-log/*"}]}`)}); err != nil {
		t.Fatal(err)
	}
}

// bareBucket is what a customer writes for a bucket that is there already.
const bareBucket = `
resource "voicebase_delivery_bucket" "old" {
  bucket        = "acme-old"
  force_destroy = true
}

data "voicebase_presigned_callback_url" "analytics" {
  bucket = "acme-old"
  key    = "a b/analytics.json"
  type   = "analytics"
}

output "url" {
  value     = data.voicebase_presigned_callback_url.analytics.url
  sensitive = true
}
`

// testBareBucket takes over a bucket on which nothing is set, as those are that were made before April 2023.
func (m moto) testBareBucket(t *testing.T) {
	name := aws.String("acme-old")
	if _, err := m.s3().CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: name}); err != nil {
		t.Fatal(err)
	}
	cli := acctest.NewCLI(t, m.provider()+bareBucket)
	cli.Run(t, "import", "-no-color", "voicebase_delivery_bucket.old", *name)
	m.testUpload(t, cli, *name)
	want := []string{
		"effective_policy", "encryption", "force_destroy", "lifecycle_rules", "object_ownership", "public_access_block", "retention", "tags_all", "versioning",
	}
	if got := plannedChanges(t, cli); !slices.Equal(got, want) {
		t.Errorf("the plan changes %v, want %v", got, want)
	}
	apply(t, cli, "0 added, 1 changed, 0 destroyed")

	block, err := m.s3().GetPublicAccessBlock(t.Context(), &s3.GetPublicAccessBlockInput{Bucket: name})
	if err != nil {
		t.Fatal(err)
	}
	all := types.PublicAccessBlockConfiguration{
		BlockPublicAcls: aws.Bool(true), BlockPublicPolicy: aws.Bool(true), IgnorePublicAcls: aws.Bool(true), RestrictPublicBuckets: aws.Bool(true),
	}
	if !reflect.DeepEqual(*block.PublicAccessBlockConfiguration, all) {
		t.Errorf("public access is blocked by %+v", *block.PublicAccessBlockConfiguration)
	}
	encryption, err := m.s3().GetBucketEncryption(t.Context(), &s3.GetBucketEncryptionInput{Bucket: name})
	if err != nil {
		t.Fatal(err)
	}
	if got := encryption.ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm; got != types.ServerSideEncryptionAes256 {
		t.Errorf("encrypts by %s", got)
	}
	m.fill(t, *name)
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

// testUpload uploads as VoiceBase does, while the bucket has no policy: moto leaves out conditions, so that a guard
// refuses everything. It verifies no signature either.
func (m moto) testUpload(t *testing.T, cli *acctest.CLI, bucket string) {
	t.Helper()
	cli.Run(t, "apply", "-refresh-only", "-auto-approve", "-no-color")
	url := cli.Run(t, "output", "-raw", "url")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		t.Errorf("the upload was answered with %s", response.Status)
	}
	object, err := m.s3().HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("a b/analytics.json")})
	if err != nil {
		t.Fatal(err)
	}
	if got := aws.ToString(object.ContentType); got != "application/json" {
		t.Errorf("the object has the content type %q", got)
	}
}

// fill leaves all kinds of things in a bucket that a destroy by force has to delete. The policy goes first, since
// moto would refuse all access to objects.
func (m moto) fill(t *testing.T, bucket string) {
	t.Helper()
	key := aws.String("a b/<results>+&.json")
	_, policy := m.s3().DeleteBucketPolicy(t.Context(), &s3.DeleteBucketPolicyInput{Bucket: &bucket})
	_, first := m.s3().PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: key})
	_, second := m.s3().PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: key})
	_, marker := m.s3().DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: &bucket, Key: key})
	_, upload := m.s3().CreateMultipartUpload(t.Context(), &s3.CreateMultipartUploadInput{Bucket: &bucket, Key: key})
	if err := errors.Join(policy, first, second, marker, upload); err != nil {
		t.Fatal(err)
	}
}

// plannedChanges returns the attributes that the next apply would change in place, sorted.
func plannedChanges(t *testing.T, cli *acctest.CLI) []string {
	t.Helper()
	cli.Run(t, "plan", "-no-color", "-out=plan")
	var plan struct {
		Changes []struct {
			Change struct {
				Actions       []string
				Before, After map[string]any
				Unknown       map[string]any `json:"after_unknown"`
			}
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(cli.Run(t, "show", "-json", "plan")), &plan); err != nil {
		t.Fatal(err)
	}
	if len(plan.Changes) != 1 || !slices.Equal(plan.Changes[0].Change.Actions, []string{"update"}) {
		t.Fatalf("not one update: %+v", plan.Changes)
	}
	change := plan.Changes[0].Change
	maps.Copy(change.After, change.Unknown)
	maps.DeleteFunc(change.After, func(name string, value any) bool { return reflect.DeepEqual(value, change.Before[name]) })
	return slices.Sorted(maps.Keys(change.After))
}

// expectEmpty checks that nothing is left that the provider made.
func (m moto) expectEmpty(t *testing.T) {
	t.Helper()
	buckets, err := m.s3().ListBuckets(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, bucket := range buckets.Buckets {
		if *bucket.Name != "acme-log" {
			t.Errorf("bucket %s is left", *bucket.Name)
		}
	}
	roles, err := iam.NewFromConfig(m.config).ListRoles(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range roles.Roles {
		t.Errorf("role %s is left", *role.RoleName)
	}
}
