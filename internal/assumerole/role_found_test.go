package assumerole_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// adopted are the texts of a role that was listed or imported.
func adopted(path, name string) map[string]string {
	return map[string]string{
		"id": name, "name": name, "name_prefix": "", "path": path, "max_session_duration": "3600", "arn": awsfake.RoleARN(path, name), "unique_id": "AROA" + strings.ToUpper(name),
		"create_date": "2026-01-02T03:04:05Z", "voicebase_arn": voiceBase, "external_id": "organization", "bucket_arn": bucketARN, "access": "write",
		"assume_role_policy": trustsVoiceBase, "permissions_policy": writesBucket, "tags_all": "{}", "exclusive_policies": "false", "force_detach_policies": "false",
	}
}

// TestRoleList has each filter, the limit, and what is said of a role that cannot be imported.
func TestRoleList(t *testing.T) {
	t.Parallel()
	a := newAccount(t, map[string]any{"ignore_tags": []any{map[string]any{"keys": []any{"Theirs"}}}})
	put := func(path, name, trust string) {
		role := deliveryRole()
		role.Path, role.Trust, role.Tags = path, trust, map[string]string{"Theirs": "x", "Team": "speech"}
		a.iam.Put(name, role)
	}
	put("/", "a", trustsVoiceBase)
	put("/", "b-other", trustsOther)
	put("/vendors/", "c", trustsVoiceBase)
	put("/vendors/", "d-denied", strings.Replace(trustsVoiceBase, `"StringEquals":{`, `"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals":{`, 1))
	names := func(config map[string]any, limit int64, stop int) string {
		var all []string
		for _, listed := range a.List(t, roleType, config, false, limit, stop) {
			if listed.Errors+listed.Warnings != "" || listed.Resource != nil || !reflect.DeepEqual(listed.Identity, map[string]string{"name": listed.Name}) {
				t.Errorf("listed %+v", listed)
			}
			all = append(all, listed.Name)
		}
		return strings.Join(all, " ")
	}
	for _, test := range []struct {
		config map[string]any
		limit  int64
		stop   int
		want   string
	}{
		{nil, 10, 0, "a c d-denied"},
		{nil, 3, 0, "a c d-denied"},
		{nil, 2, 0, "a c"},
		{nil, 1, 0, "a"},
		{nil, 10, 2, "a c"},
		{map[string]any{"path_prefix": "/vendors/"}, 10, 0, "c d-denied"},
		{map[string]any{"path_prefix": "/nowhere/"}, 10, 0, ""},
		{map[string]any{"voicebase_arn": "arn:aws:iam::777788889999:role/other"}, 10, 0, "b-other"},
		{map[string]any{"voicebase_arn": "111122223333"}, 10, 0, "a c d-denied"},
	} {
		if got := names(test.config, test.limit, test.stop); got != test.want {
			t.Errorf("%v, limit %d: %q, want %q", test.config, test.limit, got, test.want)
		}
	}
	a.iam.Actions()

	whole := a.List(t, roleType, map[string]any{"path_prefix": "/vendors/"}, true, 10, 0)
	if len(whole) != 2 || whole[0].Name != "c" || whole[0].Errors+whole[0].Warnings != "" || whole[1].Name != "" || whole[1].Errors != "" || whole[1].Resource != nil {
		t.Fatalf("listed %+v", whole)
	}
	expectTexts(t, "a listed role", whole[0].Resource, with(adopted("/vendors/", "c"), map[string]string{"tags": "{Team=speech}", "tags_all": "{Team=speech}"}))
	expectContains(t, whole[1].Warnings, "Unable to import the trust policy", `role "d-denied" has restrictions`)

	role := deliveryRole()
	role.Inline["others"] = "{}"
	a.iam.Put("c", role)
	if listed := a.List(t, roleType, nil, true, 2, 0); len(listed) != 2 || !strings.Contains(listed[1].Warnings, "- inline policy others") || listed[1].Resource == nil {
		t.Errorf("listed %+v", listed)
	}
	a.iam.Refuse("GetRole", "AccessDenied")
	if listed := a.List(t, roleType, nil, true, 1, 0); len(listed) != 1 || listed[0].Errors != "" || listed[0].Resource != nil {
		t.Errorf("listed %+v", listed)
	} else {
		expectContains(t, listed[0].Warnings, "Unable to read delivery role", "Name: a", "AWS error code: AccessDenied", "GetRole")
	}
	a.iam.Refuse("ListRoles", "AccessDenied")
	if listed := a.List(t, roleType, nil, false, 10, 0); len(listed) != 1 {
		t.Errorf("listed %+v", listed)
	} else {
		expectContains(t, listed[0].Errors, "Unable to list delivery role", "Name: "+voiceBase, "AWS error code: AccessDenied", "ListRoles")
	}
	nobody := newAccount(t, map[string]any{"voicebase_arn": nil})
	if listed := nobody.List(t, roleType, nil, false, 10, 0); len(listed) != 1 {
		t.Errorf("listed %+v", listed)
	} else {
		expectContains(t, listed[0].Errors, `"voicebase_arn"`, "Missing VoiceBase ARN", "VOICEBASE_ARN")
	}
	for argument, bad := range map[string]string{"voicebase_arn": "*", "path_prefix": "vendors"} {
		if listed := a.List(t, roleType, map[string]any{argument: bad}, false, 10, 0); len(listed) != 1 || !strings.Contains(listed[0].Errors, `"`+argument+`"`) {
			t.Errorf("%s: listed %+v", argument, listed)
		}
	}
}

