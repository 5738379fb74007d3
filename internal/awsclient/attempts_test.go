package awsclient_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// answerer is S3 as one test needs it: each request gets the next answer, and the last one from then on. A bubble of
// synctest can call it, where the waits of a client take no time.
type answerer struct {
	*httptest.Server
	mu       sync.Mutex
	requests int
}

func newAnswerer(t *testing.T, answers ...http.HandlerFunc) *answerer {
	t.Helper()
	a := &answerer{}
	a.Server = awsfake.NewServer(t, func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		answer := answers[min(a.requests, len(answers)-1)]
		a.requests++
		a.mu.Unlock()
		answer(w, r)
	})
	return a
}

func (a *answerer) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.requests
}

// client is the provider's, for a server in S3's place.
func (a *answerer) client(t *testing.T, changes ...func(*awsclient.Settings)) *s3.Client {
	t.Helper()
	awsfake.Isolate(t)
	settings := static()
	settings.Endpoints.S3, settings.S3UsePathStyle = a.URL, true
	for _, change := range changes {
		change(&settings)
	}
	client, err := newClients(settings).S3(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func create(ctx context.Context, client *s3.Client) error {
	_, err := client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: aws.String("results")})
	return err
}

func status(code int, name string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		fmt.Fprintf(w, "<Error><Code>%s</Code></Error>", name)
	}
}

// broken ends the connection after the first bytes of an answer.
func broken(first string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = conn.Write([]byte(first))
		_ = conn.Close()
	}
}

var owned = status(http.StatusConflict, "BucketAlreadyOwnedByYou")

// TestMaybeDone follows a create whose repetition meets a bucket: the first attempt may have made it, unless AWS
// refused it.
func TestMaybeDone(t *testing.T) {
	for name, test := range map[string]struct {
		first http.HandlerFunc
		want  bool
	}{
		"500":                  {status(http.StatusInternalServerError, "InternalError"), true},
		"503":                  {status(http.StatusServiceUnavailable, "ServiceUnavailable"), true},
		"no answer":            {broken(""), true},
		"half a head":          {broken("HTTP/1.1 200 OK\r\nContent-"), true},
		"half an error":        {broken("HTTP/1.1 500 Oh\r\nContent-Length: 99\r\n\r\n<Error><Co"), true},
		"throttled":            {status(http.StatusBadRequest, "Throttling"), false},
		"too many":             {status(http.StatusTooManyRequests, "TooManyRequestsException"), false},
		"busy":                 {status(http.StatusConflict, "OperationAborted"), false},
		"never came":           {status(http.StatusBadRequest, "RequestTimeout"), false},
		"the first one is met": {owned, false},
	} {
		t.Run(name, func(t *testing.T) {
			server := newAnswerer(t, test.first, owned)
			synctest.Test(t, func(t *testing.T) {
				err := create(t.Context(), server.client(t))
				if awsclient.Code(err) != "BucketAlreadyOwnedByYou" || awsclient.MaybeDone(err) != test.want {
					t.Errorf("got %v, which may be done: %t", err, awsclient.MaybeDone(err))
				}
			})
		})
	}
}

