package standin_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// TestAccDeliver_byRole delivers by a role that was made without the provider, so that the stand-in is tested by
// itself: into its folder, and beside it.
func TestAccDeliver_byRole(t *testing.T) {
	t.Parallel()
	account := acctest.NewAWS(t)
	account.RequireLocal(t)
	bucket := account.Bucket(t, "us-east-1")
	role := makeRole(t, account, bucket)
	voicebase := standin.New(account.VoiceBaseSTS(), account.HTTPClient().Transport, account.ExternalID())

	callback := `{"url": "%s/%s", "s3Delivery": true, "role": "%s", "prependFolder": "%s", "type": "transcript", "format": "srt"}`
	inside := fmt.Sprintf(callback, account.Endpoint(), bucket, role, "voicebase")
	outside := fmt.Sprintf(callback, account.Endpoint(), bucket, role, "elsewhere")
	attempts, err := voicebase.Deliver(t.Context(), []byte(`{"publish": {"callbacks": [`+inside+`,`+outside+`]}}`), "media-1")
	if err != nil {
		t.Fatal(err)
	}
	if !attempts[0].Delivered() {
		t.Errorf("below the prefix: %+v", attempts[0])
	}
	if attempts[1].Status != http.StatusForbidden || attempts[1].Code != "AccessDenied" {
		t.Errorf("outside the prefix: %+v", attempts[1])
	}
	head, err := account.S3("us-east-1").HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("voicebase/media-1/transcript.srt")})
	if err != nil {
		t.Fatal(err)
	}
	if aws.ToString(head.ContentType) != "text/srt" || aws.ToInt64(head.ContentLength) != int64(attempts[0].Size) {
		t.Errorf("arrived as %s with %d bytes", aws.ToString(head.ContentType), aws.ToInt64(head.ContentLength))
	}
}

// TestAccDeliver_wrongOrganization is the confused deputy: VoiceBase works for another customer.
func TestAccDeliver_wrongOrganization(t *testing.T) {
	t.Parallel()
	account := acctest.NewAWS(t)
	account.RequireLocal(t)
	bucket := account.Bucket(t, "us-east-1")
	role := makeRole(t, account, bucket)
	voicebase := standin.New(account.VoiceBaseSTS(), account.HTTPClient().Transport, "another-organization")

	configuration := fmt.Sprintf(`{"publish": {"callbacks": [{"url": "%s/%s", "s3Delivery": true, "role": "%s", "prependFolder": "voicebase"}]}}`,
		account.Endpoint(), bucket, role)
	attempts, err := voicebase.Deliver(t.Context(), []byte(configuration), "media-1")
	if err != nil {
		t.Fatal(err)
	}
	if attempts[0].Status != http.StatusForbidden || attempts[0].Code != "AccessDenied" {
		t.Errorf("got %+v", attempts[0])
	}
}

func makeRole(t *testing.T, account *acctest.AWS, bucket string) string {
	t.Helper()
	name := acctest.RandomName("acc-standin-")
	trust := fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": %q}, "Action": "sts:AssumeRole",
		"Condition": {"StringEquals": {"sts:ExternalId": %q}}}]}`, account.VoiceBaseARN(), account.ExternalID())
	policy := fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::%s/voicebase/*"}]}`, bucket)
	client := account.IAM()
	role, err := client.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The test's own context is over by now.
		ctx := context.Background()
		_, _ = client.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &name, PolicyName: &name})
		_, _ = client.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})
	})
	if _, err := client.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &name, PolicyDocument: &policy}); err != nil {
		t.Fatal(err)
	}
	return aws.ToString(role.Role.Arn)
}
