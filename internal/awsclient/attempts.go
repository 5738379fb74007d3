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
	// seconds; a connection that says nothing for longer has died without telling.
	attemptLimit = time.Minute
	// finishLimit is how long a request that is under way may still take once its caller has been stopped.
	// Terraform waits for the provider then, and a user for both.
	finishLimit = 5 * time.Second
)

// attempts is what is known of the attempts of one call so far. They are made one after the other.
type attempts struct {
	// made is how many there were.
	made int
	// last is how the last one ended, nil before the first.
	last error
	// maybeDone is set when AWS may have carried one out though no answer told so.
	maybeDone bool
}

type attemptsKey struct{}

// watchAttempts adds the two middlewares that follow a call: one around all of its attempts, one around each.
func watchAttempts(stack *middleware.Stack) error {
	if err := stack.Initialize.Add(callWatcher{}, middleware.Before); err != nil {
		return err
	}
	const attempts = "Retry"
	if _, calls := stack.Finalize.Get(attempts); !calls {
		return nil // A URL is signed.
	}
	return stack.Finalize.Insert(attemptWatcher{}, attempts, middleware.After)
}

// callWatcher says what a call's attempts tell of its failure.
type callWatcher struct{}

// ID names the middleware in the SDK's stack.
func (callWatcher) ID() string { return "VoiceBaseCallWatcher" }

// HandleInitialize makes the call, retries included.
func (callWatcher) HandleInitialize(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	out middleware.InitializeOutput, metadata middleware.Metadata, err error,
) {
	made := &attempts{}
	out, metadata, err = next.HandleInitialize(middleware.WithStackValue(ctx, attemptsKey{}, made), in)
	return out, metadata, made.explain(ctx, err)
}

// explain turns the error that a call ends with into one that a reader, and a caller, can do something with.
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

// lastAnswer is the last attempt's error where AWS has answered.
func (a *attempts) lastAnswer() error {
	if Status(a.last) == 0 {
		return nil
	}
	return a.last
}

// attemptWatcher finishes each request that changes something, whatever becomes of its caller meanwhile: an answer
// that nobody waits for any more would leave something made that no state knows of. The SDK begins no further
// attempt for a caller that has been stopped.
type attemptWatcher struct{}

// ID names the middleware in the SDK's stack.
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
	if err != nil && ctx.Err() == nil && errors.Is(attempt.Err(), context.DeadlineExceeded) {
		err = noAnswerError{}
	}
	if watched {
		made.made++
		made.last = err
		made.maybeDone = made.maybeDone || maybeDone(err)
	}
	return out, metadata, err
}

// onlyReads tells by the name that AWS gave an operation. Reads can be cut off at any time.
func onlyReads(operation string) bool {
	for _, verb := range []string{"Get", "Head", "List"} {
		if strings.HasPrefix(operation, verb) {
			return true
		}
	}
	return false
}

// attemptContext returns a context that lasts for attemptLimit, and outlives ctx by finish. What it is for has to call
// done.
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

// Error says what was waited for.
func (noAnswerError) Error() string { return "no answer from AWS within " + attemptLimit.String() }

// RetryableError tells the SDK to try again.
func (noAnswerError) RetryableError() bool { return true }

// maybeDone reports whether AWS may have carried an attempt out that ended like this: it has not answered, or with
// an error of its own, or the answer was cut off. What has not reached AWS, and what AWS has refused, is not done.
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

// neverSent reports whether there was no connection to send a request by.
func neverSent(err error) bool {
	var dial *net.OpError
	return unreachable(err) != "" || (errors.As(err, &dial) && (dial.Op == "dial" || dial.Op == "proxyconnect"))
}

// withoutEmptyResponse drops the SDK's "https response error StatusCode: 0, RequestID: " from an error that is about
// no response at all.
func withoutEmptyResponse(err error) error {
	var response *smithyhttp.ResponseError
	if errors.As(err, &response) && response.HTTPStatusCode() == 0 {
		return response.Err
	}
	return err
}
