package awsclient

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/aws-sdk-go-base/v2/logging"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// answers are those of a connection, one after the other: "" for success, or the code of an error.
type answers []string

func (a *answers) Do(*http.Request) (*http.Response, error) {
	code := (*a)[0]
	*a = (*a)[1:]
	time.Sleep(time.Second)
	status, body := http.StatusOK, "<VersioningConfiguration/>"
	if code != "" {
		status, body = map[string]int{"SlowDown": http.StatusServiceUnavailable}[code], "<Error><Code>"+code+"</Code><Message>of no concern</Message></Error>"
	}
	if status == 0 {
		status = http.StatusForbidden
	}
	return &http.Response{StatusCode: status, Header: http.Header{"X-Amz-Request-Id": {"the-id"}}, Body: io.NopCloser(strings.NewReader(body))}, nil
}

// entries are the lines of a log, without what each of them has.
func entries(t *testing.T, out *bytes.Buffer) []map[string]any {
	t.Helper()
	all, err := tflogtest.MultilineJSONDecode(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range all {
		maps.DeleteFunc(entry, func(key string, _ any) bool { return key == "@module" || key == "@timestamp" || key == "@caller" })
	}
	return all
}

// TestCallLogger writes one line of each call, with what tells calls apart, and passes on what the call has come to.
func TestCallLogger(t *testing.T) {
	for name, test := range map[string]struct {
		answers answers
		want    map[string]any
		code    string
	}{
		"at once": {answers{""}, map[string]any{"attempts": 1.0, "duration_ms": 1000.0}, ""},
		"later":   {answers{"SlowDown", "SlowDown", ""}, map[string]any{"attempts": 3.0}, ""},
		"refused": {answers{"AccessDenied"}, map[string]any{"attempts": 1.0, "duration_ms": 1000.0, "error_code": "AccessDenied"}, "AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				client := s3.New(s3.Options{
					Region: "eu-west-1", Credentials: credentials.NewStaticCredentialsProvider("AKIA", "secret", ""), HTTPClient: &test.answers, RetryMaxAttempts: 5,
					APIOptions: []func(*middleware.Stack) error{watchAttempts, func(stack *middleware.Stack) error { return stack.Initialize.Add(callLogger{}, middleware.Before) }},
				})
				start := time.Now()
				got, err := client.GetBucketVersioning(tflogtest.RootLogger(t.Context(), &out), &s3.GetBucketVersioningInput{Bucket: aws.String("results")})
				if Code(err) != test.code || (err == nil) != (got != nil) {
					t.Errorf("got %+v, %v", got, err)
				}
				want := map[string]any{
					"@level": "debug", "@message": "AWS call", "service": "S3", "operation": "GetBucketVersioning", "region": "eu-west-1", "request_id": "the-id",
					"duration_ms": float64(time.Since(start).Milliseconds()),
				}
				maps.Copy(want, test.want)
				lines := entries(t, &out)
				if last := lines[len(lines)-1]; !reflect.DeepEqual(last, want) {
					t.Errorf("logged %v, want %v", last, want)
				}
				for i, again := range lines[:len(lines)-1] {
					if want := (map[string]any{
						"@level": "info", "@message": "trying an AWS call again", "service": "S3", "operation": "GetBucketVersioning", "attempt": float64(i + 2), "error_code": "SlowDown",
					}); !reflect.DeepEqual(again, want) {
						t.Errorf("logged %v, want %v", again, want)
					}
				}
				_, err = client.GetBucketVersioning(tflogtest.RootLogger(t.Context(), &out), &s3.GetBucketVersioningInput{})
				if err == nil || out.Len() > 0 {
					t.Errorf("a call that was not made: %v, logged %s", err, out.String())
				}
			})
		})
	}
}

// TestUntilSeen_tells says what is waited for, and how long already.
func TestUntilSeen_tells(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		start, reads := time.Now(), 0
		var waited []float64
		_, err := UntilSeen(tflogtest.RootLogger(t.Context(), &out), time.Minute, func(int, error) bool { return reads == 8 }, func(context.Context) (int, error) {
			reads++
			waited = append(waited, float64(int(time.Since(start).Seconds())))
			return 0, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		lines := entries(t, &out)
		if len(lines) != 7 || waited[6] < 5 {
			t.Fatalf("%d lines in %v", len(lines), waited)
		}
		for i, line := range lines {
			if want := (map[string]any{
				"@level": "info", "@message": "AWS does not show yet what was written: asking again", "calls": float64(i + 1), "waited_s": waited[i], "limit_s": 60.0,
			}); !reflect.DeepEqual(line, want) {
				t.Errorf("logged %v, want %v", line, want)
			}
		}
	})
}

// noted is a logger that keeps what it is given.
type noted struct {
	logging.Logger
	name   string
	fields *[]map[string]any
}

func (n noted) Info(_ context.Context, message string, fields ...map[string]any) {
	*n.fields = append(append(*n.fields, map[string]any{"logger": n.name, "message": message}), fields...)
}

func (n noted) SubLogger(ctx context.Context, name string) (context.Context, logging.Logger) {
	return ctx, noted{name: name, fields: n.fields}
}

// TestLibraryLogger passes on all but the external ID, which the library still has afterwards.
func TestLibraryLogger(t *testing.T) {
	t.Parallel()
	const id = "tf_aws.assume_role.external_id"
	var fields []map[string]any
	given := map[string]any{id: "organization", "role": "arn"}
	var logger logging.Logger = libraryLogger{noted{name: "root", fields: &fields}}
	logger.Info(t.Context(), "Assuming IAM Role", given, map[string]any{"more": 1})
	_, sub := logger.SubLogger(t.Context(), "sub")
	sub.Info(t.Context(), "Assuming another", given)
	want := []map[string]any{
		{"logger": "root", "message": "Assuming IAM Role"},
		{"role": "arn"},
		{"more": 1},
		{"logger": "sub", "message": "Assuming another"},
		{"role": "arn"},
	}
	if !reflect.DeepEqual(fields, want) || given[id] != "organization" {
		t.Errorf("logged %v, want %v; the library has %v", fields, want, given)
	}
}

// TestStoppedError says how far a call got, and is what stopped it.
func TestStoppedError(t *testing.T) {
	t.Parallel()
	last := errors.New("busy")
	for want, test := range map[string]struct {
		err         stoppedError
		interrupted bool
	}{
		"interrupted before the call was made":                               {stoppedError{cause: context.Canceled}, true},
		"timed out before the call was made":                                 {stoppedError{cause: context.DeadlineExceeded}, false},
		"interrupted while AWS had not answered":                             {stoppedError{cause: context.Canceled, unanswered: true, last: last}, true},
		"timed out before the next attempt. The last attempt failed: busy":   {stoppedError{cause: context.DeadlineExceeded, last: last}, false},
		"interrupted before the next attempt. The last attempt failed: busy": {stoppedError{cause: context.Canceled, last: last}, true},
	} {
		err := error(&test.err)
		if err.Error() != want || Interrupted(err) != test.interrupted || TimedOut(err) == test.interrupted || !errors.Is(err, test.err.cause) || errors.Is(err, last) != (test.err.last != nil) {
			t.Errorf("got %q, interrupted: %t, timed out: %t; want %q", err, Interrupted(err), TimedOut(err), want)
		}
		if all := test.err.Unwrap(); len(all) != 1 && test.err.last == nil {
			t.Errorf("%q wraps %v", err, all)
		}
	}
}
