package bucket_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// stale has, for each read of a setting, the answer of a part of S3 that has not seen the write yet.
var stale = map[string]acctest.Fault{
	"GetPublicAccessBlock":               {Status: http.StatusNotFound, Code: "NoSuchPublicAccessBlockConfiguration"},
	"GetBucketOwnershipControls":         {Status: http.StatusNotFound, Code: "OwnershipControlsNotFoundError"},
	"GetBucketEncryption":                {Status: http.StatusNotFound, Code: "ServerSideEncryptionConfigurationNotFoundError"},
	"GetBucketVersioning":                {Status: http.StatusOK}, // A bucket whose versioning was never on says nothing.
	"GetBucketLifecycleConfiguration":    {Status: http.StatusNotFound, Code: "NoSuchLifecycleConfiguration"},
	"GetBucketPolicy":                    {Status: http.StatusNotFound, Code: "NoSuchBucketPolicy"},
	"GetBucketTagging":                   {Status: http.StatusNotFound, Code: "NoSuchTagSet"},
	"GetBucketLogging":                   {Status: http.StatusOK},
	"GetBucketNotificationConfiguration": {Status: http.StatusOK},
}

// What S3 does not show yet is no drift: each setting, and the bucket itself in each of the reads.
func TestAccDeliveryBucket_delays(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	config := delivery(a, named(acctest.RandomName("acc-bucket-")), `tags = { Team = "speech" }`, "eventbridge_notifications = true",
		`access_logging = { bucket = "`+a.Bucket(t, "us-east-1")+`" }`)
	steps := []resource.TestStep{{Config: config}}
	cases := 0
	late := func(call string, fault acctest.Fault) {
		cases++
		fault.Times, fault.Before = 2, true
		steps = append(steps, resource.TestStep{
			PreConfig: func() {
				t.Log(call, fault.Code)
				a.Fail(call, fault)
			},
			Config:   config,
			PlanOnly: true,
		})
	}
	for call, fault := range stale {
		late(call, fault)
		late(call, acctest.Fault{Status: http.StatusNotFound, Code: "NoSuchBucket"})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.ProviderFactories(), CheckDestroy: a.CheckDestroyed, Steps: steps})
	t.Logf("%d delays", cases)
	if puts := strings.Count(strings.Join(a.Actions(), " "), "s3.Put"); puts != 7 {
		t.Errorf("%d settings were written", puts)
	}
}

// A bucket that was deleted just now, and that HeadBucket still shows, does not stop its replacement.
func TestAccDeliveryBucket_replacedAtOnce(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	cli := acctest.NewCLI(t, delivery(a, named(name)))
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	a.Fail("HeadBucket", acctest.Fault{Status: http.StatusOK, Times: 2, Before: true})
	out := cli.Run(t, "apply", "-auto-approve", "-no-color", "-replace="+address)
	if !strings.Contains(out, "1 added, 0 changed, 1 destroyed") {
		t.Errorf("it was not replaced:\n%s", out)
	}
	cli.Run(t, "plan", "-detailed-exitcode", "-no-color") // Nothing of the way is left on it.

	cli.Run(t, "destroy", "-auto-approve", "-no-color")
	a.Fail("HeadBucket", acctest.Fault{Status: http.StatusOK, Times: 2, Before: true})
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	a.ClearFaults()
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

// An S3 that sees each change late, all the way: make, change, replace and destroy, without a false drift.
func TestAccDeliveryBucket_lag(t *testing.T) {
	t.Parallel()
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			a.Lag(800 * time.Millisecond)
			in := fmt.Sprintf("region = %q", region)
			name, log := acctest.RandomName("acc-bucket-"), acctest.RandomName("acc-bucket-")
			a.BucketNamed(t, region, log)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				CheckDestroy:             a.CheckDestroyed,
				Steps: []resource.TestStep{
					{Config: delivery(a, named(name), in), ConfigPlanChecks: action(plancheck.ResourceActionCreate)},
					{
						Config: delivery(a, named(name), in, `tags = { Team = "speech" }`, "versioning = false", "eventbridge_notifications = true",
							fmt.Sprintf("access_logging = { bucket = %q }", log), "retention = { expire_after_days = 30 }", `presigned_url_max_age = "24h"`),
						ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
					},
					{Config: delivery(a, named(name), in), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
					{Config: delivery(a, named(name), in), Taint: []string{address}, ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate)},
				},
			})
		})
	}
}
