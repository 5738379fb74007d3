package assumerole_test

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// deliveryRole is what the tests below begin with, as IAM has it.
func deliveryRole() awsfake.Role {
	return awsfake.Role{
		Path: "/", Duration: "3600", Trust: trustsVoiceBase, Tags: map[string]string{}, Inline: map[string]string{iamrole.PolicyName: writesBucket},
	}
}

// made is a role after its create, with more arguments.
func (a account) made(t *testing.T, more map[string]any) (*acctest.Object, map[string]any) {
	t.Helper()
	object, config := a.NewObject(t, roleType), map[string]any{"name": "delivery", "bucket_arn": bucketARN}
	for name, value := range more {
		config[name] = value
	}
	if errs := object.Become(t, config); errs != "" {
		t.Fatal(errs)
	}
	a.iam.Actions()
	return object, config
}

// TestRole_halfMade keeps a role whose permissions could not be set, as it is: without permissions.
func TestRole_halfMade(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]map[string]any{"named": {"name": "delivery"}, "generated": {"name_prefix": "delivery-"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, nil)
			a.iam.Refuse("PutRolePolicy", "AccessDenied")
			object := a.NewObject(t, roleType)
			config := map[string]any{"bucket_arn": bucketARN, "exclusive_policies": true}
			for argument, value := range more {
				config[argument] = value
			}
			errs := object.Become(t, config)
			expectContains(t, errs, "Unable to set the permissions of delivery role", "AWS error code: AccessDenied", "made to fail", "fake-request")
			state := acctest.Texts(object.State(t))
			made := state["name"]
			prefix, _ := more["name_prefix"].(string)
			if !strings.HasPrefix(made, "delivery") || (prefix == "") != (made == "delivery") {
				t.Errorf("the name is %s", made)
			}
			expectTexts(t, "the state", state, map[string]string{
				"id": made, "name": made, "name_prefix": prefix, "path": "/", "max_session_duration": "3600", "arn": awsfake.RoleARN("/", made), "unique_id": "AROA" + strings.ToUpper(made),
				"create_date": "2026-01-02T03:04:05Z", "voicebase_arn": voiceBase, "external_id": "organization", "bucket_arn": bucketARN, "access": "write",
				"assume_role_policy": trustsVoiceBase, "tags_all": "{}", "exclusive_policies": "true", "force_detach_policies": "false",
			})
			expectTexts(t, "the identity", object.Identity(t), map[string]string{"name": made})
			role := deliveryRole()
			role.Inline = map[string]string{}
			a.expectRole(t, made, role)
			a.expectActions(t, "CreateRole PutRolePolicy")
		})
	}
}

func expectContains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("got %q, want %q", text, part)
		}
	}
	if len(parts) == 0 && text != "" {
		t.Errorf("got %q, want nothing", text)
	}
}

// TestRole_refused lets each call of each verb be refused: the error names the action, the role and AWS's answer, the
// verb makes no further call, and the state stays.
func TestRole_refused(t *testing.T) {
	t.Parallel()
	everything := map[string]any{
		"description": "new", "permissions_boundary": boundedBy, "external_id": "another", "key_prefixes": []any{"calls/"}, "tags": map[string]any{"Team": "speech"}, "exclusive_policies": true,
	}
	for _, test := range []struct{ verb, action, code, summary string }{
		{"create", "CreateRole", "AccessDenied", "Unable to create delivery role"},
		{"create", "CreateRole", "EntityAlreadyExists", "already exists"},
		{"read", "GetRole", "AccessDenied", "Unable to read delivery role"},
		{"read", "GetRolePolicy", "AccessDenied", "Unable to read delivery role"},
		{"plan", "ListRolePolicies", "AccessDenied", "Unable to list the policies of delivery role"},
		{"plan", "ListAttachedRolePolicies", "AccessDenied", "Unable to list the policies of delivery role"},
		{"update", "PutRolePermissionsBoundary", "AccessDenied", "Unable to update delivery role"},
		{"update", "UpdateRole", "AccessDenied", "Unable to update delivery role"},
		{"update", "UpdateAssumeRolePolicy", "AccessDenied", "Unable to update delivery role"},
		{"update", "PutRolePolicy", "AccessDenied", "Unable to update delivery role"},
		{"update", "TagRole", "AccessDenied", "Unable to update delivery role"},
		{"update", "DeleteRolePolicy", "AccessDenied", "Unable to update delivery role"},
		{"delete", "DeleteRolePolicy", "AccessDenied", "Unable to delete delivery role"},
		{"delete", "DeleteRole", "AccessDenied", "Unable to delete delivery role"},
		{"delete exclusive", "ListRolePolicies", "AccessDenied", "Unable to delete delivery role"},
		{"data", "GetRole", "AccessDenied", "Unable to read delivery role"},
		{"data", "GetRolePolicy", "AccessDenied", "Unable to read delivery role"},
	} {
		t.Run(test.verb+"/"+test.action+"/"+test.code, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, nil)
			more := map[string]any{}
			if test.verb == "delete exclusive" {
				more["exclusive_policies"] = true
			}
			object, config := a.NewObject(t, roleType), map[string]any{"name": "delivery", "bucket_arn": bucketARN}
			if test.verb != "create" {
				object, config = a.made(t, more)
			}
			before := acctest.Texts(object.State(t))
			if test.verb != "create" {
				role, _ := a.iam.Role("delivery")
				role.Inline["others"] = "{}"
				a.iam.Put("delivery", role)
			}
			errs := ""
			switch test.verb {
			case "create":
				a.iam.Refuse(test.action, test.code)
				errs = object.Become(t, config)
			case "read":
				a.iam.Refuse(test.action, test.code)
				_, errs = object.Read(t)
			case "plan":
				a.iam.Refuse(test.action, test.code)
				config["exclusive_policies"] = true
				errs = object.Plan(t, config).Errors
			case "update":
				for argument, value := range everything {
					config[argument] = value
				}
				planned := object.Plan(t, config)
				expectContains(t, planned.Errors)
				a.iam.Refuse(test.action, test.code)
				errs = object.Apply(t, config, planned)
			case "delete", "delete exclusive":
				a.iam.Refuse(test.action, test.code)
				errs = object.Delete(t)
			case "data":
				a.iam.Refuse(test.action, test.code)
				_, errs = a.Read(t, roleType, map[string]any{"name": "delivery"})
			}
			expectContains(t, errs, test.summary, "Name: delivery", "AWS error code: "+test.code, "made to fail", "fake-request", test.action)
			if strings.Count(errs, "\n\n\n") > 0 || strings.Count(errs, test.summary) != 1 {
				t.Errorf("more than one error: %s", errs)
			}
			expectTexts(t, "the state", acctest.Texts(object.State(t)), before)
			if role, _ := a.iam.Role("delivery"); test.verb != "create" && role.Inline["others"] == "" {
				t.Error("the policy of others is gone, although the call before was refused")
			}
		})
	}
}

