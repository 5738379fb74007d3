package iamfront_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/iamfront"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3front"
)

// TestExpiredSessionsAreRefused asks both fronts, with the key of a session
// that lasted until a second ago, and of one that lasts.
func TestExpiredSessionsAreRefused(t *testing.T) {
	dir := t.TempDir()
	directory, err := identity.Open(dir, identity.Keys{})
	if err != nil {
		t.Fatal(err)
	}
	s3, err := s3front.New(dir, directory, &gateway.Gateway{S3: map[string]http.Handler{"us-east-1": nil}})
	if err != nil {
		t.Fatal(err)
	}
	iam := iamfront.New(directory, nil)
	for life, want := range map[time.Duration]struct{ sts, s3 string }{
		-time.Second: {"403 ExpiredToken", "400 ExpiredToken"},
		time.Hour:    {"200", "403 AccessDenied"},
	} {
		directory.AddSession(directory.Customer(), types.Session{AccessKeyId: "ASIASESSION", SecretAccessKey: "secret", SessionToken: "token", RoleName: "r", Expiration: time.Now().Add(life)})
		if got := ask(t, iam, http.MethodPost, "sts", "Action=GetCallerIdentity&Version=2011-06-15"); got != want.sts {
			t.Errorf("STS, %s: %s, want %s", life, got, want.sts)
		}
		if got := ask(t, s3, http.MethodGet, "s3", ""); got != want.s3 {
			t.Errorf("S3, %s: %s, want %s", life, got, want.s3)
		}
	}
}

func ask(t *testing.T, handler http.Handler, method, service, body string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://localhost/", strings.NewReader(body))
	digest := sha256.Sum256([]byte(body))
	sum := hex.EncodeToString(digest[:])
	r.Header.Set("X-Amz-Content-Sha256", sum)
	credentials := aws.Credentials{AccessKeyID: "ASIASESSION", SecretAccessKey: "secret", SessionToken: "token"}
	if err := v4.NewSigner().SignHTTP(t.Context(), credentials, r, sum, service, "us-east-1", time.Now()); err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	_, rest, _ := strings.Cut(answer.Body.String(), "<Code>")
	code, _, _ := strings.Cut(rest, "</Code>")
	return strings.TrimSpace(fmt.Sprint(answer.Code, " ", code))
}
