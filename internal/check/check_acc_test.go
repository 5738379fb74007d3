package check_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

// TestAccCheck_passes has nothing to find fault with: a delivery that was made by hand, and its bucket alone.
func TestAccCheck_passes(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	d := newDelivery(t, a, region)
	server := a.Server(t, nil)
	got := check(t, server, d.arguments())
	if !got.passed || got.failed() != "" || len(got.findings) != len(readiness.Names) {
		t.Errorf("by the role: %v, %d findings%v", got.passed, len(got.findings), got)
	}
	got = check(t, server, d.presigned())
	if !got.passed || got.failed() != "" || len(got.findings) != 10 {
		t.Errorf("by URL: %v, %d findings%v", got.passed, len(got.findings), got)
	}
}
