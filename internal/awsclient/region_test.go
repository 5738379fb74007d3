package awsclient_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

func TestPartition(t *testing.T) {
	for region, want := range map[string]struct{ partition, suffix string }{
		"us-east-1":      {"aws", "amazonaws.com"},
		"eu-central-2":   {"aws", "amazonaws.com"},
		"cn-north-1":     {"aws-cn", "amazonaws.com.cn"},
		"us-gov-west-1":  {"aws-us-gov", "amazonaws.com"},
		"us-iso-east-1":  {"aws-iso", "c2s.ic.gov"},
		"eusc-de-east-1": {"aws-eusc", "amazonaws.eu"},
		"eu-central-99":  {"aws", "amazonaws.com"}, // Not yet there, by its name one of aws.
		"local":          {"", "amazonaws.com"},
		"":               {"", "amazonaws.com"},
	} {
		if got := awsclient.Partition(region); got != want.partition {
			t.Errorf("Partition(%q) = %q, want %q", region, got, want.partition)
		}
		if got := awsclient.DNSSuffix(region); got != want.suffix {
			t.Errorf("DNSSuffix(%q) = %q, want %q", region, got, want.suffix)
		}
	}
}

func TestParseRegion(t *testing.T) {
	for region, ok := range map[string]bool{"eu-central-1": true, "eu-central-99": false, "us-east1": false, "local": false, "": false} {
		if _, err := awsclient.ParseRegion(region); (err == nil) != ok {
			t.Errorf("ParseRegion(%q): %v", region, err)
		}
	}
}
