package bucket

import (
	"fmt"
	"maps"
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
		if name, region, err := parseImportID(id, "aws"); err != nil || name != want[0] || region != want[1] {
			t.Errorf("%s: got %q, %q, %v", id, name, region, err)
		}
	}
	if name, region, err := parseImportID("arn:aws:s3:::acme@eu-west-1", "aws"); err != nil || name != "acme" || region != "eu-west-1" {
		t.Errorf("an ARN: got %q, %q, %v", name, region, err)
	}
	for _, id := range []string{"", "@", "@eu-west-1", "acme@", "acme@eu@west", "arn:aws:s3:::", "arn:aws:iam::111122223333:role/acme"} {
		if _, _, err := parseImportID(id, "aws"); err == nil || !saysForms(err.Error()) {
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

// zonesOfAWS is AWS's table, as its page has it.
const zonesOfAWS = `
af-south-1 Z83WF9RJE8B12
ap-east-1 ZNB98KWMFR0R6
ap-northeast-1 Z2M4EHUR26P7ZW
ap-northeast-2 Z3W03O7B5YMIYP
ap-northeast-3 Z2YQB5RD63NC85
ap-south-1 Z11RGJOFQNVJUP
ap-south-2 Z02976202B4EZMXIPMXF7
ap-southeast-1 Z3O0J2DXBE1FTB
ap-southeast-2 Z1WCIGYICN2BYD
ap-southeast-3 Z01846753K324LI26A3VV
ap-southeast-4 Z0312387243XT5FE14WFO
ap-southeast-5 Z08660063OXLMA7F1FJHU
ca-central-1 Z1QDHH18159H29
ca-west-1 Z03565811Z33SLEZTHOUL
cn-north-1 Z5CN8UMXT92WN
cn-northwest-1 Z282HJ1KT0DH03
eu-central-1 Z21DNDUVLTQW6Q
eu-central-2 Z030506016YDQGETNASS
eu-north-1 Z3BAZG2TWCNX0D
eu-south-1 Z30OZKI7KPW7MI
eu-south-2 Z0081959F7139GRJC19J
eu-west-1 Z1BKCTXD74EZPE
eu-west-2 Z3GKZC51ZF0DB4
eu-west-3 Z3R1K369G5AVDG
il-central-1 Z09640613K4A3MN55U7GU
me-central-1 Z06143092I8HRXZRUZROF
me-south-1 Z1MPMWCPA7YB62
sa-east-1 Z7KQH4QJS55SO
us-east-1 Z3AQBSTGFYJSTF
us-east-2 Z2O1EMRO9K5GLX
us-gov-east-1 Z2NIFVYYW2VKV1
us-gov-west-1 Z31GFT0UA1I2HV
us-west-1 Z2F56UZL2M1ACD
us-west-2 Z3BJ6K6RIION7M
`

// TestHostedZones holds the zones against AWS's table, word for word: nothing else would tell a wrong one.
func TestHostedZones(t *testing.T) {
	want := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(zonesOfAWS)) {
		region, zone, _ := strings.Cut(strings.TrimSpace(line), " ")
		want[region] = zone
	}
	if !maps.Equal(hostedZones, want) {
		t.Errorf("%v", hostedZones)
	}
	for region := range hostedZones {
		if awsname.Partition(region) == "" {
			t.Errorf("%s is no region", region)
		}
	}
}
