package awsclient_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// TestClients_log has the assumed role and each call in the log, and nothing that is a secret.
func TestClients_log(t *testing.T) {
	awsfake.Isolate(t)
	const externalID, role = "their-organization", "arn:aws:iam::444455556666:role/admin"
	server, sts := newAnswerer(t, func(http.ResponseWriter, *http.Request) {}), awsfake.NewSTS(t)
	settings := static()
	settings.Endpoints.S3, settings.Endpoints.STS, settings.S3UsePathStyle = server.URL, sts.URL, true
	settings.AssumeRoles = []awsclient.AssumeRole{{RoleARN: role, ExternalID: externalID}}
	var out bytes.Buffer
	ctx := tflogtest.RootLogger(t.Context(), &out)
	client, err := newClients(settings).S3(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := create(ctx, client); err != nil {
		t.Fatal(err)
	}
	if calls := sts.Calls(); len(calls) == 0 || calls[0].Form.Get("ExternalId") != externalID {
		t.Errorf("called %+v", calls)
	}
	text := out.String()
	entries, err := tflogtest.MultilineJSONDecode(&out)
	if err != nil {
		t.Fatal(err)
	}
	var calls []any
	for _, entry := range entries {
		if entry["@message"] == "AWS call" {
			calls = append(calls, entry["operation"])
		}
	}
	if !slices.Equal(calls, []any{"CreateBucket"}) || !strings.Contains(text, role) {
		t.Errorf("logged the calls %v:\n%s", calls, text)
	}
	for _, secret := range []string{externalID, awsfake.SecretKey, awsfake.SessionToken} {
		if strings.Contains(text, secret) {
			t.Errorf("logged %s:\n%s", secret, text)
		}
	}
}

// TestClients_account looks the account up by the provider's own key: with STS, or with IAM where there is no STS.
func TestClients_account(t *testing.T) {
	for skip, want := range map[bool]struct{ iam, sts []string }{
		false: {sts: []string{"GetCallerIdentity by AKIABASE"}},
		true:  {iam: []string{"GetUser by AKIABASE"}},
	} {
		awsfake.Isolate(t)
		var users []string
		iam := newAnswerer(t, func(w http.ResponseWriter, r *http.Request) {
			_, key, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
			key, _, _ = strings.Cut(key, "/")
			users = append(users, r.FormValue("Action")+" by "+key)
			fmt.Fprintf(w, "<GetUserResponse><GetUserResult><User><Arn>arn:aws:iam::%s:user/test</Arn></User></GetUserResult></GetUserResponse>", awsfake.Account)
		})
		sts := awsfake.NewSTS(t)
		settings := static()
		settings.Endpoints.IAM, settings.Endpoints.STS = iam.URL, sts.URL
		settings.AllowedAccountIDs, settings.SkipCredentialsValidation = []string{awsfake.Account}, skip
		if _, account, err := newClients(settings).OwnS3(t.Context(), ""); err != nil || account != awsfake.Account {
			t.Errorf("skip %t: got %q, %v", skip, account, err)
		}
		var callers []string
		for _, call := range sts.Calls() {
			callers = append(callers, call.Action+" by "+call.AccessKey)
		}
		if !slices.Equal(users, want.iam) || !slices.Equal(callers, want.sts) {
			t.Errorf("skip %t: asked IAM %q, STS %q", skip, users, callers)
		}
	}
}

// TestClients_environmentKey refuses a key of the environment with a line break, although a role hides it.
func TestClients_environmentKey(t *testing.T) {
	for variable, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIABASE\n", "AWS_SECRET_ACCESS_KEY": awsfake.SecretKey + "\n", "AWS_SESSION_TOKEN": "\ttoken",
	} {
		t.Run(variable, func(t *testing.T) {
			awsfake.Isolate(t)
			t.Setenv("AWS_ACCESS_KEY_ID", "AKIABASE")
			t.Setenv("AWS_SECRET_ACCESS_KEY", awsfake.SecretKey)
			t.Setenv(variable, value)
			sts := awsfake.NewSTS(t)
			settings := awsclient.Settings{
				Region: "us-east-1", Endpoints: awsclient.Endpoints{STS: sts.URL}, AssumeRoles: []awsclient.AssumeRole{{RoleARN: "arn:aws:iam::444455556666:role/admin"}},
			}
			_, err := newClients(settings).S3(t.Context(), "")
			want := "invalid " + variable + ": the value starts or ends with white space, often a line break from a CI secret, " +
				"and every signature made with it would be invalid; set it again without the white space"
			if err == nil || err.Error() != want || len(sts.Calls()) > 0 {
				t.Errorf("got %v after %v, want %s", err, sts.Actions(), want)
			}
		})
	}
}

// TestClients_instanceRegion has the region that only the instance's metadata tell, once a call has asked for them.
func TestClients_instanceRegion(t *testing.T) {
	awsfake.Isolate(t)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", awsfake.NewInstanceMetadata(t).URL)
	clients := newClients(awsclient.Settings{})
	if got := clients.Region() + clients.S3Endpoint(""); got != "" {
		t.Errorf("before the first call: %q", got)
	}
	client, err := clients.S3(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if client.Options().Region != "eu-central-1" || clients.Region() != "eu-central-1" || clients.S3Endpoint("") != "https://s3.eu-central-1.amazonaws.com" {
		t.Errorf("after it: %q, %q, %q", client.Options().Region, clients.Region(), clients.S3Endpoint(""))
	}
	// What the block says goes before.
	settings := static()
	settings.Region = "us-west-2"
	named := newClients(settings)
	if client, err := named.S3(t.Context(), ""); err != nil || client.Options().Region != "us-west-2" || named.Region() != "us-west-2" {
		t.Errorf("the block's: %q, %v", named.Region(), err)
	}
}

// TestClients_presign signs with the clients that follow calls, though nothing is called.
func TestClients_presign(t *testing.T) {
	awsfake.Isolate(t)
	client, err := newClients(static()).S3(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	signed, err := s3.NewPresignClient(client).PresignPutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String("results"), Key: aws.String("a")})
	if err != nil || !strings.HasPrefix(signed.URL, "https://results.s3.us-east-1.amazonaws.com/a?") {
		t.Errorf("got %+v, %v", signed, err)
	}
}
