package framework

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// private is the part of a resource's private state that a provider may keep values in. They must be JSON.
type private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

const writtenKey = "written"

// Writing forgets the last write, because what another one makes of the object is not known before it has ended.
func Writing(ctx context.Context, private private) diag.Diagnostics {
	return private.SetKey(ctx, writtenKey, []byte("null"))
}

// Written notes that AWS has, by its answers, what is in the state.
func Written(ctx context.Context, private private, now time.Time) diag.Diagnostics {
	text, err := json.Marshal(now.UTC())
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Unable to note the time of a write", err.Error())}
	}
	return private.SetKey(ctx, writtenKey, text)
}

// Settling is for how long AWS may still show what was there before the last write; 0 when that is past.
func Settling(ctx context.Context, private private, now time.Time) time.Duration {
	text, diags := private.GetKey(ctx, writtenKey)
	var written time.Time
	if diags.HasError() || json.Unmarshal(text, &written) != nil || written.IsZero() {
		return 0
	}
	// A write that lies ahead was noted by another machine's clock.
	return max(0, min(awsclient.ConsistencyLimit, awsclient.ConsistencyLimit-now.Sub(written)))
}
