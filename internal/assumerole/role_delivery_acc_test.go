package assumerole_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// delivery is VoiceBase at work with a role that Terraform has made.
type delivery struct {
	account *acctest.AWS
	roleARN string
	bucket  string
}

// assume is what VoiceBase does first; an empty external ID is left out.
func (d delivery) assume(ctx context.Context, externalID string) (*s3.Client, error) {
	input := &sts.AssumeRoleInput{RoleArn: &d.roleARN, RoleSessionName: aws.String("voicebase")}
	if externalID != "" {
		input.ExternalId = &externalID
	}
	session, err := d.account.VoiceBaseSTS().AssumeRole(ctx, input)
	if err != nil {
		return nil, err
	}
	keys := session.Credentials
	return s3.NewFromConfig(d.account.Session(*keys.AccessKeyId, *keys.SecretAccessKey, *keys.SessionToken)), nil
}

func (d delivery) put(ctx context.Context, client *s3.Client, key string) error {
	_, err := client.PutObject(ctx, &s3.PutObjectInput{Bucket: &d.bucket, Key: &key, Body: strings.NewReader("{}"), ContentType: aws.String("application/json")})
	return err
}

// withRole applies the role with the arguments and hands VoiceBase's side to check.
func withRole(t *testing.T, account *acctest.AWS, check func(context.Context, delivery) error, arguments ...string) {
	t.Helper()
	bucket := account.Bucket(t, "us-east-1")
	config := strings.Replace(named(acctest.RandomName("acc-role-"), arguments...), bucketARN, "arn:aws:s3:::"+bucket, 1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             account.CheckDestroyed,
		Steps: []resource.TestStep{{
			Config: account.Provider() + config,
			Check: func(state *terraformState) error {
				arn := state.RootModule().Resources[address].Primary.Attributes["arn"]
				return check(context.Background(), delivery{account: account, roleARN: arn, bucket: bucket})
			},
		}},
	})
}

// expectDenied turns success, and failure of any other kind, into an error.
func expectDenied(what string, err error) error {
	var answer smithy.APIError
	if errors.As(err, &answer) && answer.ErrorCode() == "AccessDenied" {
		return nil
	}
	if err == nil {
		return fmt.Errorf("%s is allowed", what)
	}
	return fmt.Errorf("%s: not an AccessDenied: %w", what, err)
}

func TestAccRoleDelivers(t *testing.T) {
	t.Parallel()
	account := acctest.NewAWS(t)
	account.RequireLocal(t)
	withRole(t, account, func(ctx context.Context, d delivery) error {
		client, err := d.assume(ctx, account.ExternalID())
		if err != nil {
			return err
		}
		if err := d.put(ctx, client, "voicebase/analytics.json"); err != nil {
			return fmt.Errorf("the delivery itself: %w", err)
		}
		if err := d.put(ctx, client, "voice base+c/a/b.json"); err != nil {
			return fmt.Errorf("the delivery below the other prefix: %w", err)
		}
		return d.refusals(ctx, client)
	}, `key_prefixes = ["voicebase/", "voice base+c/"]`)
}

// refusals are the seven things that VoiceBase, or whoever passes for it, cannot do.
func (d delivery) refusals(ctx context.Context, client *s3.Client) error {
	_, noID := d.assume(ctx, "")
	_, wrongID := d.assume(ctx, "someone-elses-id")
	_, reading := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &d.bucket, Key: aws.String("voicebase/analytics.json")})
	_, listing := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &d.bucket, Prefix: aws.String("voicebase/")})
	_, deleting := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &d.bucket, Key: aws.String("voicebase/analytics.json")})
	_, settings := client.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
		Bucket: &d.bucket, VersioningConfiguration: &s3types.VersioningConfiguration{Status: s3types.BucketVersioningStatusSuspended},
	})
	_, encryption := client.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &d.bucket})
	_, policy := client.DeleteBucketPolicy(ctx, &s3.DeleteBucketPolicyInput{Bucket: &d.bucket})
	return errors.Join(
		expectDenied("no external ID", noID),
		expectDenied("wrong external ID", wrongID),
		expectDenied("reading", reading),
		expectDenied("listing", listing),
		expectDenied("deleting", deleting),
		expectDenied("writing beside the prefix", d.put(ctx, client, "other/analytics.json")),
		expectDenied("writing to a longer name", d.put(ctx, client, "voicebase-other/analytics.json")),
		expectDenied("writing below a copy of the prefix", d.put(ctx, client, "x/voicebase/analytics.json")),
		expectDenied("changing the bucket's versioning", settings),
		expectDenied("reading the bucket's encryption", encryption),
		expectDenied("deleting the bucket's policy", policy),
	)
}

