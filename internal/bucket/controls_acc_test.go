package bucket_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// posture is what S3 answers about a bucket, as far as the controls look at it. What is not set is the zero value.
type posture struct {
	block         types.PublicAccessBlockConfiguration
	ownership     types.ObjectOwnership
	statements    []map[string]any
	versioning    types.BucketVersioningStatus
	lifecycle     []types.LifecycleRule
	encryption    types.ServerSideEncryption
	logging       *types.LoggingEnabled
	notifications *s3.GetBucketNotificationConfigurationOutput
}

// controls are those of Security Hub that can be told from a bucket:
// https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html.
var controls = map[string]func(posture) bool{
	"S3.2":  posture.private,
	"S3.3":  posture.private,
	"S3.5":  posture.demandsTLS,
	"S3.6":  posture.grantsNoOther,
	"S3.8":  posture.private,
	"S3.9":  func(p posture) bool { return p.logging != nil },
	"S3.10": func(p posture) bool { return p.versioning == types.BucketVersioningStatusEnabled && p.ages() },
	"S3.11": func(p posture) bool {
		n := p.notifications
		return n.EventBridgeConfiguration != nil || len(n.QueueConfigurations)+len(n.TopicConfigurations)+len(n.LambdaFunctionConfigurations) > 0
	},
	"S3.12": func(p posture) bool { return p.ownership == types.ObjectOwnershipBucketOwnerEnforced },
	"S3.13": posture.ages,
	"S3.14": func(p posture) bool { return p.versioning == types.BucketVersioningStatusEnabled },
	"S3.17": func(p posture) bool { return p.encryption == types.ServerSideEncryptionAwsKms },
}

func (p posture) private() bool {
	return aws.ToBool(p.block.BlockPublicAcls) && aws.ToBool(p.block.BlockPublicPolicy) && aws.ToBool(p.block.IgnorePublicAcls) && aws.ToBool(p.block.RestrictPublicBuckets)
}

func (p posture) demandsTLS() bool {
	return slices.ContainsFunc(p.statements, func(s map[string]any) bool {
		text := fmt.Sprint(s["Condition"])
		return s["Effect"] == "Deny" && s["Action"] == "s3:*" && s["Principal"] == "*" && strings.Contains(text, "aws:SecureTransport:false")
	})
}

// grantsNoOther is about these five actions, as the control is, or any with a wildcard.
func (p posture) grantsNoOther() bool {
	refused := regexp.MustCompile(`s3:(\S*\*|DeleteBucketPolicy|PutBucketAcl|PutBucketPolicy|PutEncryptionConfiguration|PutObjectAcl)`)
	return !slices.ContainsFunc(p.statements, func(s map[string]any) bool {
		return s["Effect"] == "Allow" && refused.MatchString(fmt.Sprint(s["Action"]))
	})
}

func (p posture) ages() bool {
	return slices.ContainsFunc(p.lifecycle, func(rule types.LifecycleRule) bool { return rule.Status == types.ExpirationStatusEnabled })
}

func postureOf(t *testing.T, client *s3.Client, bucket string) posture {
	t.Helper()
	var p posture
	ctx, name := t.Context(), &bucket
	// An error says that nothing is set, which is the zero value.
	if out, err := client.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: name}); err == nil {
		p.block = *out.PublicAccessBlockConfiguration
	}
	if out, err := client.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: name}); err == nil {
		p.ownership = out.OwnershipControls.Rules[0].ObjectOwnership
	}
	if out, err := client.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: name}); err == nil {
		var policy struct{ Statement []map[string]any }
		if err := json.Unmarshal([]byte(aws.ToString(out.Policy)), &policy); err != nil {
			t.Fatal(err)
		}
		p.statements = policy.Statement
	}
	if out, err := client.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: name}); err == nil {
		p.versioning = out.Status
	}
	if out, err := client.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: name}); err == nil {
		p.lifecycle = out.Rules
	}
	if out, err := client.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: name}); err == nil {
		p.encryption = out.ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm
	}
	logging, err := client.GetBucketLogging(ctx, &s3.GetBucketLoggingInput{Bucket: name})
	if err != nil {
		t.Fatal(err)
	}
	p.logging = logging.LoggingEnabled
	if p.notifications, err = client.GetBucketNotificationConfiguration(ctx, &s3.GetBucketNotificationConfigurationInput{Bucket: name}); err != nil {
		t.Fatal(err)
	}
	return p
}

var controlRow = regexp.MustCompile(`(?m)^\| \*{0,2}(S3\.\d+)\*{0,2} \| [^|]+ \| ([^|]+) \|$`)

// TestAccDeliveryBucket_controls holds the table of the guide on security against what S3 answers about a bucket with
// no arguments, one with all, and one with no protection at all, which no control may pass.
func TestAccDeliveryBucket_controls(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "guides", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	name := acctest.RandomName("acc-controls-")
	cli := acctest.NewCLI(t, a.Provider()+fmt.Sprintf(`
resource "voicebase_delivery_bucket" "default" {
  bucket = "%[1]s-default"
}

resource "voicebase_delivery_bucket" "full" {
  bucket                    = "%[1]s-full"
  kms_key_arn               = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  eventbridge_notifications = true
  access_logging            = { bucket = voicebase_delivery_bucket.default.id }
}
`, name))
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve", "-no-color") })
	client := a.S3("us-east-1")
	def, full, bare := postureOf(t, client, name+"-default"), postureOf(t, client, name+"-full"), postureOf(t, client, unprotected(t, a))

	rows := controlRow.FindAllStringSubmatch(string(page), -1)
	if len(rows) < 20 {
		t.Fatalf("only %d controls on the page", len(rows))
	}
	for _, row := range rows {
		control, met := row[1], row[2]
		holds := controls[control]
		byDefault, byArgument := strings.HasPrefix(met, "by default"), strings.HasPrefix(met, "with `")
		reason := regexp.MustCompile(`^not (applicable|by this provider): \w`).MatchString(met)
		switch {
		case reason != (holds == nil), !reason && !byDefault && !byArgument:
			t.Errorf("%s: %q needs a test, or a reason why there is none", control, met)
		case reason:
		case holds(bare):
			t.Errorf("%s holds for a bucket without any protection: this test would see nothing", control)
		case holds(def) != byDefault || !holds(full):
			t.Errorf("%s: %q, and it is %t by default and %t with all arguments", control, met, holds(def), holds(full))
		}
	}
}

// unprotected makes a bucket that another account may change.
func unprotected(t *testing.T, a *acctest.AWS) string {
	t.Helper()
	name, client := a.Bucket(t, "us-east-1"), a.S3("us-east-1")
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":"s3:PutBucketPolicy","Resource":"arn:aws:s3:::%s"}]}`, a.OtherAccountID(), name)
	_, blocked := client.DeletePublicAccessBlock(t.Context(), &s3.DeletePublicAccessBlockInput{Bucket: &name})
	_, owned := client.PutBucketOwnershipControls(t.Context(), &s3.PutBucketOwnershipControlsInput{
		Bucket:            &name,
		OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnershipObjectWriter}}},
	})
	_, granted := client.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &name, Policy: &policy})
	for _, err := range []error{blocked, owned, granted} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return name
}
