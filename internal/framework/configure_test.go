package framework_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

func TestConfigured(t *testing.T) {
	t.Parallel()
	if data, diags := framework.Configured(nil); data != nil || diags.HasError() {
		t.Errorf("before Configure: %v, %v", data, diags)
	}
	want := &framework.ProviderData{}
	if data, diags := framework.Configured(want); data != want || diags.HasError() {
		t.Errorf("Configured = %v, %v", data, diags)
	}
	data, diags := framework.Configured("something else")
	if data != nil || len(diags) != 1 {
		t.Fatalf("another type: %v, %v", data, diags)
	}
	text := "Expected *framework.ProviderData, got string. Please report this to the developers of the provider."
	if diags[0].Detail() != text {
		t.Errorf("detail %q, want %q", diags[0].Detail(), text)
	}
}
