package identity

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/versity/versitygw/iamapi/storage"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/state"
)

// RoleExtras is what versitygw's roles cannot hold.
type RoleExtras struct {
	Description        *string
	MaxSessionDuration int32
	Boundary           string
	Attached           []string
}

// Account is an account of a customer's, with all its identities.
type Account struct {
	ID   string
	Root Credential
	// Store is versitygw's: users, roles and inline policies. It takes itself
	// for CustomerAccount, whichever account it is of.
	Store storage.Storer
	// Roles has the rest of each role, by its name.
	Roles *state.Collection[RoleExtras]
	// Managed has the account's managed policies, by ARN.
	Managed *state.Collection[ManagedPolicy]

	roles lag.History[roleState]
}

// roleState is a role as it was; Role is nil while there was none.
type roleState struct {
	role   *types.Role
	extras RoleExtras
}

func openAccount(dir, id string, root Credential) (*Account, error) {
	if err := os.MkdirAll(filepath.Join(dir, "iam"), 0o700); err != nil {
		return nil, fmt.Errorf("making an account's folder: %w", err)
	}
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
	return &Account{ID: id, Root: root, Store: store, Roles: roles, Managed: managed}, nil
}

// RootARN names the account's administrator.
func (a *Account) RootARN() string { return "arn:aws:iam::" + a.ID + ":root" }

// Own returns one of versitygw's ARNs, or its answer, as one of this account.
func (a *Account) Own(text string) string {
	return strings.ReplaceAll(text, "::"+CustomerAccount+":", "::"+a.ID+":")
}

// Role returns a role and what versitygw cannot hold of it, as it is now.
func (a *Account) Role(ctx context.Context, name string) (*types.Role, RoleExtras, bool) {
	role, err := a.Store.GetRole(ctx, name)
	if err != nil {
		return nil, RoleExtras{}, false
	}
	role.Arn = a.Own(role.Arn)
	extras, _ := a.Roles.Get(role.RoleName)
	return role, extras, true
}

// SeenRole is Role as ctx sees it, see package lag.
func (a *Account) SeenRole(ctx context.Context, name string) (*types.Role, RoleExtras, bool) {
	seen, ok := a.roleAt(ctx, name, lag.At(ctx, lag.Role))
	if !ok {
		return a.newRole(ctx, name)
	}
	policies, _ := a.roleAt(ctx, name, lag.At(ctx, lag.RolePolicy))
	role := *seen.role
	role.Policies = types.Policies{}
	if policies.role != nil {
		role.Policies = policies.role.Policies
	}
	seen.extras.Attached = policies.extras.Attached
	return &role, seen.extras, true
}

// newRole is a role that is not seen yet. In the second half of its lag it is
// there, but goes by its unique ID, as AWS's do at times.
func (a *Account) newRole(ctx context.Context, name string) (*types.Role, RoleExtras, bool) {
	seen, ok := a.roleAt(ctx, name, time.Now().Add(-lag.Of(ctx, lag.Role)/2))
	if !ok {
		return nil, RoleExtras{}, false
	}
	role := *seen.role
	role.Arn = role.RoleID
	return &role, seen.extras, true
}

func (a *Account) roleAt(ctx context.Context, name string, at time.Time) (roleState, bool) {
	if old, ok := a.roles.At(strings.ToLower(name), at); ok {
		return old, old.role != nil
	}
	role, extras, ok := a.Role(ctx, name)
	return roleState{role, extras}, ok
}

// ChangingRole notes the state of a role that is about to be changed.
func (a *Account) ChangingRole(ctx context.Context, name string) {
	role, extras, _ := a.Role(ctx, name)
	a.roles.Ended(strings.ToLower(name), roleState{role, extras})
}

// User returns a user.
func (a *Account) User(ctx context.Context, name string) (*types.User, bool) {
	user, err := a.Store.GetUser(ctx, name)
	if err != nil {
		return nil, false
	}
	user.Arn = a.Own(user.Arn)
	return user, true
}

// RolePolicies returns a role's policies, inline and attached, and its
// permissions boundary, or nil.
func (a *Account) RolePolicies(role *types.Role, extras RoleExtras) ([]types.PolicyEntry, *types.PolicyEntry) {
	policies := append([]types.PolicyEntry(nil), role.Policies.Inline...)
	for _, arn := range extras.Attached {
		if p, ok := a.ManagedPolicy(arn); ok {
			policies = append(policies, types.PolicyEntry{PolicyName: p.Name, PolicyDocument: p.Document})
		}
	}
	if extras.Boundary == "" {
		return policies, nil
	}
	boundary, _ := a.ManagedPolicy(extras.Boundary)
	// A boundary whose policy is gone has no document, which denies everything.
	return policies, &types.PolicyEntry{PolicyName: boundary.Name, PolicyDocument: boundary.Document}
}
