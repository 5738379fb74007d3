package identity_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/versity/versitygw/iamapi/storage"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
)

const roleID = "AROAEXAMPLE"

func open(t *testing.T) *identity.Directory {
	t.Helper()
	d, err := identity.Open(t.TempDir(), identity.Keys{
		Customer: identity.Credential{AccessKey: "AKIACUSTOMER"}, Other: identity.Credential{AccessKey: "AKIAOTHER"}, VoiceBase: identity.Credential{AccessKey: "AKIAVOICEBASE"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func createRole(t *testing.T, a *identity.Account) {
	t.Helper()
	a.ChangingRole(t.Context(), "r")
	role := types.Role{RoleName: "r", RoleID: roleID, Arn: "arn:aws:iam::" + identity.CustomerAccount + ":role/r"}
	if _, err := a.Store.CreateRole(t.Context(), role); err != nil {
		t.Fatal(err)
	}
}

// TestNewRoleAppears follows a role through its lag: missing, by its ID, by
// its ARN.
func TestNewRoleAppears(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t)
		a := d.Customer()
		ctx := lag.With(t.Context(), lag.Lag{lag.Role: 2 * time.Second})
		createRole(t, a)
		seen := func(ctx context.Context) string {
			role, _, ok := a.SeenRole(ctx, "R")
			if !ok {
				return "missing"
			}
			return role.Arn
		}
		const arn = "arn:aws:iam::000000000000:role/r"
		steps := []struct {
			after  time.Duration
			want   string
			exists bool
		}{{time.Millisecond, "missing", false}, {900 * time.Millisecond, "missing", false}, {200 * time.Millisecond, roleID, false}, {time.Second, arn, true}}
		for _, step := range steps {
			time.Sleep(step.after)
			if got := seen(ctx); got != step.want {
				t.Errorf("seen as %s, want %s", got, step.want)
			}
			if got := d.Exists(ctx, arn); got != step.exists {
				t.Errorf("as a principal: %v", got)
			}
			if got := seen(t.Context()); got != arn {
				t.Errorf("without a lag: %s", got)
			}
		}
	})
}

func TestPoliciesLagByThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := open(t).Customer()
		createRole(t, a)
		time.Sleep(time.Minute)
		a.ChangingRole(t.Context(), "r")
		if err := a.Store.PutRolePolicy(t.Context(), storage.PutRolePolicyInput{RoleName: "r", PolicyName: "p", PolicyDocument: "{}"}); err != nil {
			t.Fatal(err)
		}
		if err := a.Roles.Put("r", identity.RoleExtras{MaxSessionDuration: 7200, Attached: []string{"arn"}}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		for kind, want := range map[string]struct {
			policies int
			seconds  int32
		}{lag.Role: {1, 0}, lag.RolePolicy: {0, 7200}, "policy": {1, 7200}, "": {0, 0}} {
			role, extras, ok := a.SeenRole(lag.With(t.Context(), lag.Lag{kind: 2 * time.Second}), "r")
			if !ok || len(role.Policies.Inline) != want.policies || len(extras.Attached) != want.policies || extras.MaxSessionDuration != want.seconds {
				t.Errorf("lag of %q: %+v %+v", kind, role, extras)
			}
		}
	})
}

func TestAccountsAreApart(t *testing.T) {
	d := open(t)
	other, ok := d.Account(identity.OtherAccount)
	if !ok {
		t.Fatal("no second account")
	}
	createRole(t, other)
	role, _, ok := other.Role(t.Context(), "r")
	if !ok || role.Arn != "arn:aws:iam::"+identity.OtherAccount+":role/r" {
		t.Errorf("the other account's role: %+v", role)
	}
	if _, _, ok := d.Customer().Role(t.Context(), "r"); ok {
		t.Error("the customer has the other's role")
	}
	if !d.Exists(t.Context(), role.Arn) || d.Exists(t.Context(), strings.Replace(role.Arn, identity.OtherAccount, identity.CustomerAccount, 1)) {
		t.Error("the role is a principal of the wrong account")
	}
}

// TestSessionsExpire follows a session's key to its end and beyond.
func TestSessionsExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t)
		d.AddSession(d.Customer(), types.Session{AccessKeyId: "ASIASESSION", SessionToken: "token", RoleName: "r", Expiration: time.Now().Add(time.Hour)})
		check := func(token string) error {
			id, err := d.Lookup(t.Context(), "ASIASESSION")
			if err != nil {
				t.Fatal(err)
			}
			return id.CheckToken(token, time.Now())
		}
		time.Sleep(time.Hour)
		if err := check("token"); err != nil {
			t.Errorf("in its last second: %v", err)
		}
		time.Sleep(time.Second)
		if err := check("token"); !errors.Is(err, identity.ErrExpiredToken) {
			t.Errorf("after its end: %v", err)
		}
		if err := check("another"); !errors.Is(err, identity.ErrBadToken) {
			t.Errorf("with another token: %v", err)
		}
		if err := check(""); !errors.Is(err, identity.ErrNoToken) {
			t.Errorf("without a token: %v", err)
		}
	})
}