// The documented access reads, lists and deletes as well, but below the prefix alone.
func TestAccRoleDeliversDocumented(t *testing.T) {
	t.Parallel()
	account := acctest.NewAWS(t)
	account.RequireLocal(t)
	withRole(t, account, func(ctx context.Context, d delivery) error {
		client, err := d.assume(ctx, account.ExternalID())
		if err != nil {
			return err
		}
		if _, err := account.S3("us-east-1").PutObject(ctx, &s3.PutObjectInput{Bucket: &d.bucket, Key: aws.String("private/key")}); err != nil {
			return err
		}
		mine, others := aws.String("voicebase/analytics.json"), aws.String("private/key")
		put := d.put(ctx, client, *mine)
		_, get := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &d.bucket, Key: mine})
		_, list := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &d.bucket, Prefix: aws.String("voicebase/")})
		_, remove := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &d.bucket, Key: mine})
		_, getOthers := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &d.bucket, Key: others})
		_, listAll := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &d.bucket})
		_, listOthers := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &d.bucket, Prefix: aws.String("private/")})
		_, listWithoutSlash := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &d.bucket, Prefix: aws.String("voicebase")})
		_, head := client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &d.bucket})
		if head == nil {
			head = errors.New("HeadBucket is allowed, and the argument's page says that it is not")
		} else {
			head = nil
		}
		_, removeOthers := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &d.bucket, Key: others})
		return errors.Join(put, get, list, remove,
			expectDenied("reading beside the prefix", getOthers),
			expectDenied("listing everything", listAll),
			expectDenied("listing by the prefix less its slash", listWithoutSlash), head,
			expectDenied("listing beside the prefix", listOthers),
			expectDenied("deleting beside the prefix", removeOthers))
	}, `key_prefixes = ["voicebase/"]`, `access = "documented"`)
}

// A whole account as principal lets its roles in; the external ID is compared to the letter.
func TestAccRoleDeliversToAccount(t *testing.T) {
	t.Parallel()
	account := acctest.NewAWS(t)
	account.RequireLocal(t)
	withRole(t, account, func(ctx context.Context, d delivery) error {
		client, err := d.assume(ctx, "a+b=c/d:e")
		if err != nil {
			return err
		}
		_, other := d.assume(ctx, "a-b=c/d:e")
		return errors.Join(d.put(ctx, client, "anywhere/in/the.bucket"), expectDenied("another external ID", other))
	}, fmt.Sprintf("voicebase_arn = %q", strings.Split(account.VoiceBaseARN(), ":")[4]), `external_id = "a+b=c/d:e"`)
}

// A bucket's name is free for anyone once the bucket is gone. Whoever registers it, and lets the role in, gets nothing
// unless bucket_account_id names that account.
func TestAccRoleDeliversToNoStranger(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		arguments []string
		delivers  bool
	}{
		"write":      {[]string{`key_prefixes = ["voicebase/"]`}, false},
		"documented": {[]string{`access = "documented"`}, false},
		"named":      {[]string{`bucket_account_id = "OTHER"`}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			account := acctest.NewAWS(t)
			account.RequireLocal(t)
			bucket := acctest.RandomName("acc-bucket-")
			config := strings.Replace(named(acctest.RandomName("acc-role-"), test.arguments...), bucketARN, "arn:aws:s3:::"+bucket, 1)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				CheckDestroy:             account.CheckDestroyed,
				Steps: []resource.TestStep{{
					Config: account.Provider() + strings.ReplaceAll(config, "OTHER", account.OtherAccountID()),
					Check: func(state *terraformState) error {
						arn := state.RootModule().Resources[address].Primary.Attributes["arn"]
						strangersBucket(t, account, bucket, arn)
						d := delivery{account: account, roleARN: arn, bucket: bucket}
						client, err := d.assume(t.Context(), account.ExternalID())
						if err != nil {
							return err
						}
						put := d.put(t.Context(), client, "voicebase/analytics.json")
						if test.delivers {
							return put
						}
						return expectDenied("a delivery to a stranger", put)
					},
				}},
			})
		})
	}
}

// strangersBucket is one of the other customer's, which lets the role do everything.
func strangersBucket(t *testing.T, account *acctest.AWS, bucket, roleARN string) {
	t.Helper()
	client := account.OtherS3("us-east-1")
	if _, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &bucket}); err != nil {
		t.Fatal(err)
	}
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":%q},"Action":"s3:*","Resource":["arn:aws:s3:::%[2]s","arn:aws:s3:::%[2]s/*"]}]}`,
		roleARN, bucket)
	if _, err := client.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &bucket, Policy: &policy}); err != nil {
		t.Fatal(err)
	}
}
