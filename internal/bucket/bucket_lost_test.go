package bucket_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// lost are the ways in which an answer is lost after the work was done, or before. A connection that hangs is not
// among them: it is given up after a minute, by the clock of a unit test.
func lost(before bool) []acctest.NamedFault {
	_, all := acctest.Faults("s3")
	var faults []acctest.NamedFault
	for _, fault := range all {
		if fault.Wire != acctest.Hang && fault.Before == before {
			fault.Times = 1
			faults = append(faults, fault)
		}
	}
	return faults
}

// buckets counts the account's buckets with a prefix.
func buckets(t *testing.T, a *acctest.AWS, prefix string) int {
	t.Helper()
	found, err := a.S3("us-east-1").ListBuckets(t.Context(), &s3.ListBucketsInput{Prefix: &prefix})
	if err != nil {
		t.Fatal(err)
	}
	return len(found.Buckets)
}

// The answer to the create is lost: the bucket that its repetition meets is the one that it has made.
func TestAccDeliveryBucket_lostAnswer(t *testing.T) {
	t.Parallel()
	for _, fault := range lost(false) {
		for name, lines := range map[string][]string{
			"named":     {named(acctest.RandomName("acc-bucket-")), `region = "eu-west-1"`},
			"generated": {fmt.Sprintf("bucket_prefix = %q", acctest.RandomName("acc-")), `region = "eu-west-1"`},
			"us-east-1": {named(acctest.RandomName("acc-bucket-"))},
		} {
			t.Run(fault.Name+"/"+name, func(t *testing.T) {
				t.Parallel()
				a := acctest.NewAWS(t)
				a.RequireLocal(t)
				a.Fail("CreateBucket", fault.Fault)
				resource.Test(t, resource.TestCase{
					ProtoV6ProviderFactories: acctest.ProviderFactories(),
					CheckDestroy:             a.CheckDestroyed,
					Steps:                    []resource.TestStep{{Config: delivery(a, lines...), ConfigPlanChecks: action(plancheck.ResourceActionCreate)}},
				})
			})
		}
	}
}

// Every answer is lost: a bucket of a generated name is in the state, as tainted, so that no one is left over that
// nobody can find.
func TestAccDeliveryBucket_lostForGood(t *testing.T) {
	t.Parallel()
	for _, fault := range append(lost(false), lost(true)[0]) {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			prefix := acctest.RandomName("acc-")
			config := a.Provider("max_retries = 1") + block(fmt.Sprintf("bucket_prefix = %q", prefix))
			always := fault.Fault
			always.Times = 0
			a.Fail("CreateBucket", always)
			made := 0
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				CheckDestroy:             a.CheckDestroyed,
				Steps: []resource.TestStep{
					{
						Config:      config,
						ExpectError: regexp.MustCompile(`(?s)Unable to create delivery bucket.*AWS\s+may\s+have\s+created\s+it.*in\s+state\s+as\s+tainted`),
					},
					{
						PreConfig: func() {
							a.ClearFaults()
							made = buckets(t, a, prefix)
						},
						Config: config,
					},
				},
			})
			if want := map[bool]int{true: 0, false: 1}[fault.Before]; made != want {
				t.Errorf("the create that failed made %d buckets, want %d", made, want)
			}
			if left := buckets(t, a, prefix); left != 0 {
				t.Errorf("%d buckets are left over", left)
			}
		})
	}
}

// A bucket that was there before is never taken over, also when an answer is lost on the way to it.
func TestAccDeliveryBucket_existsAndLost(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := a.Bucket(t, "eu-west-1")
	exists := regexp.MustCompile(`(?s)already\s+exists.*terraform\s+import`)
	config := delivery(a, named(name), `region = "eu-west-1"`)
	made := time.Now()
	steps := []resource.TestStep{{PreConfig: func() { acctest.WaitUntil(made.Add(3 * time.Second)) }, Config: config, ExpectError: exists}}
	for _, fault := range lost(true) {
		steps = append(steps, resource.TestStep{PreConfig: func() { a.Fail("CreateBucket", fault.Fault) }, Config: config, ExpectError: exists})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.ProviderFactories(), Steps: steps})
	if _, err := a.S3("eu-west-1").HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &name}); err != nil {
		t.Errorf("the bucket that was there is gone: %v", err)
	}
	if calls := strings.Join(a.Actions(), " "); strings.Contains(calls, "s3.Put") {
		t.Errorf("the bucket that was there was changed: %s", calls)
	}
}
