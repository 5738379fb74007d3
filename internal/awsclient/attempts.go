package awsclient

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const (
	// attemptLimit is how long AWS may take for one answer. The largest request, a batch of 1,000 deletions, takes
	// seconds. A connection that is silent for longer is dead.
	attemptLimit = time.Minute
	// finishLimit is how long a request in progress may still take after its caller has been stopped. Meanwhile,
	// Terraform waits for the provider, and the user for both.
	finishLimit = 5 * time.Second
)

// attempts is what is known about the attempts of one call so far. They are made one after the other.
type attempts struct {
	// made is their number.
	made int
	// last is the result of the last one, nil before the first.
	last error
	// maybeDone is set if AWS may have carried one out although no answer said so.
	maybeDone bool
}

type attemptsKey struct{}

// watchAttempts adds the two middlewares that follow a call: one around all attempts, one around each.
func watchAttempts(stack *middleware.Stack) error {
	if err := stack.Initialize.Add(callWatcher{}, middleware.Before); err != nil {
		return err
	}
	const attempts = "Retry"
	if _, calls := stack.Finalize.Get(attempts); !calls {
		return nil // The call only signs a URL.
	}
	return stack.Finalize.Insert(attemptWatcher{}, attempts, middleware.After)
}

// callWatcher explains a call's failure by its attempts.
type callWatcher struct{}

// ID is the middleware's name in the SDK's stack.
func (callWatcher) ID() string { return "VoiceBaseCallWatcher" }

// HandleInitialize makes the call, including retries.
func (callWatcher) HandleInitialize(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	out middleware.InitializeOutput, metadata middleware.Metadata, err error,
) {
	made := &attempts{}
	out, metadata, err = next.HandleInitialize(middleware.WithStackValue(ctx, attemptsKey{}, made), in)
	return out, metadata, made.explain(ctx, err)
}

// explain turns a call's final error into one that a reader and a caller can act on.
func (a *attempts) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil && Status(err) == 0 {
		err = &stoppedError{cause: cause, last: a.lastAnswer(), unanswered: a.last != nil && Status(a.last) == 0}
	}
	err = explained(withoutEmptyResponse(err))
	if a.maybeDone {
		return &MaybeDoneError{Err: err}
	}
	return err
}

// lastAnswer returns the last attempt's error if AWS answered it.
func (a *attempts) lastAnswer() error {
	if Status(a.last) == 0 {
		return nil
	}
	return a.last
}

// attemptWatcher finishes each request that changes something, even if its caller is stopped in the meantime. If nobody
// waited for the answer, an object could exist that no state contains. The SDK begins no further attempt for a stopped
// caller.
type attemptWatcher struct{}

// ID is the middleware's name in the SDK's stack.
func (attemptWatcher) ID() string { return "VoiceBaseAttemptWatcher" }

// HandleFinalize makes one attempt.
func (attemptWatcher) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	finish := finishLimit
	if onlyReads(awsmiddleware.GetOperationName(ctx)) {
		finish = 0
	}
	made, watched := middleware.GetStackValue(ctx, attemptsKey{}).(*attempts)
	if watched && made.made > 0 {
		logAnotherAttempt(ctx, made.made+1, made.last)
	}
	attempt, done := attemptContext(ctx, finish)
	defer done()
	out, metadata, err = next.HandleFinalize(attempt, in)
	if err != nil && errors.Is(attempt.Err(), context.DeadlineExceeded) {
		err = noAnswerError{}
	}
	if watched {
		made.made++
		made.last = err
		made.maybeDone = made.maybeDone || maybeDone(err)
	}
	return out, metadata, err
}

// onlyReads decides by the name of the operation whether it only reads. Reads can be cut off at any time.
func onlyReads(operation string) bool {
	for _, verb := range []string{"Get", "Head", "List"} {
		if strings.HasPrefix(operation, verb) {
			return true
		}
	}
	return false
}

// attemptContext returns a context that lasts for attemptLimit and outlives ctx by finish. The caller must call done
// afterwards.
func attemptContext(ctx context.Context, finish time.Duration) (attempt context.Context, done func()) {
	attempt, cancel := context.WithTimeout(context.WithoutCancel(ctx), attemptLimit)
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(finish):
			cancel()
		case <-attempt.Done():
		}
	})
	return attempt, func() {
		stop()
		cancel()
	}
}

// noAnswerError is an attempt that was given up after attemptLimit. The SDK tries again.
type noAnswerError struct{}

// Error says which answer is missing.
func (noAnswerError) Error() string { return "no answer from AWS within " + attemptLimit.String() }

// RetryableError tells the SDK to try again.
func (noAnswerError) RetryableError() bool { return true }

// maybeDone reports whether AWS may have carried out an attempt with this error: AWS did not answer, it answered with
// an internal error, or the answer was cut off. What did not reach AWS, and what AWS refused, was not carried out.
func maybeDone(err error) bool {
	if err == nil {
		return false
	}
	if status := Status(err); status != 0 {
		return status < http.StatusMultipleChoices || status >= http.StatusInternalServerError
	}
	if neverSent(err) {
		return false
	}
	var sending *smithyhttp.RequestSendError
	var cut *smithy.CanceledError
	return errors.As(err, &sending) || errors.As(err, &cut) || errors.As(err, &noAnswerError{})
}

// neverSent reports whether there was no connection to send the request on.
func neverSent(err error) bool {
	var dial *net.OpError
	return unreachable(err) != "" || (errors.As(err, &dial) && (dial.Op == "dial" || dial.Op == "proxyconnect"))
}

// withoutEmptyResponse removes the SDK's "https response error StatusCode: 0, RequestID: " from an error without a
// response.
func withoutEmptyResponse(err error) error {
	var response *smithyhttp.ResponseError
	if errors.As(err, &response) && response.HTTPStatusCode() == 0 {
		return response.Err
	}
	return err
}
