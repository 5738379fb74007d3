package awsclient

import (
	"context"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// callLogger writes one line for each AWS call: what was called, how it ended, how often it was tried. It never
// sees headers or bodies, which carry tokens, keys and policies.
type callLogger struct{}

// ID names the middleware in the SDK's stack.
func (callLogger) ID() string { return "VoiceBaseCallLogger" }

// HandleInitialize makes the call, retries included, and logs it.
func (callLogger) HandleInitialize(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	out middleware.InitializeOutput, metadata middleware.Metadata, err error,
) {
	start := time.Now()
	out, metadata, err = next.HandleInitialize(ctx, in)
	attempts, called := retry.GetAttemptResults(metadata)
	if !called {
		return out, metadata, err // A URL was signed, or the input was refused: nothing went out.
	}
	fields := map[string]any{
		"service":     awsmiddleware.GetServiceID(ctx),
		"operation":   awsmiddleware.GetOperationName(ctx),
		"region":      awsmiddleware.GetRegion(ctx),
		"attempts":    len(attempts.Results),
		"duration_ms": time.Since(start).Milliseconds(),
	}
	if id, ok := awsmiddleware.GetRequestIDMetadata(metadata); ok {
		fields["request_id"] = id
	}
	if err != nil {
		fields["error_code"] = Code(err)
	}
	tflog.Debug(ctx, "AWS call", fields)
	return out, metadata, err
}
