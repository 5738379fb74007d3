package bucket_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// settingReads are the reads of a refresh: a bucket that is gone shows in any of them, so none asks for that.
var settingReads = []string{
	"s3.GetBucketEncryption", "s3.GetBucketLifecycleConfiguration", "s3.GetBucketOwnershipControls",
	"s3.GetBucketPolicy", "s3.GetBucketTagging", "s3.GetBucketVersioning", "s3.GetPublicAccessBlock",
}

// The calls of each command, to the last one: what the defaults with tags cost.
func TestAccDeliveryBucket_calls(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	cli := acctest.NewCLI(t, delivery(a, named(name), `tags = { Team = "speech" }`))

	cli.Run(t, "apply", "-auto-approve", "-no-color")
	expectCalls(t, a, []string{
		"s3.HeadBucket", "s3.CreateBucket", "s3.PutPublicAccessBlock", "s3.PutBucketEncryption", "s3.PutBucketVersioning",
		"s3.PutBucketLifecycleConfiguration", "s3.PutBucketPolicy",
	})

	together := a.Together("s3", len(settingReads))
	cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
	together(t)
	expectReads(t, a)

	together = a.Together("s3", len(settingReads))
	if _, errs := a.Server(t, nil).Read(t, "voicebase_delivery_bucket", map[string]any{"bucket": name}); errs != "" {
		t.Error(errs)
	}
	together(t)
	expectReads(t, a)

	cli.Run(t, "destroy", "-auto-approve", "-no-color")
	calls := a.Actions()
	if last := calls[len(calls)-1]; last != "s3.DeleteBucket" || len(calls) != len(settingReads)+1 {
		t.Errorf("destroy made %v", calls)
	}
}

// Outside us-east-1 the create itself tells of a bucket that is there already.
func TestAccDeliveryBucket_callsElsewhere(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	cli := acctest.NewCLI(t, delivery(a, named(acctest.RandomName("acc-bucket-")), `region = "eu-west-1"`))
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	expectCalls(t, a, []string{
		"s3.CreateBucket", "s3.PutPublicAccessBlock", "s3.PutBucketEncryption", "s3.PutBucketVersioning",
		"s3.PutBucketLifecycleConfiguration", "s3.PutBucketPolicy",
	})
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

// What is somebody else's costs no call.
func TestAccDeliveryBucket_callsUnmanaged(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	cli := acctest.NewCLI(t, delivery(a, named(acctest.RandomName("acc-bucket-")), "manage_lifecycle = false", "manage_policy = false"))
	cli.Run(t, "apply", "-auto-approve", "-no-color")
	expectCalls(t, a, []string{"s3.HeadBucket", "s3.CreateBucket", "s3.PutPublicAccessBlock", "s3.PutBucketEncryption", "s3.PutBucketVersioning"})
	cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
	got := a.Actions()
	slices.Sort(got)
	if want := slices.DeleteFunc(slices.Clone(settingReads), func(action string) bool {
		return action == "s3.GetBucketLifecycleConfiguration" || action == "s3.GetBucketPolicy"
	}); !slices.Equal(got, want) {
		t.Errorf("a plan without changes made %v, want %v", got, want)
	}
	cli.Run(t, "destroy", "-auto-approve", "-no-color")
}

func expectCalls(t *testing.T, a *acctest.AWS, want []string) {
	t.Helper()
	if got := a.Actions(); !slices.Equal(got, want) {
		t.Errorf("made\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	a.ResetCalls()
}

func expectReads(t *testing.T, a *acctest.AWS) {
	t.Helper()
	got := a.Actions()
	slices.Sort(got)
	if !slices.Equal(got, settingReads) {
		t.Errorf("a plan without changes made %v", got)
	}
	a.ResetCalls()
}
