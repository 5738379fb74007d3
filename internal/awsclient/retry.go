package awsclient

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// ConsistencyLimit is how long the provider waits for AWS to show a change everywhere: IAM usually takes seconds, S3
// less. If a change isn't visible after two minutes, the cause is something else, and waiting longer would only hide
// it: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency.
const ConsistencyLimit = 2 * time.Minute

// The waiting time between attempts grows from the first to the longest.
const (
	firstWait   = 250 * time.Millisecond
	longestWait = 10 * time.Second
)

// UntilConsistent repeats call until it succeeds, fails with an error that is not retryable, or limit is over. The
// first call goes out at once, so nothing waits if AWS is consistent. Without a limit it is the only one. If the
// context ends in the meantime, the last error is returned as part of one that says so.
func UntilConsistent(ctx context.Context, limit time.Duration, retryable func(error) bool, call func(context.Context) error) error {
	begun := time.Now()
	for calls, wait := 1, firstWait; ; calls, wait = calls+1, min(2*wait, longestWait) {
		err := call(ctx)
		if err == nil || !retryable(err) || time.Since(begun) >= limit {
			return err
		}
		logWaiting(ctx, calls, time.Since(begun), limit, err)
		if stopped := sleep(ctx, jittered(wait)); stopped != nil {
			return &stoppedError{cause: stopped, last: err}
		}
	}
}

// errUnseen is an answer that does not show yet what was written.
var errUnseen = errors.New("AWS does not show yet what was written")

// UntilSeen reads until seen reports that the answer shows what was written, or until limit is over, and then accepts
// the last answer. Without a limit it reads once. It returns any other error at once.
func UntilSeen[T any](ctx context.Context, limit time.Duration, seen func(T, error) bool, read func(context.Context) (T, error)) (T, error) {
	if limit <= 0 {
		return read(ctx)
	}
	var found T
	var failed error
	unseen := func(err error) bool { return errors.Is(err, errUnseen) }
	err := UntilConsistent(ctx, limit, unseen, func(ctx context.Context) error {
		if found, failed = read(ctx); seen(found, failed) {
			return nil
		}
		return errUnseen
	})
	if Interrupted(err) {
		return found, err
	}
	return found, failed // This also holds at the time limit: AWS's last answer counts.
}

// jittered spreads the calls of resources that AWS refused at the same time: half of the wait is fixed, half is random.
func jittered(wait time.Duration) time.Duration {
	return wait/2 + rand.N(wait/2)
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