// TestRole_noClient has settings without which no call can be made: each verb says so, and nothing is lost.
func TestRole_noClient(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object, config := a.made(t, nil)
	nobody := newAccount(t, map[string]any{"access_key": acctest.Unknown})
	lost := object.On(nobody.Server)
	_, read := lost.Read(t)
	config["exclusive_policies"] = true
	planned := object.Plan(t, config)
	_, data := nobody.Read(t, roleType, map[string]any{"name": "delivery"})
	listed := nobody.List(t, roleType, nil, false, 10, 0)
	_, _, imported := nobody.Import(t, roleType, "delivery")
	for verb, errs := range map[string]string{
		"read": read, "plan": lost.Plan(t, config).Errors, "update": lost.Apply(t, config, planned), "delete": lost.Delete(t), "data source": data, "list": listed[0].Errors,
		"import": imported, "create": nobody.NewObject(t, roleType).Become(t, map[string]any{"bucket_arn": bucketARN}),
	} {
		if !strings.Contains(errs, "known only after apply: access_key") {
			t.Errorf("%s: %q", verb, errs)
		}
	}
	if !lost.Exists(t) {
		t.Error("the role is no longer in the state")
	}
}

// TestRole_gone takes a role that somebody has deleted out of the state, and finds nothing to delete.
func TestRole_gone(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object, _ := a.made(t, nil)
	other := a.NewObject(t, roleType)
	if errs := other.Become(t, map[string]any{"name": "other", "bucket_arn": bucketARN}); errs != "" {
		t.Fatal(errs)
	}
	a.iam.Remove("delivery")
	a.iam.Remove("other")
	if warnings, errs := object.Read(t); warnings+errs != "" || object.Exists(t) {
		t.Errorf("got %q, %q", warnings, errs)
	}
	if errs := other.Delete(t); errs != "" || other.Exists(t) {
		t.Errorf("got %q", errs)
	}
	_, errs := a.Read(t, roleType, map[string]any{"name": "delivery"})
	expectContains(t, errs, "No such delivery role", `There is no role "delivery" in this account.`, `"name"`)
}

// TestRole_data reads what the role is, without the tags that ignore_tags ignores.
func TestRole_data(t *testing.T) {
	t.Parallel()
	a := newAccount(t, map[string]any{"ignore_tags": []any{map[string]any{"keys": []any{"Theirs"}}}})
	role := deliveryRole()
	role.Path, role.Description, role.Boundary, role.Inline[iamrole.PolicyName] = "/team/", "for VoiceBase", boundedBy, writesPrefix
	role.Tags = map[string]string{"Theirs": "x", "Team": "speech"}
	a.iam.Put("delivery", role)
	found, warnings, errs := a.ReadWarned(t, roleType, map[string]any{"name": "delivery"})
	expectContains(t, warnings+errs)
	want := map[string]string{
		"id": "delivery", "name": "delivery", "arn": awsfake.RoleARN("/team/", "delivery"), "unique_id": "AROADELIVERY", "create_date": "2026-01-02T03:04:05Z", "path": "/team/",
		"description": "for VoiceBase", "permissions_boundary": boundedBy, "max_session_duration": "3600", "voicebase_arn": voiceBase, "external_id": "organization",
		"bucket_arn": bucketARN, "bucket_account_id": "444455556666", "key_prefixes": "[calls/]", "access": "write", "assume_role_policy": trustsVoiceBase,
		"permissions_policy": writesPrefix, "tags_all": "{Team=speech}",
	}
	expectTexts(t, "the data source", acctest.Texts(found), want)

	role.Trust = strings.Replace(trustsVoiceBase, voiceBase, "AROAEXAMPLEEXAMPLE123", 1)
	a.iam.Put("delivery", role)
	_, warnings, errs = a.ReadWarned(t, roleType, map[string]any{"name": "delivery"})
	expectContains(t, errs)
	expectContains(t, warnings, `"assume_role_policy"`, "VoiceBase can no longer assume the role", `The role "delivery" trusts AROAEXAMPLEEXAMPLE123`, "Apply the configuration that the role is from")
}
