package awsclient

import (
	"context"
	"errors"
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

// logWaiting tells, for as long as it takes, that AWS is waited for and why: a principal, a role or a bucket that was
// just made is not seen everywhere yet.
func logWaiting(ctx context.Context, calls int, waited, limit time.Duration, err error) {
	fields := map[string]any{"calls": calls, "waited_s": int(waited.Seconds()), "limit_s": int(limit.Seconds())}
	if code := Code(err); code != "" {
		fields["error_code"] = code
	}
	message := "waiting until AWS has carried a change through"
	if errors.Is(err, errUnseen) {
		message = errUnseen.Error() + ": asking again"
	}
	tflog.Info(ctx, message, fields)
}

// logAnotherAttempt tells that the SDK tries a call again, which it does for minutes while AWS throttles.
func logAnotherAttempt(ctx context.Context, attempt int, last error) {
	fields := map[string]any{
		"service": awsmiddleware.GetServiceID(ctx), "operation": awsmiddleware.GetOperationName(ctx), "attempt": attempt,
	}
	if code := Code(last); code != "" {
		fields["error_code"] = code
	}
	tflog.Info(ctx, "trying an AWS call again", fields)
}
