package bucket_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// listBlock is a list of buckets with arguments of its configuration and of the block.
func listBlock(config string, arguments ...string) string {
	return fmt.Sprintf("list \"voicebase_delivery_bucket\" \"all\" {\n  provider = voicebase\n  %s\n  config {\n    %s\n  }\n}\n", strings.Join(arguments, "\n  "), config)
}

// The account's buckets are listed by region and prefix, up to a limit, each importable, and read where that is asked
// for; one that cannot be read is a warning beside the others.
func TestAccDeliveryBucket_list_latest(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	prefix := acctest.RandomName("acc-list-") + "-"
	for _, name := range []string{"a", "b", "c"} {
		a.BucketNamed(t, "us-east-1", prefix+name)
	}
	a.BucketNamed(t, "eu-west-1", prefix+"elsewhere")
	cli := acctest.NewCLI(t, a.Provider())
	byPrefix := fmt.Sprintf("prefix = %q", prefix)

	got := cli.Query(t, listBlock(byPrefix))
	if len(got.Found) != 3 || len(got.Errors)+len(got.Warnings) > 0 || got.Found[prefix+"a"].Identity["region"] != "us-east-1" || got.Found[prefix+"a"].Resource != nil {
		t.Errorf("by prefix: %+v", got)
	}
	if got := cli.Query(t, listBlock(byPrefix+"\n    region = \"eu-west-1\"")); len(got.Found) != 1 || got.Found[prefix+"elsewhere"].Identity["region"] != "eu-west-1" {
		t.Errorf("by region: %+v", got)
	}
	if got := cli.Query(t, listBlock(byPrefix, "limit = 2")); len(got.Found) != 2 {
		t.Errorf("with a limit: %+v", got)
	}
	if got := cli.Query(t, listBlock(`region = "us-east1"`)); len(got.Errors) == 0 {
		t.Errorf("a region that does not exist: %+v", got)
	}
	got = cli.Query(t, listBlock(byPrefix, "include_resource = true"))
	if resource := got.Found[prefix+"b"].Resource; len(got.Found) != 3 || resource["arn"] != "arn:aws:s3:::"+prefix+"b" || resource["versioning"] != false {
		t.Errorf("with the resource: %+v", got)
	}

	a.Fail("GetBucketVersioning", acctest.Fault{Status: 403, Code: "AccessDenied", Message: "not allowed", Before: true, Times: 1})
	got = cli.Query(t, listBlock(byPrefix, "include_resource = true"))
	if len(got.Found) != 2 || len(got.Errors) > 0 || !strings.Contains(strings.Join(got.Warnings, "\n"), "Unable to read delivery bucket") {
		t.Errorf("with one that cannot be read: %+v", got)
	}
	a.Fail("ListBuckets", acctest.Fault{Status: 403, Code: "AccessDenied", Message: "not allowed", Before: true, Times: 1})
	if got := cli.Query(t, listBlock(byPrefix)); !strings.Contains(strings.Join(got.Errors, "\n"), "Unable to list delivery bucket") {
		t.Errorf("refused: %+v", got)
	}
}

// What a query generates imports the buckets, and plans no more than what they lack.
func TestAccDeliveryBucket_listGenerated_latest(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	prefix := acctest.RandomName("acc-list-") + "-"
	for _, name := range []string{"a", "b"} {
		a.BucketNamed(t, "us-east-1", prefix+name)
	}
	cli := acctest.NewCLI(t, a.Provider())
	cli.Query(t, listBlock(fmt.Sprintf("prefix = %q", prefix), "include_resource = true"), "-generate-config-out=generated.tf")
	if _, err := os.Stat(filepath.Join(cli.Dir, "generated.tf")); err != nil {
		t.Fatal(err)
	}
	planned := cli.Plan(t)
	if len(planned.Errors) > 0 || len(planned.Resources) != 2 {
		t.Fatalf("errors %v, resources %v", planned.Errors, planned.Resources)
	}
	for address, change := range planned.Resources {
		if !change.Actions.Update() || change.Importing == nil {
			t.Errorf("%s: %+v", address, change)
		}
	}
}
