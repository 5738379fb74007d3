package assumerole_test

import (
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// inTime runs a test in fake time. The IAM is outside of it, and ends each connection with its answer.
func inTime(t *testing.T, settings map[string]any, do func(*testing.T, account)) {
	t.Helper()
	fake := awsfake.NewIAM(t)
	synctest.Test(t, func(t *testing.T) { do(t, accountOf(t, fake, time.Now, settings)) })
}

// TestRole_timeLimits has IAM throttle one call of a verb forever: the verb ends after five minutes, or after its own
// timeout, and its error says which argument that is.
func TestRole_timeLimits(t *testing.T) {
	t.Parallel()
	change := map[string]any{
		"description": "new", "permissions_boundary": boundedBy, "external_id": "another", "key_prefixes": []any{"calls/"}, "tags": map[string]any{"Team": "speech"},
	}
	for _, test := range []struct{ verb, action string }{
		{"create", "CreateRole"},
		{"create", "PutRolePolicy"},
		{"read", "GetRole"},
		{"read", "GetRolePolicy"},
		{"read", "ListRolePolicies"},
		{"update", "PutRolePermissionsBoundary"},
		{"update", "UpdateRole"},
		{"update", "UpdateAssumeRolePolicy"},
		{"update", "PutRolePolicy"},
		{"update", "TagRole"},
		{"delete", "ListAttachedRolePolicies"},
		{"delete", "DeleteRolePolicy"},
		{"delete", "DeleteRole"},
	} {
		for own, want := range map[string]time.Duration{"": 5 * time.Minute, "7m": 7 * time.Minute} {
			t.Run(test.verb+"/"+test.action+"/"+own, func(t *testing.T) {
				t.Parallel()
				inTime(t, map[string]any{"max_retries": 100}, func(t *testing.T, a account) {
					t.Helper()
					config := map[string]any{"name": "delivery", "bucket_arn": bucketARN, "exclusive_policies": true}
					if own != "" {
						limits := map[string]any{"create": "20m", "read": "20m", "update": "20m", "delete": "20m"}
						limits[test.verb] = own
						config["timeouts"] = limits
					}
					object := a.NewObject(t, roleType)
					if test.verb != "create" {
						expectContains(t, object.Become(t, config))
						time.Sleep(10 * time.Minute) // What is read is believed.
					}
					after := maps.Clone(config)
					maps.Copy(after, change)
					planned := object.Plan(t, after)
					a.iam.Refuse(test.action, "Throttling")
					start, errs := time.Now(), ""
					switch test.verb {
					case "create":
						errs = object.Become(t, config)
					case "read":
						_, errs = object.Read(t)
					case "update":
						errs = object.Apply(t, after, planned)
					case "delete":
						errs = object.Delete(t)
					}
					expectContains(t, errs, "`timeouts { "+test.verb+" = ", "Name: delivery", "AWS error code: Throttling")
					if took := time.Since(start); took != want {
						t.Errorf("took %s, want %s", took, want)
					}
				})
			})
		}
	}
}

// TestRole_seenLate believes for two minutes after a write that the role is there, though IAM does not show it. It
// does not wait for what a failed update has not written.
func TestRole_seenLate(t *testing.T) {
	t.Parallel()
	inTime(t, nil, func(t *testing.T, a account) {
		t.Helper()
		object, config := a.made(t, nil)
		read := func(when string, exists bool) time.Duration {
			start := time.Now()
			warnings, errs := object.Read(t)
			expectContains(t, warnings+errs)
			if object.Exists(t) != exists {
				t.Errorf("%s: the role is in the state: %t", when, !exists)
			}
			return time.Since(start)
		}
		for _, written := range []string{"create", "update"} {
			if written == "update" {
				time.Sleep(time.Hour)
				config["description"] = "new"
				expectContains(t, object.Become(t, config))
			}
			a.iam.RefuseSome("GetRole", "NoSuchEntity", 0, 3)
			if took := read("after the "+written, true); took == 0 || took > 2*time.Minute {
				t.Errorf("after the %s: waited %s", written, took)
			}
		}
		config["description"], config["external_id"] = "newer", "another"
		a.iam.Refuse("UpdateAssumeRolePolicy", "AccessDenied")
		expectContains(t, object.Become(t, config), "Unable to update delivery role")
		if took := read("after a failed update", true); took != 0 {
			t.Errorf("after a failed update: waited %s", took)
		}
		a.iam.RefuseSome("GetRole", "NoSuchEntity", 0, 1)
		read("long after", false)
	})
}

// TestRole_lost loses each answer to the create. A generated name goes to the state, where the next apply finds it; one
// of the configuration does not, because the role of that name may be somebody else's.
func TestRole_lost(t *testing.T) {
	t.Parallel()
	inTime(t, nil, func(t *testing.T, a account) {
		t.Helper()
		a.iam.Lose("CreateRole")
		object := a.NewObject(t, roleType)
		errs := object.Become(t, map[string]any{"bucket_arn": bucketARN, "name_prefix": "delivery-", "exclusive_policies": true})
		state := acctest.Texts(object.State(t))
		name := state["name"]
		if !strings.HasPrefix(name, "delivery-") {
			t.Errorf("the name is %q", name)
		}
		expectContains(t, errs, "Unable to create delivery role", "It is in state as tainted", "Name: "+name)
		expectTexts(t, "the state", state, map[string]string{
			"id": name, "name": name, "name_prefix": "delivery-", "path": "/", "max_session_duration": "3600", "voicebase_arn": voiceBase, "external_id": "organization",
			"bucket_arn": bucketARN, "access": "write", "assume_role_policy": trustsVoiceBase, "tags_all": "{}", "exclusive_policies": "true", "force_detach_policies": "false",
		})
		expectContains(t, object.Delete(t))
		if _, exists := a.iam.Role(name); exists {
			t.Errorf("%s is still there", name)
		}

		named := a.NewObject(t, roleType)
		errs = named.Become(t, map[string]any{"bucket_arn": bucketARN, "name": "delivery"})
		expectContains(t, errs, "Unable to create delivery role", "Name: delivery")
		if strings.Contains(errs, "tainted") || named.Exists(t) {
			t.Errorf("the role is in the state: %s", errs)
		}
	})
}

// TestRole_unknownPrincipal names the principal of the plan that IAM does not know, on its argument.
func TestRole_unknownPrincipal(t *testing.T) {
	t.Parallel()
	const other = "arn:aws:iam::777788889999:role/other"
	inTime(t, nil, func(t *testing.T, a account) {
		t.Helper()
		object, config := a.made(t, nil)
		config["voicebase_arn"] = other
		for _, action := range []string{"CreateRole", "UpdateAssumeRolePolicy"} {
			a.iam.Refuse(action, "MalformedPolicyDocument: Invalid principal in policy")
		}
		expectContains(t, object.Become(t, config), `"voicebase_arn"`, "Unable to update delivery role", "IAM cannot find the principal "+other, "Name: delivery")
		config["name"] = "second"
		expectContains(t, a.NewObject(t, roleType).Become(t, config), `"voicebase_arn"`, "Unable to create delivery role", "IAM cannot find the principal "+other, "Name: second")
	})
}

// TestRole_destroy takes off what others have put on the role where it may, and else leaves them where they are.
func TestRole_destroy(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		arguments map[string]any
		refused   string
		errs      []string
		actions   string
		unchanged bool
	}{
		"forced": {
			arguments: map[string]any{"force_detach_policies": true},
			actions:   "DeleteRole DeleteRole DeleteRolePolicy DeleteRolePolicy DetachRolePolicy ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies",
		},
		"in use": {errs: []string{
			"Unable to delete delivery role", "set force_detach_policies = true", "inline policy others, managed policy " + boundedBy, "Name: delivery", "AWS error code: DeleteConflict",
		}},
		"exclusive": {
			arguments: map[string]any{"exclusive_policies": true},
			actions:   "DeleteRole DeleteRolePolicy DeleteRolePolicy DetachRolePolicy ListAttachedRolePolicies ListRolePolicies",
		},
		"exclusive, not to be listed": {
			arguments: map[string]any{"exclusive_policies": true}, refused: "ListAttachedRolePolicies",
			errs: []string{"Unable to delete delivery role", "AWS error code: AccessDenied"}, unchanged: true,
		},
		"exclusive, not to be detached": {
			arguments: map[string]any{"exclusive_policies": true}, refused: "DetachRolePolicy",
			errs: []string{"Unable to delete delivery role", "AWS error code: AccessDenied"}, actions: "DeleteRolePolicy DetachRolePolicy ListAttachedRolePolicies ListRolePolicies",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTime(t, nil, func(t *testing.T, a account) {
				t.Helper()
				object, _ := a.made(t, test.arguments)
				role, _ := a.iam.Role("delivery")
				role.Inline["others"], role.Managed = "{}", []string{boundedBy}
				a.iam.Put("delivery", role)
				if test.refused != "" {
					a.iam.Refuse(test.refused, "AccessDenied")
				}
				expectContains(t, object.Delete(t), test.errs...)
				if test.actions != "" {
					a.expectActions(t, test.actions)
				}
				if test.unchanged {
					a.expectRole(t, "delivery", role)
				}
				_, exists := a.iam.Role("delivery")
				if want := len(test.errs) > 0; exists != want || object.Exists(t) != want {
					t.Errorf("the role is in IAM: %t, in the state: %t, want %t", exists, object.Exists(t), want)
				}
			})
		})
	}
}
