package assumerole_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

const (
	roleType  = "voicebase_delivery_role"
	voiceBase = "arn:aws:iam::111122223333:role/voicebase"
	boundedBy = "arn:aws:iam::aws:policy/PowerUserAccess"

	trustsVoiceBase = `{"Version":"2012-10-17","Statement":[{"Sid":"VoiceBaseAssumesRole","Effect":"Allow","Principal":{"AWS":"` + voiceBase + `"},"Action":"sts:AssumeRole",` +
		`"Condition":{"StringEquals":{"sts:ExternalId":"organization"}}}]}`
	trustsOther  = `{"Version":"2012-10-17","Statement":[{"Sid":"VoiceBaseAssumesRole","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::777788889999:role/other"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"another"}}}]}`
	writesBucket = `{"Version":"2012-10-17","Statement":[{"Sid":"WriteDeliveries","Effect":"Allow","Action":"s3:PutObject","Resource":"` + bucketARN + `/*",` +
		`"Condition":{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}}]}`
	writesPrefix = `{"Version":"2012-10-17","Statement":[{"Sid":"WriteDeliveries","Effect":"Allow","Action":"s3:PutObject","Resource":"` + bucketARN + `/calls/*",` +
		`"Condition":{"StringEquals":{"aws:ResourceAccount":"444455556666"}}}]}`
)

// account is the provider with an IAM in memory.
type account struct {
	acctest.Server
	iam *awsfake.IAM
}

// newAccount has no wait: what is read is believed at once.
func newAccount(t *testing.T, settings map[string]any) account {
	t.Helper()
	return accountOf(t, awsfake.NewIAM(t), acctest.Later(), settings)
}

func accountOf(t *testing.T, fake *awsfake.IAM, now func() time.Time, settings map[string]any) account {
	t.Helper()
	block := map[string]any{
		"access_key": "AKIATEST", "secret_key": awsfake.SecretKey, "voicebase_arn": voiceBase, "external_id": "organization", "max_retries": 1,
		"endpoints": []any{map[string]any{"iam": fake.URL}},
	}
	maps.Copy(block, settings)
	return account{acctest.NewServerAt(t, now, block), fake}
}

// expectTexts compares all attributes, of which want has those that are not null.
func expectTexts(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, wanted := want[name]; !wanted {
			t.Errorf("%s: %s is %s, and should be null", what, name, got[name])
		}
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s: %s is %q, want %q", what, name, got[name], text)
		}
	}
}

func (a account) expectRole(t *testing.T, name string, want awsfake.Role) {
	t.Helper()
	if got, ok := a.iam.Role(name); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("IAM has %+v (%t), want %+v", got, ok, want)
	}
}

func (a account) expectActions(t *testing.T, want string) {
	t.Helper()
	if got := strings.Join(a.iam.Actions(), " "); got != want {
		t.Errorf("called %s, want %s", got, want)
	}
}

func with(base map[string]string, more map[string]string) map[string]string {
	all := maps.Clone(base)
	maps.Copy(all, more)
	maps.DeleteFunc(all, func(_, text string) bool { return text == "null" })
	return all
}