// TestRole_imported takes a role over by each of its names: what is on it becomes the arguments.
func TestRole_imported(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(t *testing.T, a account) (*acctest.Object, string, string){
		"name": func(t *testing.T, a account) (*acctest.Object, string, string) {
			t.Helper()
			return a.Import(t, roleType, "delivery")
		},
		"ARN": func(t *testing.T, a account) (*acctest.Object, string, string) {
			t.Helper()
			return a.Import(t, roleType, awsfake.RoleARN("/team/", "delivery"))
		},
		"identity": func(t *testing.T, a account) (*acctest.Object, string, string) {
			t.Helper()
			return a.ImportIdentity(t, roleType, map[string]any{"name": "delivery"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, nil)
			role := deliveryRole()
			role.Path = "/team/"
			a.iam.Put("delivery", role)
			object, warnings, errs := take(t, a)
			expectContains(t, warnings+errs)
			expectTexts(t, "the import", acctest.Texts(object.State(t)), adopted("/team/", "delivery"))
			expectTexts(t, "the identity", object.Identity(t), map[string]string{"name": "delivery"})
			a.expectActions(t, "GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies")

			// Only the first read takes over. A second one looks for differences.
			role.Inline["others"] = "{}"
			a.iam.Put("delivery", role)
			warnings, errs = object.Read(t)
			expectContains(t, warnings+errs)
			a.expectActions(t, "GetRole GetRolePolicy")
		})
	}
}

