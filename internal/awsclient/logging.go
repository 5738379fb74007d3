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

// callLogger writes one line for each AWS call: the operation, the result, the number of attempts. It never sees
// headers or bodies, which contain tokens, keys and policies.
type callLogger struct{}

// ID is the middleware's name in the SDK's stack.
func (callLogger) ID() string { return "VoiceBaseCallLogger" }

// HandleInitialize makes the call, including retries, and logs it.
func (callLogger) HandleInitialize(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	out middleware.InitializeOutput, metadata middleware.Metadata, err error,
) {
	start := time.Now()
	out, metadata, err = next.HandleInitialize(ctx, in)
	attempts, called := retry.GetAttemptResults(metadata)
	if !called {
		return out, metadata, err // The call only signed a URL, or its input was refused: nothing was sent.
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

// logWaiting logs, while the provider waits for AWS, why it does: a new principal, role or bucket is not visible
// everywhere yet.
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

// logAnotherAttempt logs that the SDK repeats a call, which it does for minutes while AWS throttles.
func logAnotherAttempt(ctx context.Context, attempt int, last error) {
	fields := map[string]any{
		"service": awsmiddleware.GetServiceID(ctx), "operation": awsmiddleware.GetOperationName(ctx), "attempt": attempt,
	}
	if code := Code(last); code != "" {
		fields["error_code"] = code
	}
	tflog.Info(ctx, "trying an AWS call again", fields)
}
