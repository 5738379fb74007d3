package check_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// A region is held against AWS's list before anything is called.
func TestRegion(t *testing.T) {
	t.Parallel()
	for region, want := range map[string]string{
		"us-east1": `did you mean "us-east-1"?`, "eu-west-99": "skip_region_validation", "cn-north-1": "in partition aws-cn", "eu-west-1": "no FIPS endpoint",
	} {
		s := acctest.NewServer(t, map[string]any{"region": "us-east-1", "use_fips_endpoint": true, "access_key": "AKIATEST", "secret_key": "secret"})
		config := map[string]any{"bucket": "acme-results", "region": region}
		if _, text := s.Read(t, "voicebase_delivery_check", config); !strings.Contains(text, want) {
			t.Errorf("check, %s: %q", region, text)
		}
		config["type"] = "analytics"
		if text := strings.Join(s.Invoke(t.Context(), t, "voicebase_test_delivery", config).Errors, "\n"); !strings.Contains(text, want) {
			t.Errorf("test delivery, %s: %q", region, text)
		}
	}
}

// A role or a principal of another partition than the bucket's is an error, not a finding.
func TestPartition(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"role_arn", "voicebase_arn"} {
		arns := map[string]string{"role_arn": "arn:aws:iam::111122223333:role/delivery", "voicebase_arn": "arn:aws:iam::444455556666:role/voicebase"}
		arns[wrong] = strings.Replace(arns[wrong], "arn:aws:", "arn:aws-cn:", 1)
		config := map[string]any{"bucket": "acme-results", "role_arn": arns["role_arn"], "voicebase_arn": arns["voicebase_arn"]}
		s := acctest.NewServer(t, map[string]any{"access_key": "AKIATEST", "secret_key": "secret"})
		if _, text := s.Read(t, "voicebase_delivery_check", config); !strings.Contains(text, wrong) || strings.Count(text, "Wrong partition") != 1 {
			t.Errorf("%s: %q", wrong, text)
		}
	}
}
