package provider_test

import (
	"bytes"
	"context"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// buffer is a bytes.Buffer that several loggers may write to.
type buffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

// logged returns a context whose log, like everything that libraries write to Go's own, goes to the buffer, at
// the level of TF_LOG=trace.
func logged(t *testing.T) (context.Context, *buffer) {
	t.Helper()
	var out buffer
	log.SetOutput(&out)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	return tflogtest.RootLogger(t.Context(), &out), &out
}

// TestLog_secrets lets every secret that a provider block can hold pass through a call, and looks for it in the log.
func TestLog_secrets(t *testing.T) {
	const (
		token      = "eyJhbGciOiJSUzI1NiJ9.web-identity-token.signature"
		externalID = "external-id-that-nobody-should-read"
		password   = "proxy-password"
		input      = "policy-that-a-call-sends"
	)
	roles := []block{{"role_arn": roleARN + "first", "external_id": externalID}, {"role_arn": roleARN + "second", "external_id": externalID}}
	for name, credentials := range map[string]block{
		"static keys": {"access_key": "AKIABASE", "secret_key": awsfake.SecretKey, "token": awsfake.SessionToken, "assume_role": roles},
		"web identity": {
			"assume_role_with_web_identity": []block{{"role_arn": roleARN + "web", "web_identity_token": token}},
			"assume_role":                   roles,
		},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			sts := awsfake.NewSTS(t)
			refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Amzn-Requestid", "the-request-id")
				http.Error(w, `<Error><Code>AccessDenied</Code></Error>`, http.StatusForbidden)
			}))
			defer refusing.Close()
			ctx, out := logged(t)

			data := mustConfigure(t, with(credentials, block{
				"region": "us-east-1", "allowed_account_ids": []string{awsfake.Account}, "s3_use_path_style": true,
				"endpoints":   []block{{"sts": sts.URL, "s3": refusing.URL, "iam": refusing.URL}},
				"https_proxy": "http://user:" + password + "@proxy.example.com",
			}))
			client, err := data.Clients.S3(ctx, "")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: aws.String("results")}); err == nil {
				t.Error("the call was not refused")
			}
			iamClient, err := data.Clients.IAM(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := iamClient.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String("delivery")}); err == nil {
				t.Error("the call was not refused")
			}
			put := &iam.PutRolePolicyInput{RoleName: aws.String("delivery"), PolicyName: aws.String("p"), PolicyDocument: aws.String(input)}
			if _, err := iamClient.PutRolePolicy(ctx, put); err == nil {
				t.Error("the call was not refused")
			}
			signed, err := s3.NewPresignClient(client).PresignPutObject(ctx, &s3.PutObjectInput{Bucket: aws.String("results"), Key: aws.String("a.json")})
			if err != nil {
				t.Fatal(err)
			}
			_, signature, _ := strings.Cut(signed.URL, "X-Amz-Signature=")

			text := out.String()
			for what, secret := range map[string]string{
				"secret key": awsfake.SecretKey, "part of the secret key": awsfake.SecretKey[:8], "session token": awsfake.SessionToken,
				"web identity token": token, "external ID": externalID, "proxy password": password, "input of a call": input, "signature": signature[:64],
			} {
				if strings.Contains(text, secret) {
					t.Errorf("the log shows the %s", what)
				}
			}
			// The log must be there at all, and be of use.
			for _, line := range []string{"Assuming IAM Role", "Retrieved credentials", `"operation":"HeadBucket"`, `"operation":"GetRole"`} {
				if !strings.Contains(text, line) {
					t.Errorf("the log does not show %s", line)
				}
			}
			if strings.Contains(text, "PutObject") {
				t.Error("the log shows a call where a URL was only signed")
			}
			if t.Failed() {
				t.Log(text)
			}
		})
	}
}
