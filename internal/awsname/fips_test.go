package awsname_test

import (
	"slices"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

func TestFIPSRegions(t *testing.T) {
	t.Parallel()
	for partition, want := range map[string][]string{
		"aws":        {"ca-central-1", "ca-west-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"},
		"aws-us-gov": {"us-gov-east-1", "us-gov-west-1"},
		"aws-iso":    {"us-iso-east-1", "us-iso-west-1"},
		"aws-iso-b":  {"us-isob-east-1"},
		"aws-cn":     nil,
	} {
		if got := awsname.FIPSRegions(partition); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", partition, got, want)
		}
	}
	for _, partition := range awsname.Partitions() {
		for _, region := range awsname.FIPSRegions(partition) {
			if _, err := awsname.ParseRegion(region); err != nil || !awsname.HasFIPS(region) {
				t.Errorf("%s: %v", region, err)
			}
		}
	}
	for _, region := range []string{"eu-west-1", "mx-central-1", "cn-north-1", ""} {
		if awsname.HasFIPS(region) {
			t.Errorf("%q has FIPS endpoints", region)
		}
	}
}
