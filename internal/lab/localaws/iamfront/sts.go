package iamfront

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

const (
	minSessionSeconds     = 900
	maxSessionSeconds     = 43200
	maxChainedSeconds     = 3600
	maxSessionPolicyBytes = 2048
	maxExternalID         = 1224
)

var (
	sessionName = regexp.MustCompile(`^[\w+=,.@-]{2,64}$`)
	externalID  = regexp.MustCompile(`^[\w+=,.@:/-]{2,}$`)
	roleARN     = regexp.MustCompile(`^arn:aws:iam::\d{12}:role/.+$`)
)

func getCallerIdentity(c *call) ([]*awsxml.Node, error) {
	return []*awsxml.Node{
		awsxml.Leaf("Arn", c.caller.ARN), awsxml.Leaf("UserId", c.caller.UserID), awsxml.Leaf("Account", c.caller.AccountID),
	}, nil
}

func (f *Front) assumeRole(c *call) ([]*awsxml.Node, error) {
	seconds, err := checkAssume(c)
	if err != nil {
		return nil, err
	}
	account, role, extras, err := f.assumable(c)
	if err != nil {
		return nil, err
	}
	switch {
	case c.caller.Kind == identity.Session && seconds > maxChainedSeconds:
		return nil, invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
	case seconds > sessionSeconds(role, extras):
		return nil, invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
	}
	s := types.Session{
		AccessKeyId: "ASIA" + randomID(), SecretAccessKey: randomText(30), SessionToken: randomText(180),
		RoleArn: role.Arn, RoleName: role.RoleName, RoleID: role.RoleID, RoleSessionName: c.str("RoleSessionName"), Policy: c.str("Policy"),
		CreateDate: time.Now().UTC(), Expiration: time.Now().UTC().Add(time.Duration(seconds) * time.Second).Truncate(time.Second),
	}
	f.directory.AddSession(account, s)
	return sessionNodes(account, s), nil
}

// checkAssume checks the parameters and returns the session's seconds.
func checkAssume(c *call) (int, error) {
	for _, name := range []string{"Tags.member.1.Key", "PolicyArns.member.1.arn", "SourceIdentity", "SerialNumber"} {
		if c.form.Has(name) {
			return 0, fail(http.StatusNotImplemented, "NotImplemented", "The parameter %s is not implemented here.", name)
		}
	}
	switch {
	case !roleARN.MatchString(c.str("RoleArn")):
		return 0, invalid("%s is invalid", c.str("RoleArn"))
	case !sessionName.MatchString(c.str("RoleSessionName")):
		return 0, invalid("1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*", c.str("RoleSessionName"))
	case c.form.Has("ExternalId") && (len(c.str("ExternalId")) > maxExternalID || !externalID.MatchString(c.str("ExternalId"))):
		return 0, invalid("1 validation error detected: Value '%s' at 'externalId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@:\\/-]*", c.str("ExternalId"))
	}
	if session := c.str("Policy"); session != "" {
		if len(session) > maxSessionPolicyBytes || authz.ParseIdentityPolicy(session) != nil {
			return 0, malformedPolicy("The session policy is not valid.")
		}
	}
	if !c.form.Has("DurationSeconds") {
		return defaultSessionSeconds, nil
	}
	seconds, err := strconv.Atoi(c.str("DurationSeconds"))
	if err != nil || seconds < minSessionSeconds || seconds > maxSessionSeconds {
		return 0, invalid("1 validation error detected: Value '%s' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200", c.str("DurationSeconds"))
	}
	return seconds, nil
}

// assumable returns the role if the caller may assume it. That a role does not
// exist looks the same as that it does not trust the caller.
func (f *Front) assumable(c *call) (*identity.Account, *types.Role, identity.RoleExtras, error) {
	arn := c.str("RoleArn")
	denied := &authz.Denied{Principal: c.caller.ARN, Action: "sts:AssumeRole", Resource: arn}
	account, ok := f.directory.Account(strings.Split(arn, ":")[4])
	if !ok {
		return nil, nil, identity.RoleExtras{}, denied
	}
	context := authz.Context(c.Request, c.auth, c.caller, account.ID)
	context["sts:RoleSessionName"] = []string{c.str("RoleSessionName")}
	if id := c.str("ExternalId"); id != "" {
		context["sts:ExternalId"] = []string{id}
	}
	role, extras, ok := account.SeenRole(c.Context(), arn[strings.LastIndex(arn, "/")+1:])
	if !ok || role.Arn != arn {
		return nil, nil, extras, denied
	}
	if err := authz.AuthorizeAssume(c.caller, account.ID, role.Arn, role.AssumeRolePolicyDocument, context); err != nil {
		return nil, nil, extras, err
	}
	return account, role, extras, nil
}

func sessionNodes(account *identity.Account, s types.Session) []*awsxml.Node {
	arn := "arn:aws:sts::" + account.ID + ":assumed-role/" + s.RoleName + "/" + s.RoleSessionName
	return []*awsxml.Node{
		awsxml.New("Credentials",
			awsxml.Leaf("AccessKeyId", s.AccessKeyId), awsxml.Leaf("SecretAccessKey", s.SecretAccessKey),
			awsxml.Leaf("SessionToken", s.SessionToken), awsxml.Leaf("Expiration", s.Expiration.Format(time.RFC3339))),
		awsxml.New("AssumedRoleUser",
			awsxml.Leaf("AssumedRoleId", s.RoleID+":"+s.RoleSessionName), awsxml.Leaf("Arn", arn)),
	}
}

// randomID returns 16 characters as AWS's IDs have them.
func randomID() string { return rand.Text()[:16] }

func randomText(bytes int) string {
	b := make([]byte, bytes)
	// crypto/rand never fails.
	_, _ = rand.Read(b)
	return base64.StdEncoding.EncodeToString(b)
}
