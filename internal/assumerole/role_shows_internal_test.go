package assumerole

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

// writtenRole is a state after an apply, and IAM's answer that shows all of it.
func writtenRole(t *testing.T) (roleModel, *iamrole.Role) {
	t.Helper()
	m := inPartition("aws")
	m.Name, m.Path, m.MaxSessionDuration = types.StringValue("delivery"), types.StringValue("/"), types.Int64Value(3600)
	m.ExclusivePolicies, m.OtherPolicies = types.BoolValue(true), framework.StringSet([]string{})
	m.Tags = types.MapValueMust(types.StringType, nil)
	m.Tags, m.TagsAll = framework.TagsFromAPI(map[string]string{"Team": "speech", "Owner": "ops"}, m.Tags, tags.Config{})
	if diags := m.planPolicies(roleModel{}, "aws"); diags.HasError() {
		t.Fatal(diags)
	}
	return m, &iamrole.Role{Spec: m.toSpec()}
}

// The read after an apply waits for what IAM does not show yet, and for nothing that time does not change.
func TestShows(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*iamrole.Role)
		others iamrole.OtherPolicies
		config tags.Config
		err    error
		waits  bool
	}{
		"all":           {change: func(*iamrole.Role) {}},
		"an AWS tag":    {change: func(r *iamrole.Role) { r.Tags["aws:cloudformation:stack-name"] = "x" }},
		"ignored since": {change: func(r *iamrole.Role) { r.Tags["Owner"] = "them" }, config: tags.Config{IgnoreKeys: []string{"Owner"}}},
		"ignored and gone since": {
			change: func(r *iamrole.Role) { delete(r.Tags, "Owner") }, config: tags.Config{IgnoreKeyPrefixes: []string{"Own"}},
		},
		"trust in lists": {change: func(r *iamrole.Role) {
			r.TrustPolicy = strings.Replace(r.TrustPolicy, `"sts:AssumeRole"`, `["sts:AssumeRole"]`, 1)
		}},
		"trust in other words": {change: func(r *iamrole.Role) {
			r.TrustPolicy = strings.Replace(r.TrustPolicy, "StringEquals", "StringLike", 1)
		}},
		"permissions with other IDs": {change: func(r *iamrole.Role) {
			r.PermissionsPolicy = strings.ReplaceAll(r.PermissionsPolicy, `"Sid":"`, `"Sid":"Old`)
		}},
		"a dead principal": {change: func(r *iamrole.Role) {
			r.TrustPolicy = strings.Replace(r.TrustPolicy, "arn:aws:iam::111122223333:role/voicebase", "AROAEXAMPLEEXAMPLE123", 1)
		}},
		"a refusal":     {change: func(*iamrole.Role) {}, err: iamrole.ErrInUse},
		"no role":       {change: func(*iamrole.Role) {}, err: awsclient.ErrNotFound, waits: true},
		"a missing tag": {change: func(r *iamrole.Role) { delete(r.Tags, "Team") }, waits: true},
		"an old tag":    {change: func(r *iamrole.Role) { r.Tags["Team"] = "before" }, waits: true},
		"an old trust": {change: func(r *iamrole.Role) {
			r.TrustPolicy = strings.Replace(r.TrustPolicy, `"organization"`, `"before"`, 1)
		}, waits: true},
		"no permissions":  {change: func(r *iamrole.Role) { r.PermissionsPolicy = "" }, waits: true},
		"an old boundary": {change: func(r *iamrole.Role) { r.PermissionsBoundary = "" }, waits: true},
		"others' policy":  {change: func(*iamrole.Role) {}, others: iamrole.OtherPolicies{Inline: []string{"before"}}, waits: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state, role := writtenRole(t)
			test.change(role)
			if shown := state.shows(test.config, &test.others)(role, test.err); shown == test.waits {
				t.Errorf("shown: %t of %+v", shown, role.Spec)
			}
		})
	}
}
