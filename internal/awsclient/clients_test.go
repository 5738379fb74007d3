package awsclient_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

func newClients(settings awsclient.Settings) *awsclient.Clients {
	settings.Version = "1.2.3"
	return awsclient.NewClients(settings, time.Now)
}

// static are settings that need no call.
func static() awsclient.Settings {
	return awsclient.Settings{Region: "us-east-1", AccessKey: "AKIABASE", SecretKey: awsfake.SecretKey}
}

// TestClients_once lets many objects want a client at the same time: the account is asked for once, and each
// region has one client.
func TestClients_once(t *testing.T) {
	awsfake.Isolate(t)
	sts := awsfake.NewSTS(t)
	settings := static()
	settings.Endpoints.STS = sts.URL
	settings.AllowedAccountIDs = []string{awsfake.Account}
	clients := newClients(settings)

	const callers = 40
	found := make([]*s3.Client, callers)
	var group sync.WaitGroup
	for i := range callers {
		group.Go(func() {
			var err error
			if found[i], err = clients.S3(t.Context(), []string{"us-east-1", "eu-west-1"}[i%2]); err != nil {
				t.Error(err)
			}
			if _, err := clients.IAM(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i, client := range found {
		if client != found[i%2] {
			t.Errorf("caller %d got a client of its own", i)
		}
	}
	if found[0] == found[1] {
		t.Error("two regions share a client")
	}
	if calls := sts.Actions(); len(calls) != 1 {
		t.Errorf("STS was called %q", calls)
	}
}

// TestClients_cancelled checks that a first call that was cancelled does not fail those after it.
func TestClients_cancelled(t *testing.T) {
	awsfake.Isolate(t)
	sts := awsfake.NewSTS(t)
	settings := static()
	settings.Endpoints.STS = sts.URL
	settings.AssumeRoles = []awsclient.AssumeRole{{RoleARN: "arn:aws:iam::444455556666:role/admin"}}
	clients := newClients(settings)

	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := clients.S3(cancelled, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := clients.S3(t.Context(), ""); err != nil {
		t.Error(err)
	}
}

// TestClients_waiting checks that who waits for another's slow start can be cancelled meanwhile.
func TestClients_waiting(t *testing.T) {
	awsfake.Isolate(t)
	asked, answer := make(chan struct{}), make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(asked)
		<-answer
		http.Error(w, "", http.StatusForbidden)
	}))
	defer slow.Close()
	settings := static()
	settings.Endpoints.STS = slow.URL
	settings.AllowedAccountIDs = []string{awsfake.Account}
	settings.MaxRetries = 1
	clients := newClients(settings)

	first := make(chan error, 1)
	go func() { _, err := clients.S3(t.Context(), ""); first <- err }()
	<-asked
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := clients.S3(ctx, ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	close(answer)
	if err := <-first; err == nil {
		t.Error("a client was made although STS refused")
	}
}

func TestClients_noRegion(t *testing.T) {
	awsfake.Isolate(t)
	settings := static()
	settings.Region = ""
	clients := newClients(settings)
	if _, err := clients.S3(t.Context(), ""); err == nil {
		t.Error("an S3 client was made for no region")
	}
	if _, err := clients.IAM(t.Context()); err == nil {
		t.Error("an IAM client was made for no region")
	}
	if _, err := clients.S3(t.Context(), "eu-west-1"); err != nil {
		t.Errorf("a bucket with a region of its own needs no other: %v", err)
	}
}

func TestClients_S3Endpoint(t *testing.T) {
	for name, test := range map[string]struct {
		change   func(*awsclient.Settings)
		variable string
		region   string
		want     string
	}{
		"the provider's region": {want: "https://s3.us-east-1.amazonaws.com"},
		"another region":        {region: "eu-west-1", want: "https://s3.eu-west-1.amazonaws.com"},
		"China":                 {region: "cn-north-1", want: "https://s3.cn-north-1.amazonaws.com.cn"},
		"FIPS":                  {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint = true }, want: "https://s3-fips.us-east-1.amazonaws.com"},
		"dual stack":            {change: func(s *awsclient.Settings) { s.UseDualStackEndpoint = true }, want: "https://s3.dualstack.us-east-1.amazonaws.com"},
		"both":                  {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint, s.UseDualStackEndpoint = true, true }, want: "https://s3-fips.dualstack.us-east-1.amazonaws.com"},
		"custom":                {change: func(s *awsclient.Settings) { s.Endpoints.S3 = "https://localhost:9000/" }, region: "eu-west-1", want: "https://localhost:9000"},
		"custom, with a path":   {change: func(s *awsclient.Settings) { s.Endpoints.S3 = "https://localhost:9000/s3" }, want: "https://localhost:9000/s3"},
		"a path that ends":      {change: func(s *awsclient.Settings) { s.Endpoints.S3 = "https://localhost:9000/s3/" }, want: "https://localhost:9000/s3"},
		"the region is empty":   {change: func(s *awsclient.Settings) { s.Region = "" }, want: ""},
		"unknown endpoint":      {change: func(s *awsclient.Settings) { s.Unknown = []string{"endpoints"} }, want: ""},
		"unknown region":        {change: func(s *awsclient.Settings) { s.Unknown, s.Region = []string{"region"}, "" }, want: ""},
		"a variable that may not count": {
			change: func(s *awsclient.Settings) { s.Unknown, s.Region = []string{"region"}, "" }, variable: "eu-west-2", want: "",
		},
		"the variable":    {change: func(s *awsclient.Settings) { s.Region = "" }, variable: "eu-west-2", want: "https://s3.eu-west-2.amazonaws.com"},
		"FIPS and custom": {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint, s.Endpoints.S3 = true, "https://localhost:9000" }, want: ""},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			t.Setenv("AWS_REGION", test.variable)
			settings := static()
			if test.change != nil {
				test.change(&settings)
			}
			if got := newClients(settings).S3Endpoint(test.region); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Where S3 has no FIPS endpoint, its region is refused before a host is called that does not exist.
func TestClients_CheckRegion_FIPS(t *testing.T) {
	for name, test := range map[string]struct {
		change   func(*awsclient.Settings)
		variable string
		region   string
		want     string // Part of the error; "" where there is none.
	}{
		"off":                {region: "eu-west-1"},
		"has them":           {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint = true }, region: "us-west-2"},
		"has none":           {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint = true }, region: "eu-west-1", want: "it has them in ca-central-1, "},
		"partition has none": {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint, s.Region = true, "cn-north-1" }, region: "cn-north-1", want: "partition aws-cn has none"},
		"variable":           {variable: "true", region: "sa-east-1", want: "no FIPS endpoint in region sa-east-1"},
		"no validation":      {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint, s.SkipRegionValidation = true, true }, region: "eu-west-1"},
		"unknown endpoint":   {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint, s.Unknown = true, []string{"endpoints"} }, region: "eu-west-1"},
		"custom endpoint":    {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint, s.Endpoints.S3 = true, "https://s3.example.com" }, region: "eu-west-1"},
		"endpoint of STS":    {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint, s.Endpoints.STS = true, "https://sts.example.com" }, region: "eu-west-1", want: "no FIPS endpoint"},
		"no region yet":      {change: func(s *awsclient.Settings) { s.UseFIPSEndpoint = true }},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			settings := static()
			t.Setenv("AWS_USE_FIPS_ENDPOINT", test.variable)
			if test.change != nil {
				test.change(&settings)
			}
			err := newClients(settings).CheckRegion(test.region)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// TestClients_whiteSpace refuses keys of any source that nothing would take once they are signed with.
