package presignedurl_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// The region of a URL is held against AWS's list in the plan, when the provider block is known.
func TestRegion(t *testing.T) {
	t.Parallel()
	const object = "voicebase_presigned_callback_url"
	for region, want := range map[string]string{
		"us-east1": `did you mean "us-east-1"?`, "eu-west-99": "skip_region_validation", "us-gov-west-1": "in partition aws-us-gov", "eu-west-1": "",
	} {
		s := acctest.NewServer(t, map[string]any{"access_key": "AKIATEST", "secret_key": "secret"})
		config := map[string]any{"bucket": "acme-results", "key": "calls/1.json", "type": "analytics", "region": region}
		_, read := s.Read(t, object, config)
		_, planned := s.Plan(t, object, config)
		for kind, text := range map[string]string{"data source": read, "resource": planned} {
			if !strings.Contains(text, want) || (want == "") != (text == "") {
				t.Errorf("%s, %s: %q", kind, region, text)
			}
		}
	}
}
