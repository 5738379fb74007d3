// Package identity knows who may sign requests: the customers' roots, users,
// roles and sessions, and VoiceBase's user of another account.
package identity

import (
	"time"

	"github.com/versity/versitygw/iamapi/types"
)

const (
	// CustomerAccount is the customer's account ID, which versitygw fixes.
	CustomerAccount = "000000000000"
	// CustomerRootARN names the customer's administrator.
	CustomerRootARN = "arn:aws:iam::" + CustomerAccount + ":root"
	// OtherAccount is a second customer's account: a stranger's, or another
	// one of the same company.
	OtherAccount = "444455556666"
	// VoiceBaseAccount is the account that delivers.
	VoiceBaseAccount = "111122223333"
	// VoiceBaseARN is VoiceBase's user, the principal that assumes roles.
	VoiceBaseARN = "arn:aws:iam::" + VoiceBaseAccount + ":user/voicebase-delivery"
	// VoiceBaseRootARN stands for the whole of VoiceBase's account.
	VoiceBaseRootARN = "arn:aws:iam::" + VoiceBaseAccount + ":root"
)

// Kind is a kind of principal.
type Kind int

// The kinds of principals.
const (
	Root Kind = iota
	User
	Session // a role's session
	Foreign // VoiceBase's user
)

// Principal is who signed a request, with all that decides what it may do.
type Principal struct {
	Kind      Kind
	AccountID string
	ARN       string
	RoleARN   string // of a session
	Name      string // of a user, or of a session's role
	UserID    string
	Tags      []types.Tag
	// Policies are the identity's own, inline and attached.
	Policies []types.PolicyEntry
	// Boundary and SessionPolicy limit Policies when they are not nil.
	Boundary, SessionPolicy *types.PolicyEntry
}

// PolicyARN is the ARN by which conditions know the principal: a session's
// is its role's.
func (p *Principal) PolicyARN() string {
	if p.RoleARN != "" {
		return p.RoleARN
	}
	return p.ARN
}

// Credential is a long-lived key.
type Credential struct {
	AccessKey, Secret string
}

// Identity is a key with its principal.
type Identity struct {
	Secret string
	// Token is what a temporary key must come with.
	Token     string
	Expires   time.Time
	Principal *Principal
}

// CheckToken says whether token is the one that the key needs. It is for after
// the signature was verified: a tampered URL is a wrong signature above all.
func (i *Identity) CheckToken(token string, now time.Time) error {
	switch {
	case token == "" && i.Token != "":
		return ErrNoToken
	case token != i.Token:
		return ErrBadToken
	case !i.Expires.IsZero() && now.After(i.Expires):
		return ErrExpiredToken
	}
	return nil
}
