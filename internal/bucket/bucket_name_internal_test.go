package bucket

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

func TestParseImportID(t *testing.T) {
	for id, want := range map[string][2]string{
		"acme": {"acme", ""}, "acme@eu-west-1": {"acme", "eu-west-1"}, "acme.example@us-east-1": {"acme.example", "us-east-1"},
	} {
		if name, region, err := parseImportID(id); err != nil || name != want[0] || region != want[1] {
			t.Errorf("%s: got %q, %q, %v", id, name, region, err)
		}
	}
	for _, id := range []string{"", "@", "@eu-west-1", "acme@", "acme@eu@west"} {
		if _, _, err := parseImportID(id); err == nil {
			t.Errorf("%q: no error", id)
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
