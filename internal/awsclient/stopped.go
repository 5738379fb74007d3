package awsclient

import (
	"context"
	"errors"
	"fmt"
)

// MaybeDoneError is the failure of a call that AWS may have carried out anyway: the answer to one of its attempts was
// lost. If a create then meets an object of its name, that object is probably its own.
type MaybeDoneError struct{ Err error }

// Error is the call's own message.
func (e *MaybeDoneError) Error() string { return e.Err.Error() }

// Unwrap returns the call's own error.
func (e *MaybeDoneError) Unwrap() error { return e.Err }

// MaybeDone reports whether AWS may have carried out the failed call.
func MaybeDone(err error) bool {
	var maybe *MaybeDoneError
	return errors.As(err, &maybe)
}

// stoppedError is a call that was not made, or not repeated, because its caller was interrupted or its time was over.
type stoppedError struct {
	// cause is context.Canceled or context.DeadlineExceeded, from the context.
	cause error
	// last is AWS's last answer, nil when there was none.
	last error
	// unanswered is set if a request was in progress and was given up.
	unanswered bool
}

// Error says how far the call got.
func (e *stoppedError) Error() string {
	what := "interrupted"
	if errors.Is(e.cause, context.DeadlineExceeded) {
		what = "timed out"
	}
	switch {
	case e.unanswered:
		return what + " while AWS had not answered"
	case e.last != nil:
		return fmt.Sprintf("%s before the next attempt. The last attempt failed: %v", what, e.last)
	}
	return what + " before the call was made"
}

// Unwrap returns the cause and AWS's last answer.
func (e *stoppedError) Unwrap() []error {
	if e.last == nil {
		return []error{e.cause}
	}
	return []error{e.cause, e.last}
}

// Interrupted reports whether the user stopped the call.
func Interrupted(err error) bool {
	var stopped *stoppedError
	return errors.As(err, &stopped) && errors.Is(stopped.cause, context.Canceled)
}

// TimedOut reports whether the call was stopped because its time was over.
func TimedOut(err error) bool {
	var stopped *stoppedError
	return errors.As(err, &stopped) && errors.Is(stopped.cause, context.DeadlineExceeded)
}
