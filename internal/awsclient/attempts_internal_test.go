package awsclient

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
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
		if took := time.Since(start); took < 3*attemptLimit || took > 4*attemptLimit || connection.requests != 3 {
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
		}, finishLimit},
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
