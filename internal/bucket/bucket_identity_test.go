package bucket_test

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// The identity is there after create, update and read, and imports the bucket, with its region and without.
func TestAccDeliveryBucket_identity_latest(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	identity := statecheck.ExpectIdentity(address, map[string]knownvalue.Check{
		"bucket": knownvalue.StringExact(name), "region": knownvalue.StringExact("eu-west-1"),
	})
	at := `region = "eu-west-1"`
	byIdentity := func(identity string) string {
		return delivery(a, named(name), at) + "import {\n  to = voicebase_delivery_bucket.other\n  identity = " + identity + "\n}\n" +
			"resource \"voicebase_delivery_bucket\" \"other\" {\n  bucket = \"" + name + "-other\"\n}\n"
	}
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(name), at), ConfigStateChecks: []statecheck.StateCheck{identity}},
			{Config: delivery(a, named(name), at, "versioning = false"), ConfigStateChecks: []statecheck.StateCheck{identity}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			{Config: byIdentity(`{ bucket = "" }`), ExpectError: regexp.MustCompile(`Invalid import ID`)},
			{Config: byIdentity(`{ bucket = "a b" }`), ExpectError: regexp.MustCompile(`Invalid import ID`)},
			{Config: byIdentity(`{ bucket = "acme", region = "US-EAST-1" }`), ExpectError: regexp.MustCompile(`Invalid import ID`)},
			{Config: byIdentity(`{ bucket = "acme", region = "us-east1" }`), ExpectError: regexp.MustCompile(`did\s+you\s+mean\s+"us-east-1"\?`)},
			{Config: byIdentity(`{ bucket = "acme", region = "cn-north-1" }`), ExpectError: regexp.MustCompile(`Invalid import ID(?s:.*)partition`)},
			{Config: byIdentity(`{ bucket = "` + name + `" }`), ExpectError: regexp.MustCompile(`is\s+in\s+region\s+eu-west-1`)},
		},
	})
}

// A state of before there were identities, whose bucket is gone, plans a bucket, and no error of the framework.
func TestAccDeliveryBucket_goneOldState(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-bucket-")
	cli := acctest.NewCLI(t, delivery(a, named(name)))
	cli.Run(t, "apply", "-auto-approve")
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve") })
	acctest.AgeState(t, filepath.Join(cli.Dir, "terraform.tfstate"))
	cli.Run(t, "plan", "-detailed-exitcode")
	cli.Settle(t)
	if _, err := a.S3("us-east-1").DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: &name}); err != nil {
		t.Fatal(err)
	}
	planned := cli.Plan(t)
	if change := planned.Resources[address]; len(planned.Errors) > 0 || change == nil || !change.Actions.Create() {
		t.Errorf("errors %v, change %+v", planned.Errors, change)
	}
	cli.Run(t, "apply", planned.Path)
}
