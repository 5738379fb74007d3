package awsclient

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/smithy-go"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

var (
	errNotYet = errors.New("not yet")
	errNever  = errors.New("never")
)

func isNotYet(err error) bool { return errors.Is(err, errNotYet) }

// failing returns a call that fails the given number of times, and counts.
func failing(times int, err error) (call func(context.Context) error, calls *int) {
	calls = new(int)
	return func(context.Context) error {
		*calls++
		if *calls <= times {
			return err
		}
		return nil
	}, calls
}

func TestUntilConsistent(t *testing.T) {
	for name, test := range map[string]struct {
		limit   time.Duration
		fail    int
		with    error
		want    error
		calls   int // -1 for as many as fit.
		atLeast time.Duration
		atMost  time.Duration
	}{
		"success at once waits for nothing": {calls: 1},
		"another error is not tried again":  {fail: 9, with: errNever, want: errNever, calls: 1},
		"third time":                        {fail: 2, with: errNotYet, calls: 3, atLeast: 375 * time.Millisecond, atMost: 750 * time.Millisecond},
		"AWS's limit":                       {fail: 1000, with: errNotYet, want: errNotYet, calls: -1, atLeast: ConsistencyLimit, atMost: ConsistencyLimit + longestWait},
		"a limit of one's own":              {limit: time.Minute, fail: 1000, with: errNotYet, want: errNotYet, calls: -1, atLeast: time.Minute, atMost: time.Minute + longestWait},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				call, calls := failing(test.fail, test.with)
				if err := UntilConsistent(t.Context(), cmp.Or(test.limit, ConsistencyLimit), isNotYet, call); !errors.Is(err, test.want) {
					t.Errorf("got %v, want %v", err, test.want)
				}
				if test.calls >= 0 && *calls != test.calls {
					t.Errorf("%d calls, want %d", *calls, test.calls)
				}
				if took := time.Since(start); took < test.atLeast || took > test.atMost {
					t.Errorf("took %s, want %s to %s", took, test.atLeast, test.atMost)
				}
			})
		})
	}
}

// TestUntilConsistent_waits has the waits between calls double from a quarter of a second to ten seconds, each half of it
// by chance.
func TestUntilConsistent_waits(t *testing.T) {
	least, most := map[int]time.Duration{}, map[int]time.Duration{}
	for range 400 {
		synctest.Test(t, func(t *testing.T) {
			last, calls := time.Now(), 0
			_ = UntilConsistent(t.Context(), time.Minute, isNotYet, func(context.Context) error {
				if took := time.Since(last); calls > 0 {
					least[calls], most[calls] = min(cmp.Or(least[calls], time.Hour), took), max(most[calls], took)
				}
				if last, calls = time.Now(), calls+1; calls > 8 {
					return nil
				}
				return errNotYet
			})
		})
	}
	for i, want := range []time.Duration{0, 250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 10 * time.Second, 10 * time.Second} {
		if i > 0 && (least[i] < want/2 || least[i] > want*6/10 || most[i] > want || most[i] < want*9/10) {
			t.Errorf("wait %d: from %s to %s, want half of %s to all of it", i, least[i], most[i], want)
		}
	}
}

// TestUntilConsistent_once makes one call without a limit, whatever comes of it.
func TestUntilConsistent_once(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		call, calls := failing(9, errNotYet)
		if err := UntilConsistent(t.Context(), 0, isNotYet, call); !errors.Is(err, errNotYet) || *calls != 1 || time.Since(start) != 0 {
			t.Errorf("%d calls: %v", *calls, err)
		}
	})
}

// TestUntilConsistent_cancelled checks that a user's Ctrl-C, or a timeouts block, ends the wait at once and
// that AWS's own answer is still told.
func TestUntilConsistent_cancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		call, _ := failing(1000, errNotYet)
		err := UntilConsistent(ctx, ConsistencyLimit, isNotYet, call)
		if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, errNotYet) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("took %s", took)
		}
	})
}

func TestUntilSeen(t *testing.T) {
	isThird := func(n int, err error) bool { return n >= 3 || (err != nil && !isNotYet(err)) }
	for name, test := range map[string]struct {
		limit  time.Duration
		seen   func(int, error) bool
		err    error
		want   int
		calls  int // -1 for as many as fit.
		atMost time.Duration
	}{
		"seen at once waits for nothing": {limit: ConsistencyLimit, seen: func(int, error) bool { return true }, want: 1, calls: 1},
		"no write, no second read":       {seen: isThird, want: 1, calls: 1},
		"third time":                     {limit: ConsistencyLimit, seen: isThird, want: 3, calls: 3, atMost: 750 * time.Millisecond},
		"never seen is believed":         {limit: time.Minute, seen: func(int, error) bool { return false }, want: -1, calls: -1, atMost: time.Minute + longestWait},
		"an error that passes":           {limit: ConsistencyLimit, seen: isThird, err: errNotYet, want: 3, calls: 3, atMost: 750 * time.Millisecond},
		"an error that stays":            {limit: ConsistencyLimit, seen: isThird, err: errNever, want: 1, calls: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start, calls := time.Now(), 0
				found, err := UntilSeen(t.Context(), test.limit, test.seen, func(context.Context) (int, error) {
					calls++
					return calls, test.err
				})
				if !errors.Is(err, test.err) || (test.calls >= 0 && calls != test.calls) || (test.want >= 0 && found != test.want) || found != calls {
					t.Errorf("found %d, %v in %d calls", found, err, calls)
				}
				if took := time.Since(start); took > test.atMost {
					t.Errorf("took %s", took)
				}
			})
		})
	}
}

// TestUntilSeen_stopped: a Ctrl-C ends it, and at the end of a timeout the last answer is the one to believe.
func TestUntilSeen_stopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		read := func(context.Context) (int, error) { return 7, nil }
		never := func(int, error) bool { return false }
		ctx, interrupt := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, interrupt)
		if found, err := UntilSeen(ctx, ConsistencyLimit, never, read); !Interrupted(err) || found != 7 {
			t.Errorf("got %d, %v", found, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if found, err := UntilSeen(ctx, ConsistencyLimit, never, read); err != nil || found != 7 {
			t.Errorf("got %d, %v", found, err)
		}
	})
}

// TestUntilConsistent_tells looks for what a user with TF_LOG=INFO sees of a wait: that it goes on, and what for.
func TestUntilConsistent_tells(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		ctx := tflogtest.RootLogger(t.Context(), &out)
		notYet := fmt.Errorf("%w: %w", errNotYet, &smithy.GenericAPIError{Code: "MalformedPolicyDocument", Message: "with the policy in it"})
		call, _ := failing(3, notYet)
		if err := UntilConsistent(ctx, ConsistencyLimit, isNotYet, call); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 3 || !strings.Contains(lines[2], `"@level":"info"`) || !strings.Contains(lines[2], `"calls":3`) || !strings.Contains(lines[2], "waiting until AWS has carried a change through") ||
			!strings.Contains(lines[2], `"error_code":"MalformedPolicyDocument"`) || !strings.Contains(lines[2], `"limit_s":120`) {
			t.Errorf("logged:\n%s", out.String())
		}
		if strings.Contains(out.String(), "with the policy in it") {
			t.Error("the log shows AWS's message")
		}
	})
}