// TestInterrupted stops a caller at each point of a call: what is under way is finished, and nothing new begun.
func TestInterrupted(t *testing.T) {
	ok := func(http.ResponseWriter, *http.Request) {}
	for name, test := range map[string]struct {
		answer   http.HandlerFunc
		before   bool
		requests int
		maybe    bool
		want     string
	}{
		"before the call":     {answer: ok, before: true, want: "interrupted before the call was made"},
		"during the request":  {answer: ok, requests: 1},
		"while throttled":     {answer: status(http.StatusServiceUnavailable, "SlowDown"), requests: 1, maybe: true, want: "interrupted before the next attempt"},
		"while refused":       {answer: status(http.StatusForbidden, "AccessDenied"), requests: 1, want: "AccessDenied"},
		"while it breaks off": {answer: broken("HTTP"), requests: 1, maybe: true, want: "interrupted while AWS had not answered"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			server := newAnswerer(t, func(w http.ResponseWriter, r *http.Request) {
				interrupt()
				time.Sleep(10 * time.Millisecond) // A request that was cut off would be gone by then.
				test.answer(w, r)
			})
			client := server.client(t)
			if test.before {
				interrupt()
			}
			start := time.Now()
			err := create(ctx, client)
			if (err == nil) != (test.want == "") || (err != nil && !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "StatusCode: 0") {
				t.Errorf("got %v", err)
			}
			if awsclient.MaybeDone(err) != test.maybe || server.count() != test.requests || time.Since(start) > 20*time.Second {
				t.Errorf("may be done: %t; %d requests in %s", awsclient.MaybeDone(err), server.count(), time.Since(start))
			}
			if stopped := test.want != "" && test.want != "AccessDenied"; awsclient.Interrupted(err) != stopped || awsclient.TimedOut(err) {
				t.Errorf("interrupted: %t, timed out: %t", awsclient.Interrupted(err), awsclient.TimedOut(err))
			}
		})
	}
}

// TestTimedOut is an interruption by the clock.
func TestTimedOut(t *testing.T) {
	server := newAnswerer(t, status(http.StatusServiceUnavailable, "SlowDown"))
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		err := create(ctx, server.client(t))
		if !awsclient.TimedOut(err) || awsclient.Interrupted(err) || !errors.Is(err, context.DeadlineExceeded) || awsclient.Code(err) != "SlowDown" {
			t.Errorf("got %v", err)
		}
	})
}

// TestHalfAnswer reads again what broke off.
func TestHalfAnswer(t *testing.T) {
	whole := `<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>`
	server := newAnswerer(t, broken("HTTP/1.1 200 OK\r\nContent-Length: 76\r\n\r\n"+whole[:40]), func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, whole) })
	synctest.Test(t, func(t *testing.T) {
		out, err := server.client(t).GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: aws.String("results")})
		if err != nil || out.Status != "Enabled" || server.count() != 2 {
			t.Errorf("got %+v, %v in %d requests", out, err, server.count())
		}
	})
}

// TestMaxRetries counts the attempts of a call that AWS is too busy for.
func TestMaxRetries(t *testing.T) {
	for _, want := range []int{1, 2, 7} {
		server := newAnswerer(t, status(http.StatusServiceUnavailable, "SlowDown"))
		synctest.Test(t, func(t *testing.T) {
			if err := create(t.Context(), server.client(t, func(s *awsclient.Settings) { s.MaxRetries = want })); err == nil || server.count() != want {
				t.Errorf("%d attempts, want %d: %v", server.count(), want, err)
			}
		})
	}
}

// TestPlain goes the way of AWS's calls, and does nothing that an uploader without the SDK would not do.
func TestPlain(t *testing.T) {
	var agents []string
	server := newAnswerer(t, func(w http.ResponseWriter, r *http.Request) {
		agents = append(agents, r.UserAgent()+r.Header.Get("Authorization"))
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}, status(http.StatusServiceUnavailable, "SlowDown"))
	awsfake.Isolate(t)
	settings := static()
	settings.HTTPProxy = aws.String(server.URL) // Whatever host is asked for, it is the proxy that answers.
	plain, err := newClients(settings).Plain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{http.StatusTemporaryRedirect, http.StatusServiceUnavailable} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "http://results.s3.test/key", strings.NewReader("a"))
		if err != nil {
			t.Fatal(err)
		}
		response, err := plain.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want || server.count() != i+1 {
			t.Errorf("got %d after %d requests", response.StatusCode, server.count())
		}
	}
	if agents[0] != "Go-http-client/1.1" {
		t.Errorf("sent as %q", agents[0])
	}
	settings.Unknown = []string{"profile"}
	if _, err := newClients(settings).Plain(t.Context()); err == nil {
		t.Error("a client is made of settings that are not known")
	}
}

