package bucket

import (
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

func TestGenerateName(t *testing.T) {
	now := time.Date(2026, time.November, 24, 9, 8, 7, 123456789, time.FixedZone("CET", 3600))
	first, second := generateName("acme-", now), generateName("acme-", now)
	const begin = "acme-202611240808071234"
	if first[:len(begin)] != begin || first >= second {
		t.Errorf("generated %s, then %s", first, second)
	}
	for _, prefix := range []string{"acme-", defaultPrefix, "a"} {
		name := generateName(prefix, now)
		if got := prefixOf(name); got != prefix {
			t.Errorf("the prefix of %s is %q, want %q", name, got, prefix)
		}
		if got := len(name) - len(prefix); got != 63-awsname.MaxBucketPrefix {
			t.Errorf("%d characters are added to a prefix, the limit of prefixes counts with %d", got, 63-awsname.MaxBucketPrefix)
		}
	}
	if got := prefixOf("acme-voicebase-results"); got != "" {
		t.Errorf("a given name has the prefix %q", got)
	}
}

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
		if awsclient.Partition(region) == "" {
			t.Errorf("%s is no region", region)
		}
	}
}
