package awsclient

import "context"

// Uninterrupted makes the call that brings an object into being. A Ctrl-C does not reach it: an answer that nobody
// waits for any more would leave an object that no state knows of. What is interrupted already is not begun, and
// the deadline holds.
func Uninterrupted[T any](ctx context.Context, call func(context.Context) (T, error)) (T, error) {
	if err := ctx.Err(); err != nil {
		var none T
		return none, err
	}
	detached := context.WithoutCancel(ctx)
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		detached, cancel = context.WithDeadline(detached, deadline)
		defer cancel()
	}
	return call(detached)
}
