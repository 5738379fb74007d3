package framework_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// TestTimeoutsBlock has each operation with its own default.
func TestTimeoutsBlock(t *testing.T) {
	t.Parallel()
	block, ok := framework.TimeoutsBlock(t.Context(), 10*time.Minute, time.Hour).(schema.SingleNestedBlock)
	if !ok || len(block.Attributes) != 4 {
		t.Fatalf("%#v", block)
	}
	for operation, want := range map[string][2]string{
		"create": {"How long a create may take", "Default: `10m`."}, "read": {"How long a read, as in each plan, may take", "Default: `10m`."},
		"update": {"How long an update may take", "Default: `10m`."}, "delete": {"How long a destroy may take", "Default: `1h`. It has to be applied before the destroy."},
	} {
		attribute := block.Attributes[operation]
		if attribute == nil || !attribute.IsOptional() {
			t.Errorf("%s: %#v", operation, attribute)
			continue
		}
		if text := attribute.GetDescription(); !strings.HasPrefix(text, want[0]) || !strings.HasSuffix(text, want[1]) {
			t.Errorf("%s: %q", operation, text)
		}
	}
}

func TestWithTimeout(t *testing.T) {
	t.Parallel()
	wrong := diag.Diagnostics{diag.NewErrorDiagnostic("Invalid duration", "a day")}
	for name, test := range map[string]struct {
		configured func(context.Context, time.Duration) (time.Duration, diag.Diagnostics)
		want       time.Duration
		diags      diag.Diagnostics
	}{
		"configured": {func(context.Context, time.Duration) (time.Duration, diag.Diagnostics) { return time.Minute, nil }, time.Minute, nil},
		"default": {func(_ context.Context, otherwise time.Duration) (time.Duration, diag.Diagnostics) {
			return otherwise, nil
		}, time.Hour, nil},
		"wrong": {func(context.Context, time.Duration) (time.Duration, diag.Diagnostics) { return 0, wrong }, 0, wrong},
	} {
		synctest.Test(t, func(t *testing.T) {
			var diags diag.Diagnostics
			parent, interrupt := context.WithCancel(t.Context())
			ctx, cancel := framework.WithTimeout(parent, test.configured, time.Hour, &diags)
			defer cancel()
			if deadline, _ := ctx.Deadline(); time.Until(deadline) != test.want || !diags.Equal(test.diags) {
				t.Errorf("%s: %s, %v", name, time.Until(deadline), diags)
			}
			if interrupt(); ctx.Err() == nil {
				t.Errorf("%s: goes on after an interrupt", name)
			}
		})
	}
}
