package assumerole

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

func TestGeneratedName(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 17, 30, 5, 123456789, time.FixedZone("", 3600))
	prefix := strings.Repeat("p", awsname.MaxRoleNamePrefix)
	first, second := generatedName(prefix, now), generatedName(prefix, now)
	if !regexp.MustCompile(`^p{38}202611241630051234[0-9a-f]{8}$`).MatchString(first) {
		t.Errorf("generated %q", first)
	}
	if first == second {
		t.Errorf("%q was generated twice", first)
	}
	if _, err := awsname.ParseRoleName(first); err != nil {
		t.Error(err)
	}
}

func TestNamePrefix(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 17, 30, 5, 0, time.UTC)
	for _, prefix := range []string{"a", defaultNamePrefix, "acc-20", "2026", strings.Repeat("20", 19)} {
		if got := namePrefix(generatedName(prefix, now)); got != prefix {
			t.Errorf("namePrefix = %q, want %q", got, prefix)
		}
	}
	for _, name := range []string{"s3-delivery-role", "a-2026", "202611241730050000abcdef01", "a-202611241730050000abcdefXX"} {
		if got := namePrefix(name); got != "" {
			t.Errorf("namePrefix(%q) = %q", name, got)
		}
	}
}