// TestRole_importRefused takes over no role of another account, none of AWS's own, and none that it would widen.
func TestRole_importRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		id     string
		change func(*awsfake.Role)
		want   []string
	}{
		"another account": {id: "arn:aws:iam::777788889999:role/delivery", want: []string{
			"Unable to import delivery role", `The role "delivery" of the provider's account has the ARN ` + awsfake.RoleARN("/", "delivery") + `, not arn:aws:iam::777788889999:role/delivery`,
		}},
		"another path":   {id: awsfake.RoleARN("/team/", "delivery"), want: []string{"Unable to import delivery role"}},
		"service-linked": {change: func(r *awsfake.Role) { r.Path = "/aws-service-role/x.amazonaws.com/" }, want: []string{`The role "delivery" has the path /aws-service-role/`, "it belongs to an AWS service"}},
		"a path like it": {change: func(r *awsfake.Role) { r.Path = "/team/aws-reserved/" }},
		"of SSO":         {change: func(r *awsfake.Role) { r.Path = "/aws-reserved/sso.amazonaws.com/" }, want: []string{"it belongs to an AWS service"}},
		"a condition": {change: func(r *awsfake.Role) {
			r.Trust = strings.Replace(r.Trust, `"StringEquals":{`, `"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals":{`, 1)
		}, want: []string{`"assume_role_policy"`, "Unable to import the trust policy", "aws:SourceIp"}},
		"a bad name": {id: "a b", want: []string{"Invalid import ID", "give the name of the role"}},
		"a user":     {id: "arn:aws:iam::444455556666:user/delivery", want: []string{"Invalid import ID", "is not the ARN of a role"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, nil)
			role := deliveryRole()
			if test.change != nil {
				test.change(&role)
			}
			a.iam.Put("delivery", role)
			id := test.id
			if id == "" {
				id = "delivery"
			}
			_, _, errs := a.Import(t, roleType, id)
			expectContains(t, errs, test.want...)
		})
	}
	a := newAccount(t, nil)
	if _, _, errs := a.ImportIdentity(t, roleType, map[string]any{"name": "no:colons"}); !strings.Contains(errs, "Invalid import ID") {
		t.Errorf("by a bad identity: %q", errs)
	}
}

// TestRole_importOthers reads the bucket from whichever policy names it, and says what else is on the role.
func TestRole_importOthers(t *testing.T) {
	t.Parallel()
	const own, managed = "arn:aws:iam::444455556666:policy/own", "arn:aws:iam::aws:policy/AmazonS3FullAccess"
	const always = "GetRole GetRolePolicy"
	for name, test := range map[string]struct {
		role     func(*awsfake.Role)
		fail     string
		pass     int
		warnings []string
		bucket   string
		actions  string
	}{
		"an inline policy": {
			role:     func(r *awsfake.Role) { r.Inline = map[string]string{"put": writesPrefix} },
			warnings: []string{`"exclusive_policies"`, "Other policies on the role", "- inline policy put"}, bucket: bucketARN,
			actions: "GetRole GetRolePolicy GetRolePolicy ListAttachedRolePolicies ListRolePolicies",
		},
		"a managed policy": {
			role:     func(r *awsfake.Role) { r.Inline, r.Managed = map[string]string{}, []string{own, managed} },
			warnings: []string{"- managed policy " + own + "\n- managed policy " + managed}, bucket: bucketARN,
			actions: "GetPolicy GetPolicyVersion " + always + " ListAttachedRolePolicies ListRolePolicies",
		},
		"an inline policy before a managed one": {
			role:     func(r *awsfake.Role) { r.Inline, r.Managed = map[string]string{"put": writesPrefix}, []string{own} },
			warnings: []string{"- inline policy put\n- managed policy " + own}, bucket: bucketARN,
			actions: "GetRole GetRolePolicy GetRolePolicy ListAttachedRolePolicies ListRolePolicies",
		},
		"nothing": {
			role:     func(r *awsfake.Role) { r.Inline = map[string]string{} },
			warnings: []string{`"bucket_arn"`, "No delivery bucket found", `No policy of role "delivery" grants`, "bucket_arn and key_prefixes are empty after the import", `"voicebase-delivery".` + "\n"},
			actions:  always + " ListAttachedRolePolicies ListRolePolicies",
		},
		"something else": {
			role:     func(r *awsfake.Role) { r.Inline = map[string]string{"list": statement("s3:ListAllMyBuckets")} },
			warnings: []string{"No delivery bucket found", `No policy of role "delivery" grants`, "What the role has:\n\n- ", "s3:ListAllMyBuckets", `Besides the inline policy "voicebase-delivery", role "delivery" has`},
		},
		"more than ours": {
			role: func(r *awsfake.Role) {
				r.Inline[iamrole.PolicyName] = strings.Replace(writesBucket, `"s3:PutObject"`, `["s3:PutObject","s3:PutBucketPolicy"]`, 1)
			},
			warnings: []string{`"permissions_policy"`, "Permissions will be narrowed", `of role "delivery" allows more`, "\n\n- ", "s3:PutBucketPolicy"}, bucket: bucketARN,
		},
		"no permission to list": {
			role: func(*awsfake.Role) {}, fail: "ListRolePolicies", bucket: bucketARN,
			warnings: []string{`"exclusive_policies"`, "Unable to list the policies of delivery role", "The import cannot tell which other policies", "AWS error code: AccessDenied"},
		},
		"no permission to read inline ones": {
			role: func(r *awsfake.Role) {
				r.Inline, r.Managed = map[string]string{"put": writesPrefix}, []string{own}
			}, fail: "GetRolePolicy", pass: 1,
			warnings: []string{"Unable to list the policies of delivery role", "AWS error code: AccessDenied", "No delivery bucket found", "- inline policy put\n- managed policy " + own},
			actions:  "GetRole GetRolePolicy GetRolePolicy ListAttachedRolePolicies ListRolePolicies",
		},
		"no permission to read managed ones": {
			role: func(r *awsfake.Role) { r.Inline, r.Managed = map[string]string{}, []string{own} }, fail: "GetPolicy",
			warnings: []string{"Unable to list the policies of delivery role", "No delivery bucket found", "- managed policy " + own},
			actions:  "GetPolicy " + always + " ListAttachedRolePolicies ListRolePolicies",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, nil)
			a.iam.PutPolicy(own, writesPrefix)
			role := deliveryRole()
			test.role(&role)
			a.iam.Put("delivery", role)
			if test.fail != "" {
				a.iam.RefuseSome(test.fail, "AccessDenied", test.pass, 1)
			}
			object, warnings, errs := a.Import(t, roleType, "delivery")
			expectContains(t, errs)
			expectContains(t, warnings, test.warnings...)
			if got := acctest.Texts(object.State(t)); got["bucket_arn"] != test.bucket || got["exclusive_policies"] != "false" {
				t.Errorf("the state is %v", got)
			}
			if test.actions != "" {
				a.expectActions(t, test.actions)
			}
		})
	}
}