func TestClients_whiteSpace(t *testing.T) {
	for name, change := range map[string]func(*awsclient.Settings){
		"access key ID":     func(s *awsclient.Settings) { s.AccessKey += "\n" },
		"secret access key": func(s *awsclient.Settings) { s.SecretKey = " " + s.SecretKey },
		"session token":     func(s *awsclient.Settings) { s.Token = "token\r\n" },
	} {
		awsfake.Isolate(t)
		settings := static()
		change(&settings)
		if _, err := newClients(settings).S3(t.Context(), ""); err == nil || !strings.Contains(err.Error(), "invalid "+name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestClients_busy checks that the clients themselves try again while AWS is busy with the same object, and what
// they are seen as by AWS.
func TestClients_busy(t *testing.T) {
	for code, call := range map[string]func(context.Context, *awsclient.Clients) error{
		"OperationAborted": func(ctx context.Context, clients *awsclient.Clients) error {
			client, err := clients.S3(ctx, "")
			if err != nil {
				return err
			}
			_, err = client.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: aws.String("results")})
			return err
		},
		"ConcurrentModification": func(ctx context.Context, clients *awsclient.Clients) error {
			client, err := clients.IAM(ctx)
			if err != nil {
				return err
			}
			_, err = client.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: aws.String("delivery")})
			return err
		},
	} {
		t.Run(code, func(t *testing.T) {
			awsfake.Isolate(t)
			t.Setenv("TF_APPEND_USER_AGENT", "pipeline/7")
			var calls atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if agent := r.UserAgent(); !containsAll(agent, "terraform-provider-voicebase/1.2.3", "pipeline/7") {
					t.Errorf("the user agent is %q", agent)
				}
				if calls.Add(1) == 1 {
					w.WriteHeader(http.StatusConflict)
					// S3 has the error at the top, IAM inside of another element.
					fmt.Fprintf(w, "<ErrorResponse><Error><Code>%[1]s</Code></Error><Code>%[1]s</Code></ErrorResponse>", code)
					return
				}
				fmt.Fprint(w, "<DeleteRoleResponse></DeleteRoleResponse>")
			}))
			defer server.Close()
			settings := static()
			settings.Endpoints = awsclient.Endpoints{S3: server.URL, IAM: server.URL}
			settings.S3UsePathStyle = true
			if err := call(t.Context(), newClients(settings)); err != nil {
				t.Error(err)
			}
			if n := calls.Load(); n != 2 {
				t.Errorf("%d calls", n)
			}
		})
	}
}

func containsAll(text string, parts ...string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}
