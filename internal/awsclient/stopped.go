package awsclient

import (
	"context"
	"errors"
	"fmt"
)

// MaybeDoneError is the failure of a call that AWS may have carried out all the same: the answer to one of its
// attempts was lost. A create that then meets an object of its name has probably met its own work.
type MaybeDoneError struct{ Err error }

// Error is the call's own.
func (e *MaybeDoneError) Error() string { return e.Err.Error() }

// Unwrap returns the call's own error.
func (e *MaybeDoneError) Unwrap() error { return e.Err }

// MaybeDone reports whether AWS may have carried out the call that failed.
func MaybeDone(err error) bool {
	var maybe *MaybeDoneError
	return errors.As(err, &maybe)
}

// stoppedError is a call that was not made, or not made again, because its caller was interrupted or its time is over.
type stoppedError struct {
	// cause is the context's: context.Canceled or context.DeadlineExceeded.
	cause error
	// last is AWS's last answer, nil when there was none.
	last error
	// unanswered is set when a request was under way, and given up.
	unanswered bool
}

// Error says how far the call had come.
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

// Unwrap returns the cause, and AWS's last answer.
func (e *stoppedError) Unwrap() []error {
	if e.last == nil {
		return []error{e.cause}
	}
	return []error{e.cause, e.last}
}

// Interrupted reports whether what failed was stopped by the user.
func Interrupted(err error) bool {
	var stopped *stoppedError
	return errors.As(err, &stopped) && errors.Is(stopped.cause, context.Canceled)
}

// TimedOut reports whether what failed was stopped because its time was over.
func TimedOut(err error) bool {
	var stopped *stoppedError
	return errors.As(err, &stopped) && errors.Is(stopped.cause, context.DeadlineExceeded)
}
