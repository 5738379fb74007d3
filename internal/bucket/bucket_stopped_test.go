package bucket_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

var throttled = acctest.Fault{Status: 503, Code: "SlowDown", Message: "Please reduce your request rate.", Before: true}

const shortCreate = "timeouts {\n    create = \"1500ms\"\n  }"

// A create whose time is over before there is a bucket leaves nothing; one that has made it leaves it tainted, to be
// replaced. Both say so, and what AWS has answered.
func TestAccDeliveryBucket_timeout(t *testing.T) {
	t.Parallel()
	for call, test := range map[string]struct {
		summary, goOn string
		then          plancheck.ResourceActionType
	}{
		"CreateBucket":        {`Unable to create delivery bucket`, `Nothing\s+has\s+been\s+created`, plancheck.ResourceActionCreate},
		"PutBucketVersioning": {`Unable to set up delivery bucket`, `in\s+state\s+as\s+tainted:\s+the\s+next\s+apply\s+replaces\s+it`, plancheck.ResourceActionReplace},
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			// A refusal of a kind that cannot have been carried out, so that it is certain that nothing was made.
			busy := acctest.Fault{Status: 409, Code: "OperationAborted", Message: "A conflicting operation is in progress.", Before: true}
			a.Fail(call, busy)
			name := acctest.RandomName("acc-bucket-")
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				CheckDestroy:             a.CheckDestroyed,
				Steps: []resource.TestStep{
					{
						Config:      delivery(a, named(name), shortCreate),
						ExpectError: regexp.MustCompile(`(?s)` + test.summary + `.*timed\s+out\s+before\s+the\s+next\s+attempt.*` + test.goOn + `.*AWS error code: OperationAborted`),
					},
					{
						PreConfig:        a.ClearFaults,
						Config:           delivery(a, named(name)),
						ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, test.then)}},
					},
				},
			})
		})
	}
}

// Ctrl-C while AWS throttles: no further attempt, the bucket is known, and the next apply replaces it.
func TestAccDeliveryBucket_interruptedThrottled(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	cli := acctest.NewCLI(t, delivery(a, named(acctest.RandomName("acc-bucket-"))))
	a.Fail("PutBucketEncryption", throttled)
	cli.Interrupt(t, a, "s3.PutBucketEncryption", "apply", "-auto-approve", "-no-color").Expect(t, a, "s3.PutBucketEncryption",
		"Unable to set up delivery bucket", "interrupted before the next attempt. The last attempt failed", "SlowDown",
		"Terraform was interrupted. It exists and is in state as tainted: the next apply replaces it.")
	a.ClearFaults()
	if out := cli.Run(t, "apply", "-auto-approve", "-no-color"); !strings.Contains(out, "1 added, 0 changed, 1 destroyed") {
		t.Errorf("the next apply is not a replacement:\n%s", out)
	}
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

// Ctrl-C while the answers are on their way: what is under way is finished, nothing new is begun, at each stage.
func TestAccDeliveryBucket_interruptedAnswers(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	const variables = "variable \"versioning\" {\n  default = true\n}\n"
	cli := acctest.NewCLI(t, delivery(a, named(acctest.RandomName("acc-bucket-")), "versioning = var.versioning", `retention = { expire_after_days = var.versioning ? 5 : 6 }`)+variables)
	hold := func(call string, args ...string) acctest.Interrupted {
		a.ResetCalls()
		a.HoldAnswers(1500 * time.Millisecond)
		defer a.HoldAnswers(0)
		return cli.Interrupt(t, a, call, append(args, "-auto-approve", "-no-color")...)
	}
	hold("s3.CreateBucket", "apply").Expect(t, a, "s3.CreateBucket", "Unable to set up delivery bucket", "interrupted before the call was made", "tainted")
	cli.Run(t, "apply", "-auto-approve", "-no-color")

	hold("s3.PutBucketVersioning", "apply", "-var", "versioning=false", "-refresh=false").Expect(t, a, "s3.PutBucketVersioning",
		"Unable to update delivery bucket", "Terraform was interrupted. The changes made so far are kept. The next apply makes the remaining ones.")
	cli.Run(t, "apply", "-auto-approve", "-no-color", "-var", "versioning=false")
	cli.Run(t, "plan", "-detailed-exitcode", "-no-color", "-var", "versioning=false")

	a.Fail("DeleteBucket", throttled)
	hold("s3.DeleteBucket", "destroy", "-refresh=false").Expect(t, a, "s3.DeleteBucket",
		"Unable to delete delivery bucket", "Terraform was interrupted. What has been deleted so far is gone. The next destroy deletes the rest.")
	a.ClearFaults()
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}