func statement(action string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":%q,"Resource":"*"}]}`, action)
}

// TestRole_importGenerated takes over a role by a name that the provider generates: its configuration may name it.
func TestRole_importGenerated(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	const name = "voicebase-202601020304050000000000ab"
	a.iam.Put(name, deliveryRole())
	object, warnings, errs := a.Import(t, roleType, name)
	expectContains(t, warnings+errs)
	expectTexts(t, "the import", acctest.Texts(object.State(t)), adopted("/", name))

	role := deliveryRole()
	role.Trust = strings.Replace(trustsVoiceBase, voiceBase, "AROAEXAMPLEEXAMPLE123", 1)
	a.iam.Put(name, role)
	warnings, errs = object.Read(t)
	expectContains(t, errs)
	expectContains(t, warnings, `"assume_role_policy"`, "VoiceBase can no longer assume the role", `The role "`+name+`" trusts AROAEXAMPLEEXAMPLE123`, "The next apply writes the ARN")
}

// TestRole_importHints has a trust policy that only the provider block can tell the meaning of: several external IDs, and
// other principals beside VoiceBase.
func TestRole_importHints(t *testing.T) {
	t.Parallel()
	two := strings.Replace(trustsVoiceBase, `"organization"`, `["old-id","organization"]`, 1)
	beside := strings.Replace(trustsVoiceBase, `"AWS":"`+voiceBase+`"`, `"AWS":["arn:aws:iam::777788889999:role/other","`+voiceBase+`"]`, 1)
	owner := strings.Replace(trustsVoiceBase, `"AWS":"`+voiceBase+`"`, fmt.Sprintf(`"AWS":["arn:aws:iam::%s:role/admin",%q]`, awsfake.Account, voiceBase), 1)
	for name, test := range map[string]struct {
		settings       map[string]any
		trust, arn, id string
		warns          []string
	}{
		"two IDs":             {nil, two, voiceBase, "organization", []string{"it makes the role accept 2 external IDs"}},
		"two IDs, none known": {map[string]any{"external_id": nil}, two, voiceBase, "", []string{"No external ID found", `"external_id"`}},
		"two principals":      {nil, beside, voiceBase, "organization", []string{"it also trusts arn:aws:iam::777788889999:role/other"}},
		"the owner's own":     {map[string]any{"voicebase_arn": nil}, owner, voiceBase, "organization", []string{"it also trusts arn:aws:iam::" + awsfake.Account + ":role/admin"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, test.settings)
			role := deliveryRole()
			role.Trust = test.trust
			a.iam.Put("delivery", role)
			object, warnings, errs := a.Import(t, roleType, "delivery")
			expectContains(t, errs)
			expectContains(t, warnings, test.warns...)
			if got := acctest.Texts(object.State(t)); got["voicebase_arn"] != test.arn || got["external_id"] != test.id {
				t.Errorf("got %s and %s", got["voicebase_arn"], got["external_id"])
			}
		})
	}
}

