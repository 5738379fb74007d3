package awsname_test

import (
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

func TestGenerateName(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 24, 9, 8, 7, 123456789, time.FixedZone("CET", 3600))
	first, second := awsname.GenerateName("acme-", now), awsname.GenerateName("acme-", now)
	if !strings.HasPrefix(first, "acme-202611240808071234") || first >= second {
		t.Errorf("generated %s, then %s", first, second)
	}
	if got := len(first) - len("acme-"); got != awsname.GeneratedSuffix {
		t.Errorf("%d characters are added to a prefix, the limits of prefixes count with %d", got, awsname.GeneratedSuffix)
	}
}

// The longest prefixes are completed to names that AWS takes.
func TestGenerateNameFits(t *testing.T) {
	t.Parallel()
	bucket := awsname.GenerateName(strings.Repeat("b", awsname.MaxBucketPrefix), time.Now())
	if _, err := awsname.ParseNewBucketName(bucket); err != nil {
		t.Error(err)
	}
	role := awsname.GenerateName(strings.Repeat("R", awsname.MaxRoleNamePrefix), time.Now())
	if _, err := awsname.ParseRoleName(role); err != nil {
		t.Error(err)
	}
}

func TestGeneratedPrefix(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 17, 30, 5, 0, time.UTC)
	for _, prefix := range []string{"a", "voicebase-", "acc-20", "2026", strings.Repeat("20", 19)} {
		if got := awsname.GeneratedPrefix(awsname.GenerateName(prefix, now)); got != prefix {
			t.Errorf("GeneratedPrefix = %q, want %q", got, prefix)
		}
	}
	for _, name := range []string{
		"acme-voicebase-results", "s3-delivery-role", "a-2026", "202611241730050000abcdef01", "a-202611241730050000abcdefXX",
		"a-192611241730050000abcdef01", "a-202611241730050000abcdef01-2", "a-20261124173005000abcdef01", "a-202611241730050000ABCDEF01",
	} {
		if got := awsname.GeneratedPrefix(name); got != "" {
			t.Errorf("GeneratedPrefix(%q) = %q", name, got)
		}
	}
}
