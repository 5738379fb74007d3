package bucket

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

func TestParseImportID(t *testing.T) {
	for id, want := range map[string][2]string{
		"acme": {"acme", ""}, "acme@eu-west-1": {"acme", "eu-west-1"}, "acme.example@us-east-1": {"acme.example", "us-east-1"},
	} {
		if name, region, err := parseImportID(id); err != nil || name != want[0] || region != want[1] {
			t.Errorf("%s: got %q, %q, %v", id, name, region, err)
		}
	}
	if name, region, err := parseImportID("arn:aws:s3:::acme@eu-west-1"); err != nil || name != "acme" || region != "eu-west-1" {
		t.Errorf("an ARN: got %q, %q, %v", name, region, err)
	}
	for _, id := range []string{"", "@", "@eu-west-1", "acme@", "acme@eu@west", "arn:aws:s3:::", "arn:aws:iam::111122223333:role/acme"} {
		if _, _, err := parseImportID(id); err == nil || !saysForms(err.Error()) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// saysForms reports a message with each form that an import takes.
func saysForms(message string) bool {
	return strings.Contains(message, "the bucket's name") && strings.Contains(message, "<bucket>@<region>") && strings.Contains(message, "or its ARN")
}

func TestCheckImport(t *testing.T) {
	for name, test := range map[string]struct {
		found foundModel
		fails bool
	}{
		"right":            {foundModel{Bucket: types.StringValue("acme"), Region: types.StringValue("eu-west-1")}, false},
		"without a region": {foundModel{Bucket: types.StringValue("acme")}, false},
		"an empty bucket":  {foundModel{Bucket: types.StringValue("")}, true},
		"no bucket's name": {foundModel{Bucket: types.StringValue("a b")}, true},
		"an empty region":  {foundModel{Bucket: types.StringValue("acme"), Region: types.StringValue("")}, true},
		"no region's name": {foundModel{Bucket: types.StringValue("acme"), Region: types.StringValue("EU")}, true},
	} {
		diags := test.found.checkImport()
		if diags.HasError() != test.fails || test.fails && !saysForms(diags[0].Detail()) {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

// TestCreateError_importID says how to import a bucket that is there already, with its region unless it is the provider's.
func TestCreateError_importID(t *testing.T) {
	r := bucketResource{framework.Resource{Data: &framework.ProviderData{Clients: awsclient.NewClients(awsclient.Settings{Region: "us-east-1"}, time.Now)}}}
	for region, id := range map[string]string{"us-east-1": "acme", "eu-west-1": "acme@eu-west-1"} {
		var plan bucketModel
		plan.Bucket, plan.Region = types.StringValue("acme"), types.StringValue(region)
		got := r.createError(plan, fmt.Errorf("create: %w", s3bucket.ErrExists)).Detail()
		if !strings.Contains(got, id) || strings.Contains(got, "acme@") != strings.Contains(id, "@") {
			t.Errorf("%s: %s", region, got)
		}
	}
}

// A zone that is in the table twice would be a slip of the pen.
func TestHostedZonesAreDistinct(t *testing.T) {
	seen := map[string]string{}
	for region, zone := range hostedZones {
		if other, ok := seen[zone]; ok {
			t.Errorf("%s and %s both have %s", region, other, zone)
		}
		seen[zone] = region
		if awsname.Partition(region) == "" {
			t.Errorf("%s is no region", region)
		}
	}
}
