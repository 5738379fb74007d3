package identity

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/versity/versitygw/iamapi/types"
)

// Reasons for which a key is refused.
var (
	ErrUnknownKey   = errors.New("the access key does not exist")
	ErrNoToken      = errors.New("the access key needs its security token")
	ErrBadToken     = errors.New("the security token is not the key's")
	ErrExpiredToken = errors.New("the security token has expired")
)

// Keys are the long-lived keys that exist from the start: those of the
// accounts' roots, and VoiceBase's.
type Keys struct{ Customer, Other, VoiceBase Credential }

// Directory finds identities by access key.
type Directory struct {
	accounts  []*Account
	voicebase Credential
	mu        sync.Mutex
	sessions  map[string]session
}

// session is a session's key with the account of its role.
type session struct {
	types.Session
	account *Account
}

// Open reads the directory kept in dir.
func Open(dir string, keys Keys) (*Directory, error) {
	customer, err := openAccount(dir, CustomerAccount, keys.Customer)
	if err != nil {
		return nil, err
	}
	other, err := openAccount(filepath.Join(dir, "other"), OtherAccount, keys.Other)
	if err != nil {
		return nil, err
	}
	return &Directory{accounts: []*Account{customer, other}, voicebase: keys.VoiceBase, sessions: map[string]session{}}, nil
}

// Accounts returns the customers' accounts, the first customer's first.
func (d *Directory) Accounts() []*Account { return d.accounts }

// Customer returns the first customer's account.
func (d *Directory) Customer() *Account { return d.accounts[0] }

// Account returns the account with an ID, if it is a customer's.
func (d *Directory) Account(id string) (*Account, bool) {
	i := slices.IndexFunc(d.accounts, func(a *Account) bool { return a.ID == id })
	if i < 0 {
		return nil, false
	}
	return d.accounts[i], true
}

// Lookup returns the identity of accessKey, or ErrUnknownKey.
func (d *Directory) Lookup(ctx context.Context, accessKey string) (*Identity, error) {
	for _, a := range d.accounts {
		if accessKey == a.Root.AccessKey {
			return &Identity{Secret: a.Root.Secret, Principal: &Principal{
				Kind: Root, AccountID: a.ID, ARN: a.RootARN(), UserID: a.ID,
			}}, nil
		}
	}
	if accessKey == d.voicebase.AccessKey {
		return &Identity{Secret: d.voicebase.Secret, Principal: &Principal{
			Kind: Foreign, AccountID: VoiceBaseAccount, ARN: VoiceBaseARN,
			Name: VoiceBaseARN[strings.LastIndex(VoiceBaseARN, "/")+1:], UserID: "AIDAVOICEBASEDELIVERY",
		}}, nil
	}
	if strings.HasPrefix(accessKey, "ASIA") {
		return d.session(ctx, accessKey)
	}
	for _, a := range d.accounts {
		if id, err := a.user(ctx, accessKey); err == nil {
			return id, nil
		}
	}
	return nil, ErrUnknownKey
}

func (a *Account) user(ctx context.Context, accessKey string) (*Identity, error) {
	user, err := a.Store.GetUserByAccessKeyID(ctx, accessKey)
	if err != nil {
		return nil, ErrUnknownKey
	}
	i := slices.IndexFunc(user.AccessKeys, func(k types.AccessKeyEntry) bool {
		return k.AccessKeyId == accessKey && k.Status == "Active"
	})
	if i < 0 {
		return nil, ErrUnknownKey
	}
	return &Identity{Secret: user.AccessKeys[i].SecretAccessKey, Principal: &Principal{
		Kind: User, AccountID: a.ID, ARN: a.Own(user.Arn), Name: user.UserName,
		UserID: user.UserID, Tags: user.Tags, Policies: user.Policies.Inline,
	}}, nil
}

func (d *Directory) session(ctx context.Context, accessKey string) (*Identity, error) {
	d.mu.Lock()
	s, ok := d.sessions[accessKey]
	d.mu.Unlock()
	if !ok { // one of AssumeRoleWithWebIdentity, which only the first account has
		stored, err := d.Customer().Store.GetSession(ctx, accessKey)
		if err != nil {
			return nil, ErrUnknownKey
		}
		s = session{*stored, d.Customer()}
	}
	principal := &Principal{
		Kind: Session, AccountID: s.account.ID, RoleARN: s.RoleArn, Name: s.RoleName,
		ARN:    "arn:aws:sts::" + s.account.ID + ":assumed-role/" + s.RoleName + "/" + s.RoleSessionName,
		UserID: s.RoleID + ":" + s.RoleSessionName,
	}
	if s.Policy != "" {
		principal.SessionPolicy = &types.PolicyEntry{PolicyDocument: s.Policy}
	}
	// A session of a deleted role lives on, but may do nothing; neither may
	// one of a role that was made again under the name.
	if role, extras, ok := s.account.SeenRole(ctx, s.RoleName); ok && role.RoleID == s.RoleID {
		principal.Tags = role.Tags
		principal.Policies, principal.Boundary = s.account.RolePolicies(role, extras)
	}
	return &Identity{Secret: s.SecretAccessKey, Token: s.SessionToken, Expires: s.Expiration, Principal: principal}, nil
}

// AddSession makes the key of a session in an account known.
func (d *Directory) AddSession(a *Account, s types.Session) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sessions[s.AccessKeyId] = session{s, a}
}

// Exists says whether arn names a principal: one of a customer's that is
// there, or one of VoiceBase's account, or the root of any other account.
func (d *Directory) Exists(ctx context.Context, arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[1] != "aws" || len(parts[4]) != 12 {
		return false
	}
	service, id, resource := parts[2], parts[4], parts[5]
	kind, path, _ := strings.Cut(resource, "/")
	name := path[strings.LastIndex(path, "/")+1:]
	account, ours := d.Account(id)
	switch {
	case service == "iam" && resource == "root":
		return true
	case id == VoiceBaseAccount:
		return arn == VoiceBaseARN
	case !ours:
		return service == "iam" && (kind == "user" || kind == "role") && name != ""
	case service == "iam" && kind == "user":
		user, ok := account.User(ctx, name)
		return ok && user.Arn == arn
	case service == "iam" && kind == "role":
		role, _, ok := account.SeenRole(ctx, name)
		return ok && role.Arn == arn
	case service == "sts" && kind == "assumed-role":
		role, _, ok := strings.Cut(path, "/")
		_, _, exists := account.SeenRole(ctx, role)
		return ok && exists
	}
	return false
}
