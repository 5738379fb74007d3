package bucket_test

import (
	"net/http"
	"strings"
	"testing"

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
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		})
	}
	for call, fault := range stale {
		late(call, fault)
		late(call, acctest.Fault{Status: http.StatusNotFound, Code: "NoSuchBucket"})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.ProviderFactories(), CheckDestroy: a.CheckDestroyed, Steps: steps})
	t.Logf("%d delays", cases)
	if puts := strings.Count(strings.Join(a.Actions(), " "), "s3.Put"); puts != 8 {
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
