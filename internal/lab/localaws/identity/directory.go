package identity

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/versity/versitygw/iamapi/storage"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/state"
)

// Reasons for which a key is refused.
var (
	ErrUnknownKey   = errors.New("the access key does not exist")
	ErrNoToken      = errors.New("the access key needs its security token")
	ErrBadToken     = errors.New("the security token is not the key's")
	ErrExpiredToken = errors.New("the security token has expired")
)

// RoleExtras is what versitygw's roles cannot hold.
type RoleExtras struct {
	Description        *string
	MaxSessionDuration int32
	Boundary           string
	Attached           []string
}

// Directory finds identities by access key.
type Directory struct {
	// Store is versitygw's: users, roles and inline policies.
	Store storage.Storer
	// Roles has the rest of each role, by its name.
	Roles *state.Collection[RoleExtras]
	// Managed has the customer's managed policies, by ARN.
	Managed *state.Collection[ManagedPolicy]

	root, voicebase Credential
	mu              sync.Mutex
	sessions        map[string]types.Session
}

// Open reads the directory kept in dir.
func Open(dir string, root, voicebase Credential) (*Directory, error) {
	store, err := storage.New(storage.Config{Dir: filepath.Join(dir, "iam")})
	if err != nil {
		return nil, fmt.Errorf("opening the IAM store: %w", err)
	}
	roles, err := state.Open[RoleExtras](filepath.Join(dir, "roles"))
	if err != nil {
		return nil, err
	}
	managed, err := state.Open[ManagedPolicy](filepath.Join(dir, "policies"))
	if err != nil {
		return nil, err
	}
	return &Directory{
		Store: store, Roles: roles, Managed: managed,
		root: root, voicebase: voicebase, sessions: map[string]types.Session{},
	}, nil
}

// Lookup returns the identity of accessKey, or ErrUnknownKey.
func (d *Directory) Lookup(ctx context.Context, accessKey string) (*Identity, error) {
	switch accessKey {
	case d.root.AccessKey:
		return &Identity{Secret: d.root.Secret, Principal: &Principal{
			Kind: Root, AccountID: CustomerAccount, ARN: CustomerRootARN, UserID: CustomerAccount,
		}}, nil
	case d.voicebase.AccessKey:
		return &Identity{Secret: d.voicebase.Secret, Principal: &Principal{
			Kind: Foreign, AccountID: VoiceBaseAccount, ARN: VoiceBaseARN,
			Name: VoiceBaseARN[strings.LastIndex(VoiceBaseARN, "/")+1:], UserID: "AIDAVOICEBASEDELIVERY",
		}}, nil
	}
	if strings.HasPrefix(accessKey, "ASIA") {
		return d.session(ctx, accessKey)
	}
	return d.user(ctx, accessKey)
}

func (d *Directory) user(ctx context.Context, accessKey string) (*Identity, error) {
	user, err := d.Store.GetUserByAccessKeyID(ctx, accessKey)
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
		Kind: User, AccountID: CustomerAccount, ARN: user.Arn, Name: user.UserName,
		UserID: user.UserID, Tags: user.Tags, Policies: user.Policies.Inline,
	}}, nil
}

func (d *Directory) session(ctx context.Context, accessKey string) (*Identity, error) {
	d.mu.Lock()
	s, ok := d.sessions[accessKey]
	d.mu.Unlock()
	if !ok { // one of AssumeRoleWithWebIdentity
		stored, err := d.Store.GetSession(ctx, accessKey)
		if err != nil {
			return nil, ErrUnknownKey
		}
		s = *stored
	}
	principal := &Principal{
		Kind: Session, AccountID: CustomerAccount, RoleARN: s.RoleArn, Name: s.RoleName,
		ARN:    "arn:aws:sts::" + CustomerAccount + ":assumed-role/" + s.RoleName + "/" + s.RoleSessionName,
		UserID: s.RoleID + ":" + s.RoleSessionName,
	}
	if s.Policy != "" {
		principal.SessionPolicy = &types.PolicyEntry{PolicyDocument: s.Policy}
	}
	// A session of a deleted role lives on, but may do nothing; neither may
	// one of a role that was made again under the name.
	if role, err := d.Store.GetRole(ctx, s.RoleName); err == nil && role.RoleID == s.RoleID {
		principal.Tags = role.Tags
		principal.Policies, principal.Boundary = d.RolePolicies(role)
	}
	return &Identity{Secret: s.SecretAccessKey, Token: s.SessionToken, Expires: s.Expiration, Principal: principal}, nil
}

// RolePolicies returns a role's policies, inline and attached, and its
// permissions boundary, or nil.
func (d *Directory) RolePolicies(role *types.Role) ([]types.PolicyEntry, *types.PolicyEntry) {
	extras, _ := d.Roles.Get(role.RoleName)
	policies := slices.Clone(role.Policies.Inline)
	for _, arn := range extras.Attached {
		if p, ok := d.ManagedPolicy(arn); ok {
			policies = append(policies, types.PolicyEntry{PolicyName: p.Name, PolicyDocument: p.Document})
		}
	}
	if extras.Boundary == "" {
		return policies, nil
	}
	boundary, _ := d.ManagedPolicy(extras.Boundary)
	// A boundary whose policy is gone has no document, which denies everything.
	return policies, &types.PolicyEntry{PolicyName: boundary.Name, PolicyDocument: boundary.Document}
}

// AddSession makes a session's key known.
func (d *Directory) AddSession(s types.Session) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sessions[s.AccessKeyId] = s
}

// Root returns the customer administrator's key.
func (d *Directory) Root() Credential { return d.root }

// VoiceBase returns the key of VoiceBase's user.
func (d *Directory) VoiceBase() Credential { return d.voicebase }

// Exists says whether arn names a principal: one of the customer's that is
// there, or one of VoiceBase's account, or the root of any other account.
func (d *Directory) Exists(ctx context.Context, arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[1] != "aws" || len(parts[4]) != 12 {
		return false
	}
	service, account, resource := parts[2], parts[4], parts[5]
	kind, path, _ := strings.Cut(resource, "/")
	name := path[strings.LastIndex(path, "/")+1:]
	switch {
	case service == "iam" && resource == "root":
		return true
	case account == VoiceBaseAccount:
		return arn == VoiceBaseARN
	case account != CustomerAccount:
		return service == "iam" && (kind == "user" || kind == "role") && name != ""
	case service == "iam" && kind == "user":
		user, err := d.Store.GetUser(ctx, name)
		return err == nil && user.Arn == arn
	case service == "iam" && kind == "role":
		role, err := d.Store.GetRole(ctx, name)
		return err == nil && role.Arn == arn
	case service == "sts" && kind == "assumed-role":
		role, _, ok := strings.Cut(path, "/")
		_, err := d.Store.GetRole(ctx, role)
		return ok && err == nil
	}
	return false
}
