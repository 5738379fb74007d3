package bucket_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// Where the account is known, a bucket of ours whose name a stranger has registered since is neither read nor
// configured, although its policy lets us.
func TestAccDeliveryBucket_strangers(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	known := a.Provider(fmt.Sprintf("allowed_account_ids = [%q]", a.CustomerAccountID()))
	refused := regexp.MustCompile(`(?s)if\s+account\s+` + a.CustomerAccountID() + `\s+doesn't\s+own\s+the\s+bucket.*terraform\s+state\s+rm`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		Steps: []resource.TestStep{
			{Config: known + block(named(name)), ConfigPlanChecks: unchanged()},
			{
				PreConfig:   func() { handOver(t, a, name) },
				Config:      known + block(named(name), "versioning = false"),
				ExpectError: refused,
			},
			{Config: known + block(named(name)), Destroy: true, ExpectError: refused},
			{
				PreConfig: func() { handBack(t, a, name) },
				Config:    known + block(named(name)),
			},
		},
	})
	if versioning, err := a.OtherS3("us-east-1").GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: &name}); err == nil {
		t.Errorf("the stranger's bucket is still there: %+v", versioning)
	}
}

// Each verb asks for itself: no read comes before a destroy with -refresh=false.
func TestAccDeliveryBucket_strangersEachVerb(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	object := a.Server(t, map[string]any{"allowed_account_ids": []any{a.CustomerAccountID()}}).NewObject(t, "voicebase_delivery_bucket")
	config := map[string]any{"bucket": name}
	if errs := object.Apply(t, config, object.Plan(t, config)); errs != "" {
		t.Fatal(errs)
	}
	handOver(t, a, name)
	_, read := object.Read(t)
	changed := map[string]any{"bucket": name, "versioning": false}
	update := object.Apply(t, changed, object.Plan(t, changed))
	for verb, errs := range map[string]string{"read": read, "update": update, "delete": object.Delete(t)} {
		if !strings.Contains(errs, "if account "+a.CustomerAccountID()+" doesn't own the bucket") {
			t.Errorf("%s: %q", verb, errs)
		}
	}
	handBack(t, a, name)
}

// handOver deletes our bucket and makes one of the same name in the other customer's account, which lets us in.
func handOver(t *testing.T, a *acctest.AWS, name string) {
	t.Helper()
	if _, err := a.S3("us-east-1").DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: &name}); err != nil {
		t.Fatal(err)
	}
	other := a.OtherS3("us-east-1")
	if _, err := other.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name}); err != nil {
		t.Fatal(err)
	}
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":"s3:*","Resource":["arn:aws:s3:::%[2]s","arn:aws:s3:::%[2]s/*"]}]}`,
		a.CustomerAccountID(), name)
	if _, err := other.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &name, Policy: &policy}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.S3("us-east-1").GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: &name}); err != nil {
		t.Fatalf("the test's stranger lets nobody in: %v", err)
	}
}

func handBack(t *testing.T, a *acctest.AWS, name string) {
	t.Helper()
	if _, err := a.OtherS3("us-east-1").DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: &name}); err != nil {
		t.Fatal(err)
	}
}
