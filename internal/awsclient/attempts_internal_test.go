package awsclient

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// silent is a connection that never answers. It counts the requests.
type silent struct{ requests int }

func (s *silent) Do(r *http.Request) (*http.Response, error) {
	s.requests++
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func silentClient(attempts int) (*s3.Client, *silent) {
	connection := &silent{}
	return s3.New(s3.Options{
		Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider("AKIA", "secret", ""), HTTPClient: connection,
		RetryMaxAttempts: attempts, APIOptions: []func(*middleware.Stack) error{watchAttempts},
	}), connection
}

// TestSilence gives a dead connection up, and tries again by another one.
func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, connection := silentClient(3)
		start := time.Now()
		_, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: aws.String("results")})
		if took := time.Since(start); took < 3*time.Minute || took > 4*time.Minute || connection.requests != 3 {
			t.Errorf("%d requests in %s", connection.requests, took)
		}
		if !MaybeDone(err) || TimedOut(err) || Interrupted(err) {
			t.Errorf("got %v", err)
		}
	})
}

// TestSilence_stopped is over within seconds of the interruption, or of the timeout: a change may still be finished,
// a read need not.
func TestSilence_stopped(t *testing.T) {
	for name, test := range map[string]struct {
		call func(context.Context, *s3.Client) error
		took time.Duration
	}{
		"change": {func(ctx context.Context, client *s3.Client) error {
			_, err := client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: aws.String("results")})
			return err
		}, 5 * time.Second},
		"read": {func(ctx context.Context, client *s3.Client) error {
			_, err := client.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: aws.String("results")})
			return err
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, connection := silentClient(3)
				ctx, interrupt := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, interrupt)
				start := time.Now()
				err := test.call(ctx, client)
				if took := time.Since(start); took != time.Second+test.took || connection.requests != 1 || !Interrupted(err) {
					t.Errorf("%d requests in %s: %v", connection.requests, took, err)
				}
				if !MaybeDone(err) {
					t.Error("what had no answer is said not to be done")
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				if err := test.call(ctx, client); !TimedOut(err) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

// TestAttemptContext ends with the attempt, or when the caller has been stopped for long enough.
func TestAttemptContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		attempt, done := attemptContext(t.Context(), 5*time.Second)
		if limit, ok := attempt.Deadline(); !ok || time.Until(limit) != time.Minute || attempt.Err() != nil {
			t.Errorf("it begins with %s, %v", time.Until(limit), attempt.Err())
		}
		if done(); !errors.Is(attempt.Err(), context.Canceled) {
			t.Errorf("done, and %v", attempt.Err())
		}
		caller, stop := context.WithCancel(t.Context())
		attempt, done = attemptContext(caller, 5*time.Second)
		defer done()
		start := time.Now()
		stop()
		if <-attempt.Done(); time.Since(start) != 5*time.Second || !errors.Is(attempt.Err(), context.Canceled) {
			t.Errorf("it ends after %s: %v", time.Since(start), attempt.Err())
		}
	})
}

// throttling answers so often that AWS is too busy, and then well.
type throttling struct{ times int }

func (c *throttling) Do(*http.Request) (*http.Response, error) {
	status, body := http.StatusOK, "<VersioningConfiguration/>"
	if c.times--; c.times >= 0 {
		status, body = http.StatusServiceUnavailable, "<Error><Code>SlowDown</Code></Error>"
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
}

// TestThrottling_tells looks for what a user with TF_LOG=INFO sees of calls that are tried again.
func TestThrottling_tells(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		client := s3.New(s3.Options{
			Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider("AKIA", "secret", ""), HTTPClient: &throttling{2},
			RetryMaxAttempts: 5, APIOptions: []func(*middleware.Stack) error{watchAttempts},
		})
		ctx := tflogtest.RootLogger(t.Context(), &out)
		if _, err := client.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: aws.String("results")}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[1], `"@level":"info"`) || !strings.Contains(lines[1], `"attempt":3`) ||
			!strings.Contains(lines[1], `"operation":"GetBucketVersioning"`) || !strings.Contains(lines[1], `"error_code":"SlowDown"`) {
			t.Errorf("logged:\n%s", out.String())
		}
	})
}