// TestCaller asks STS, in its own region, and passes on what it refuses.
func TestCaller(t *testing.T) {
	awsfake.Isolate(t)
	sts := awsfake.NewSTS(t)
	settings := static()
	settings.Endpoints.STS, settings.STSRegion = sts.URL, "eu-west-1"
	caller, err := newClients(settings).Caller(t.Context())
	if want := (awsclient.Caller{AccountID: awsfake.Account, ARN: "arn:aws:iam::" + awsfake.Account + ":user/test", UserID: "AIDATEST"}); err != nil || caller != want {
		t.Errorf("got %+v, %v", caller, err)
	}
	if calls := sts.Calls(); len(calls) != 1 || calls[0].Action != "GetCallerIdentity" || calls[0].Region != "eu-west-1" {
		t.Errorf("called %+v", calls)
	}
	elsewhere := awsfake.NewSTS(t)
	t.Setenv("AWS_ENDPOINT_URL_STS", elsewhere.URL)
	t.Setenv("AWS_ENDPOINT_URL_IAM", sts.URL)
	settings.Endpoints.STS, settings.STSRegion = "", ""
	if _, err := newClients(settings).Caller(t.Context()); err != nil {
		t.Error(err)
	}
	if calls := elsewhere.Calls(); len(calls) != 1 || calls[0].Region != "us-east-1" {
		t.Errorf("by the variable, called %+v", calls)
	}
	settings.Endpoints.STS = newAnswerer(t, status(http.StatusForbidden, "AccessDenied")).URL
	if caller, err := newClients(settings).Caller(t.Context()); err == nil || caller != (awsclient.Caller{}) {
		t.Errorf("got %+v, %v", caller, err)
	}
}

