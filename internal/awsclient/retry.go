package awsclient

import (
	"context"
	"math/rand/v2"
	"time"
)

// ConsistencyLimit is how long AWS is given until a change is seen everywhere: IAM usually takes seconds, S3
// less. What is not there after two minutes is missing for another reason, and waiting on would only hide it
// from the user: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency.
const ConsistencyLimit = 2 * time.Minute

// Waiting times between attempts grow from the first to the longest.
const (
	firstWait   = 250 * time.Millisecond
	longestWait = 10 * time.Second
)

// UntilConsistent calls until call succeeds, fails with an error that is not retryable, or limit is over. The
// first call goes out at once, so nothing is waited for where AWS is consistent. The last error is returned, as part
// of one that says so when the context ends meanwhile.
func UntilConsistent(ctx context.Context, limit time.Duration, retryable func(error) bool, call func(context.Context) error) error {
	deadline := time.Now().Add(limit)
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		err := call(ctx)
		if err == nil || !retryable(err) || time.Now().After(deadline) {
			return err
		}
		if stopped := sleep(ctx, jittered(wait)); stopped != nil {
			return &stoppedError{cause: stopped, last: err}
		}
	}
}

// jittered spreads the calls of resources that AWS refused at the same time: half of wait is fixed, half random.
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
