package awsname_test

import (
	"cmp"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/rules"
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
		"cn-south-99":    {"aws-cn", "amazonaws.com.cn"},
		"local":          {"", "amazonaws.com"},
		"":               {"", "amazonaws.com"},
	} {
		if got := awsname.Partition(region); got != want.partition {
			t.Errorf("Partition(%q) = %q, want %q", region, got, want.partition)
		}
		if got := awsname.DNSSuffix(region); got != want.suffix {
			t.Errorf("DNSSuffix(%q) = %q, want %q", region, got, want.suffix)
		}
		if got := awsname.S3Partition(region); got != cmp.Or(want.partition, "aws") {
			t.Errorf("S3Partition(%q) = %q", region, got)
		}
	}
}

func TestParseRegion(t *testing.T) {
	t.Parallel()
	rules.Assert(t, awsname.ParseRegion, rules.Table{
		{"us-east-1", ""},
		{"eu-central-1", ""},
		{"cn-northwest-1", ""},
		{"us-gov-west-1", ""},
		{"eusc-de-east-1", ""},
		{"us-east1", `did you mean "us-east-1"?`},
		{"US-EAST-1", `did you mean "us-east-1"?`},
		{"us_east_1", `did you mean "us-east-1"?`},
		{"eu west 1", `did you mean "eu-west-1"?`},
		{"eu_west_1", `did you mean "eu-west-1"?`},
		{"eu-central-99", "is not an AWS region"},
		{"local", "is not an AWS region"},
		{"aws-global", "S3 would redirect"},
		{"", "the region is empty"},
	})
}

// aws and aws-us-gov share a domain, and a region that is new to this provider is none of a known other domain.
func TestPartitionOfHost(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		suffix, region, partition string
		ok                        bool
	}{
		{"amazonaws.com", "us-east-1", "aws", true},
		{"amazonaws.com", "us-gov-west-1", "aws-us-gov", true},
		{"amazonaws.com", "", "aws", true},
		{"amazonaws.com", "zz-middle-1", "aws", true},
		{"amazonaws.com.cn", "", "aws-cn", true},
		{"amazonaws.com", "cn-north-1", "aws-cn", false},
		{"amazonaws.com.cn", "eu-west-1", "aws", false},
		{"example.com", "", "", false},
	} {
		partition, ok := awsname.PartitionOfHost(test.suffix, test.region)
		if partition != test.partition || ok != test.ok {
			t.Errorf("PartitionOfHost(%q, %q) = %q, %v", test.suffix, test.region, partition, ok)
		}
	}
	if got := len(awsname.DNSSuffixes()); got != 7 {
		t.Errorf("%d domains: %v", got, awsname.DNSSuffixes())
	}
}