// TestRole_exclusive shows what others put on an exclusive role, and removes just that.
func TestRole_exclusive(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object, config := a.made(t, map[string]any{"exclusive_policies": true})
	role, _ := a.iam.Role("delivery")
	role.Inline["others"], role.Managed = "{}", []string{boundedBy}
	a.iam.Put("delivery", role)
	warnings, errs := object.Read(t)
	expectContains(t, warnings+errs)
	if got := acctest.Texts(object.State(t))["other_policies"]; got != "["+boundedBy+" others]" {
		t.Errorf("others are %s", got)
	}
	a.expectActions(t, "GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies")
	role.Inline["later"] = "{}"
	a.iam.Put("delivery", role)
	planned := object.Plan(t, config)
	if got, there := acctest.Texts(planned.Value)["other_policies"]; there || planned.Warnings+planned.Errors != "" {
		t.Errorf("the plan has %s, says %s%s", got, planned.Warnings, planned.Errors)
	}
	a.expectActions(t, "")
	expectContains(t, object.Apply(t, config, planned))
	if got, there := acctest.Texts(object.State(t))["other_policies"]; there {
		t.Errorf("others are %s", got)
	}
	a.expectActions(t, "DeleteRolePolicy DetachRolePolicy")
	if left, _ := a.iam.Role("delivery"); len(left.Inline) != 2 || left.Inline["later"] == "" || len(left.Managed) > 0 {
		t.Errorf("IAM has %v and %v; what the plan has not shown should stay", left.Inline, left.Managed)
	}
	config["description"] = "new"
	expectContains(t, object.Become(t, config))
	a.expectActions(t, "UpdateRole")
	// A destroy removes whatever keeps the role.
	expectContains(t, object.Delete(t))
	a.expectActions(t, "DeleteRole DeleteRolePolicy DeleteRolePolicy ListAttachedRolePolicies ListRolePolicies")

	object, config = a.made(t, nil)
	config["exclusive_policies"] = acctest.Unknown
	if got := acctest.Texts(object.Plan(t, config).Value)["other_policies"]; got != "?" {
		t.Errorf("while it is not known whether the role is exclusive, others are %q", got)
	}
	role, _ = a.iam.Role("delivery")
	role.Inline[iamrole.PolicyName] = writesPrefix
	a.iam.Put("delivery", role)
	config["exclusive_policies"] = true
	planned = object.Plan(t, config)
	expectContains(t, planned.Warnings+planned.Errors)
	planned = a.NewObject(t, roleType).Plan(t, map[string]any{"name": "new", "bucket_arn": bucketARN, "exclusive_policies": true})
	expectContains(t, planned.Warnings+planned.Errors)
}
