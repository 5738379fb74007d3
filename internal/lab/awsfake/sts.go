package awsfake

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Account is the account that STS says every caller belongs to.
const Account = "444455556666"

// SecretKey is the secret key of every key pair that is handed out; SessionToken its session token.
const (
	SecretKey    = "fakeSecretKeyFakeSecretKeyFakeSecretKey1"
	SessionToken = "fake-session-token-of-the-fake-service"
)

var credentialScope = regexp.MustCompile(`Credential=([^/]+)/\d+/([^/]+)/`)

// Call is one request to the fake STS. AccessKey and Region are those of its signature, "" when unsigned.
type Call struct {
	Action    string
	Form      url.Values
	AccessKey string
	Region    string
	UserAgent string
}

// STS hands out credentials to everyone. The access key of an assumed role is the role's name in capitals
// behind ASIA.
type STS struct {
	*httptest.Server

	mu    sync.Mutex
	calls []Call
}

// NewSTS starts a fake STS for the time of the test.
func NewSTS(t *testing.T) *STS {
	t.Helper()
	s := &STS{}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// Calls are the requests so far, in order of arrival.
func (s *STS) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

// Actions are the actions of Calls.
func (s *STS) Actions() []string {
	var actions []string
	for _, call := range s.Calls() {
		actions = append(actions, call.Action)
	}
	return actions
}

// ServeHTTP answers AssumeRole, AssumeRoleWithWebIdentity and GetCallerIdentity.
func (s *STS) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	call := Call{Action: r.Form.Get("Action"), Form: r.Form, UserAgent: r.UserAgent()}
	if scope := credentialScope.FindStringSubmatch(r.Header.Get("Authorization")); scope != nil {
		call.AccessKey, call.Region = scope[1], scope[2]
	}
	s.mu.Lock()
	s.calls = append(s.calls, call)
	s.mu.Unlock()

	w.Header().Set("Content-Type", "text/xml")
	switch call.Action {
	case "AssumeRole", "AssumeRoleWithWebIdentity":
		fmt.Fprintf(w, `<%[1]sResponse><%[1]sResult><Credentials><AccessKeyId>%[2]s</AccessKeyId><SecretAccessKey>%[3]s</SecretAccessKey>`+
			`<SessionToken>%[4]s</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></%[1]sResult></%[1]sResponse>`,
			call.Action, RoleKey(r.Form.Get("RoleArn")), SecretKey, SessionToken)
	case "GetCallerIdentity":
		fmt.Fprintf(w, `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::%[1]s:user/test</Arn><UserId>AIDATEST</UserId>`+
			`<Account>%[1]s</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`, Account)
	default:
		http.Error(w, "unexpected action "+call.Action, http.StatusBadRequest)
	}
}

// RoleKey is the access key that a role gets when it is assumed.
func RoleKey(roleARN string) string {
	return "ASIA" + strings.ToUpper(roleARN[strings.LastIndex(roleARN, "/")+1:])
}