// TestOwnS3 names the account where something has told it: the restriction of accounts, or the credentials themselves.
func TestOwnS3(t *testing.T) {
	const ofCredentials = "777788889999"
	for name, test := range map[string]struct {
		change func(*awsclient.Settings, awsfake.Environment)
		want   string
	}{
		"nothing tells": {func(*awsclient.Settings, awsfake.Environment) {}, ""},
		"allowed":       {func(s *awsclient.Settings, _ awsfake.Environment) { s.AllowedAccountIDs = []string{awsfake.Account} }, awsfake.Account},
		"forbidden":     {func(s *awsclient.Settings, _ awsfake.Environment) { s.ForbiddenAccountIDs = []string{ofCredentials} }, awsfake.Account},
		"the credentials tell": {func(s *awsclient.Settings, e awsfake.Environment) {
			s.AccessKey, s.SecretKey = "", ""
			e.Credentials("[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = " + awsfake.SecretKey + "\naws_account_id = " + ofCredentials + "\n")
		}, ofCredentials},
		"STS goes before the credentials": {func(s *awsclient.Settings, e awsfake.Environment) {
			s.AccessKey, s.SecretKey, s.AllowedAccountIDs = "", "", []string{awsfake.Account}
			e.Credentials("[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = " + awsfake.SecretKey + "\naws_account_id = " + ofCredentials + "\n")
		}, awsfake.Account},
	} {
		t.Run(name, func(t *testing.T) {
			environment := awsfake.Isolate(t)
			var owners []string
			server := newAnswerer(t, func(_ http.ResponseWriter, r *http.Request) {
				owners = append(owners, r.Header.Get("X-Amz-Expected-Bucket-Owner"))
			})
			settings := static()
			settings.Endpoints.S3, settings.Endpoints.STS, settings.S3UsePathStyle = server.URL, awsfake.NewSTS(t).URL, true
			test.change(&settings, environment)
			clients := newClients(settings)
			own, accountID, err := clients.OwnS3(t.Context(), "")
			if err != nil || accountID != test.want {
				t.Fatalf("got %q, %v", accountID, err)
			}
			anyone, err := clients.S3(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			for _, client := range []*s3.Client{own, anyone} {
				if err := create(t.Context(), client); err != nil {
					t.Fatal(err)
				}
			}
			if want := []string{test.want, ""}; !slices.Equal(owners, want) {
				t.Errorf("the requests name the owners %q, want %q", owners, want)
			}
		})
	}
}

// TestUnreachable says at once what no repetition can mend, with what to do.
func TestUnreachable(t *testing.T) {
	tls := httptest.NewUnstartedServer(http.NotFoundHandler())
	tls.Config.ErrorLog = log.New(io.Discard, "", 0) // The refusals that are meant to be.
	tls.StartTLS()
	defer tls.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for name, test := range map[string]struct {
		change    func(*awsclient.Settings)
		variables map[string]string
		want      []string
	}{
		"unknown authority": {
			change: func(s *awsclient.Settings) { s.Endpoints.S3 = tls.URL },
			want:   []string{"certificate authority", "custom_ca_bundle", "AWS_CA_BUNDLE"},
		},
		"unknown authority of STS": {
			change: func(s *awsclient.Settings) {
				s.Endpoints.STS, s.AssumeRoles = tls.URL, []awsclient.AssumeRole{{RoleARN: "arn:aws:iam::444455556666:role/admin"}}
			},
			want: []string{"certificate authority", "custom_ca_bundle"},
		},
		"no TLS": {
			change: func(s *awsclient.Settings) { s.Endpoints.S3 = strings.Replace(plain.URL, "http:", "https:", 1) },
			want:   []string{"does not speak TLS", "http://"},
		},
		"no such host": {
			change: func(s *awsclient.Settings) { s.Endpoints.S3 = "https://s3.voicebase.invalid" },
			want:   []string{"the host results.s3.voicebase.invalid does not exist", "endpoints, s3_use_path_style"},
		},
		"no such proxy": {
			change: func(s *awsclient.Settings) { s.HTTPSProxy = aws.String("http://proxy.voicebase.invalid:3128") },
			want:   []string{"proxyconnect", "the host proxy.voicebase.invalid does not exist", "the proxy"},
		},
		"no scheme": {
			variables: map[string]string{"AWS_ENDPOINT_URL_S3": "localhost:4566"},
			want:      []string{"the environment variable AWS_ENDPOINT_URL_S3", `"localhost:4566" is not a valid URL: must have a protocol and a host, such as https://`},
		},
		"no scheme for all": {
			variables: map[string]string{"AWS_ENDPOINT_URL": "minio.example.com"},
			want:      []string{"the environment variable AWS_ENDPOINT_URL:", "is not a valid URL"},
		},
		"no bundle": {
			change: func(s *awsclient.Settings) { s.CustomCABundle = "/no/such/file" },
			want:   []string{"custom_ca_bundle", "/no/such/file"},
		},
		"no bundle in the environment": {
			variables: map[string]string{"AWS_CA_BUNDLE": "/no/such/file"},
			want:      []string{"AWS_CA_BUNDLE", "/no/such/file"},
		},
		"no certificate in the bundle": {
			variables: map[string]string{"AWS_CA_BUNDLE": "/dev/null"},
			want:      []string{"AWS_CA_BUNDLE", "/dev/null has no certificate"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			for variable, value := range test.variables {
				t.Setenv(variable, value)
			}
			settings := static()
			if test.change != nil {
				test.change(&settings)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			client, err := newClients(settings).S3(ctx, "")
			if err == nil {
				err = create(ctx, client)
			}
			if err == nil || slices.ContainsFunc(test.want, func(part string) bool { return !strings.Contains(err.Error(), part) }) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if awsclient.TimedOut(err) || awsclient.MaybeDone(err) {
				t.Errorf("it was tried again, or may be done: %v", err)
			}
		})
	}
}
