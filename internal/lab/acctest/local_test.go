package acctest_test

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// throughProxy is a client as the provider is: it sees AWS with the test's lag.
func throughProxy(a *acctest.AWS) *s3.Client {
	return s3.New(a.S3("us-east-1").Options(), func(o *s3.Options) {
		o.BaseEndpoint, o.UsePathStyle, o.RetryMaxAttempts = aws.String(a.Endpoint()), true, 1
	})
}

func TestAccLag(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	bucket := a.Bucket(t, "us-east-1")
	versioning := func(c *s3.Client) string {
		_, err := c.GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: &bucket})
		var api smithy.APIError
		if errors.As(err, &api) {
			return api.ErrorCode()
		}
		if err != nil {
			t.Fatal(err)
		}
		return "seen"
	}
	for _, step := range []struct {
		set  func()
		want string
	}{
		{func() { a.Lag(time.Minute, "lifecycle", "role") }, "seen"},
		{func() { a.Lag(time.Minute, "bucket") }, "NoSuchBucket"},
		{a.EndLag, "seen"},
		{func() { a.Lag(time.Minute) }, "NoSuchBucket"},
	} {
		step.set()
		if got := versioning(throughProxy(a)); got != step.want {
			t.Errorf("through the proxy: %s, want %s", got, step.want)
		}
		if got := versioning(a.S3("us-east-1")); got != "seen" {
			t.Errorf("past the proxy: %s", got)
		}
	}
}

func TestAccOtherCustomer(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	bucket := a.Bucket(t, "us-east-1")
	for account, c := range map[string]*s3.Client{a.CustomerAccountID(): a.S3("us-east-1"), a.OtherAccountID(): a.OtherS3("us-east-1")} {
		out, err := c.ListBuckets(t.Context(), &s3.ListBucketsInput{Prefix: &bucket})
		if err != nil {
			t.Fatal(err)
		}
		if got := aws.ToString(out.Owner.ID); got != account || (len(out.Buckets) == 1) != (account == a.CustomerAccountID()) {
			t.Errorf("account %s lists %d buckets of %s", account, len(out.Buckets), got)
		}
	}
	me, err := a.OtherSTS().GetCallerIdentity(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if aws.ToString(me.Account) != a.OtherAccountID() {
		t.Errorf("the other customer is %s", aws.ToString(me.Account))
	}
}