// TestRole_life leads a role with every argument through its life: what is planned, what IAM is asked for and has in the
// end, and what the state says.
func TestRole_life(t *testing.T) {
	t.Parallel()
	a := newAccount(t, map[string]any{
		"default_tags": []any{map[string]any{"tags": map[string]any{"Stage": "test"}}}, "ignore_tags": []any{map[string]any{"keys": []any{"Theirs"}}},
	})
	object := a.NewObject(t, roleType)
	config := map[string]any{"name": "delivery", "bucket_arn": bucketARN}
	want := map[string]string{
		"id": "delivery", "name": "delivery", "name_prefix": "", "path": "/", "max_session_duration": "3600", "arn": "?", "unique_id": "?", "create_date": "?",
		"voicebase_arn": voiceBase, "external_id": "organization", "bucket_arn": bucketARN, "access": "write",
		"assume_role_policy": trustsVoiceBase, "permissions_policy": writesBucket, "tags_all": "{Stage=test}",
		"exclusive_policies": "false", "force_detach_policies": "false",
	}
	planned := object.Plan(t, config)
	expectTexts(t, "the plan", acctest.Texts(planned.Value), want)
	a.expectActions(t, "")
	if errs := object.Apply(t, config, planned); errs != "" {
		t.Fatal(errs)
	}
	want = with(want, map[string]string{"arn": awsfake.RoleARN("/", "delivery"), "unique_id": "AROADELIVERY", "create_date": "2026-01-02T03:04:05Z"})
	expectTexts(t, "the create", acctest.Texts(object.State(t)), want)
	expectTexts(t, "the identity", object.Identity(t), map[string]string{"name": "delivery"})
	a.expectActions(t, "CreateRole PutRolePolicy")
	role := awsfake.Role{
		Path: "/", Duration: "3600", Trust: trustsVoiceBase, Tags: map[string]string{"Stage": "test"}, Inline: map[string]string{iamrole.PolicyName: writesBucket},
	}
	a.expectRole(t, "delivery", role)

	role.Tags["Theirs"], role.Inline["others"], role.Managed = "x", "{}", []string{boundedBy}
	a.iam.Put("delivery", role)
	if warnings, errs := object.Read(t); warnings+errs != "" {
		t.Error(warnings, errs)
	}
	expectTexts(t, "the read", acctest.Texts(object.State(t)), want)
	a.expectActions(t, "GetRole GetRolePolicy")

	config = map[string]any{
		"name": "delivery", "bucket_arn": bucketARN, "description": "for VoiceBase", "permissions_boundary": boundedBy, "max_session_duration": 7200,
		"voicebase_arn": "arn:aws:iam::777788889999:role/other", "external_id": "another", "key_prefixes": []any{"calls/"}, "bucket_account_id": "444455556666",
		"tags": map[string]any{"Team": "speech"}, "exclusive_policies": true, "force_detach_policies": true,
	}
	want = with(want, map[string]string{
		"description": "for VoiceBase", "permissions_boundary": boundedBy, "max_session_duration": "7200", "voicebase_arn": "arn:aws:iam::777788889999:role/other",
		"external_id": "another", "key_prefixes": "[calls/]", "bucket_account_id": "444455556666", "tags": "{Team=speech}", "tags_all": "{Stage=test Team=speech}",
		"exclusive_policies": "true", "force_detach_policies": "true", "assume_role_policy": trustsOther, "permissions_policy": writesPrefix,
	})
	planned = object.Plan(t, config)
	expectTexts(t, "the plan of an update", acctest.Texts(planned.Value), want)
	if removed := "- inline policy others\n- managed policy " + boundedBy; !strings.Contains(planned.Warnings, removed) || len(planned.Replaces) > 0 {
		t.Errorf("the plan replaces for %v, and warns %q", planned.Replaces, planned.Warnings)
	}
	a.expectActions(t, "ListAttachedRolePolicies ListRolePolicies")
	if errs := object.Apply(t, config, planned); errs != "" {
		t.Fatal(errs)
	}
	expectTexts(t, "the update", acctest.Texts(object.State(t)), want)
	expectTexts(t, "the identity", object.Identity(t), map[string]string{"name": "delivery"})
	a.expectActions(t, "DeleteRolePolicy DetachRolePolicy ListAttachedRolePolicies ListRolePolicies PutRolePermissionsBoundary PutRolePolicy TagRole UpdateAssumeRolePolicy UpdateRole")
	role = awsfake.Role{
		Path: "/", Description: "for VoiceBase", Duration: "7200", Boundary: boundedBy, Trust: trustsOther, Managed: []string{},
		Tags: map[string]string{"Stage": "test", "Team": "speech", "Theirs": "x"}, Inline: map[string]string{iamrole.PolicyName: writesPrefix},
	}
	a.expectRole(t, "delivery", role)

	if errs := object.Delete(t); errs != "" || object.Exists(t) {
		t.Error(errs)
	}
	if _, exists := a.iam.Role("delivery"); exists {
		t.Error("the role is still there")
	}
}
