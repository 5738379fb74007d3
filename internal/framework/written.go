package framework

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// private is the part of a resource's private state in which a provider can store values. They must be JSON.
type private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

const writtenKey = "written"

// Writing removes the note about the last write, because the object's state is not known until the new write has ended.
func Writing(ctx context.Context, private private) diag.Diagnostics {
	return private.SetKey(ctx, writtenKey, []byte("null"))
}

// Written notes that AWS, by its answers, has what is in the state.
func Written(ctx context.Context, private private, now time.Time) diag.Diagnostics {
	text, err := json.Marshal(now.UTC())
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Unable to note the time of a write", err.Error())}
	}
	return private.SetKey(ctx, writtenKey, text)
}

// Settling returns how long AWS may still show what was there before the last write, or 0 if that time is over.
func Settling(ctx context.Context, private private, now time.Time) time.Duration {
	text, diags := private.GetKey(ctx, writtenKey)
	var written time.Time // null leaves it at zero, which is long over.
	if diags.HasError() || json.Unmarshal(text, &written) != nil {
		return 0
	}
	// A write in the future was noted by the clock of another machine.
	return max(0, min(awsclient.ConsistencyLimit, awsclient.ConsistencyLimit-now.Sub(written)))
}
