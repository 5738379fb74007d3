package assumerole_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// changedNames are the attributes that a plan changes, each with a question mark if its value is not known yet.
func changedNames(before, after map[string]string) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(merge(before, after))) {
		if is, there := after[name]; is == "?" {
			names = append(names, name+"?")
		} else if was, had := before[name]; is != was || had != there {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

func merge(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// TestRole_planned changes one argument at a time, and looks for what the plan changes with it, and whether the role has
// to be replaced.
func TestRole_planned(t *testing.T) {
	t.Parallel()
	unknown := acctest.Unknown
	const root, trust, permissions = "arn:aws:iam::111122223333:root", "assume_role_policy", "permissions_policy"
	other := map[string]any{"voicebase_arn": "arn:aws:iam::777788889999:role/other", "external_id": "another"}
	for name, test := range map[string]struct {
		before, change, provider map[string]any
		want, replaces           string
		errs                     string
	}{
		"nothing":                  {},
		"no name any more":         {change: map[string]any{"name": nil}},
		"another name":             {change: map[string]any{"name": "other"}, replaces: "name", want: "arn? create_date? id name unique_id?"},
		"a name as if generated":   {change: map[string]any{"name": "x-202601020304050000000000ab"}, replaces: "name", want: "arn? create_date? id name name_prefix unique_id?"},
		"a name not known":         {change: map[string]any{"name": unknown}, replaces: "name", want: "arn? create_date? id? name? name_prefix? unique_id?"},
		"a prefix":                 {change: map[string]any{"name": nil, "name_prefix": "x-"}, replaces: "name_prefix", want: "arn? create_date? id? name? name_prefix unique_id?"},
		"a path":                   {change: map[string]any{"path": "/team/"}, replaces: "path", want: "arn? create_date? path unique_id?"},
		"a description":            {change: map[string]any{"description": "new"}, want: "description"},
		"a boundary":               {change: map[string]any{"permissions_boundary": boundedBy}, want: "permissions_boundary"},
		"a duration":               {change: map[string]any{"max_session_duration": 7200}, want: "max_session_duration"},
		"forced":                   {change: map[string]any{"force_detach_policies": true}, want: "force_detach_policies"},
		"a principal":              {change: map[string]any{"voicebase_arn": "arn:aws:iam::777788889999:role/other"}, want: trust + " voicebase_arn"},
		"another of the account":   {change: map[string]any{"voicebase_arn": "arn:aws:iam::111122223333:role/other"}, want: trust + " voicebase_arn"},
		"all of the account":       {change: map[string]any{"voicebase_arn": root}, want: trust + " voicebase_arn"},
		"one of the account":       {before: map[string]any{"voicebase_arn": root}, change: map[string]any{"voicebase_arn": voiceBase}, want: trust + " voicebase_arn"},
		"a principal not known":    {change: map[string]any{"voicebase_arn": unknown}, want: trust + "? voicebase_arn?"},
		"an ID":                    {change: map[string]any{"external_id": "another"}, want: trust + " external_id"},
		"an ID not known":          {change: map[string]any{"external_id": unknown}, want: trust + "? external_id?"},
		"the provider's":           {provider: other, want: trust + " external_id voicebase_arn"},
		"not the provider's":       {before: other, change: other, provider: map[string]any{"voicebase_arn": root, "external_id": "x1"}},
		"the account's ID":         {before: map[string]any{"voicebase_arn": root}, change: map[string]any{"voicebase_arn": "111122223333"}},
		"the account's root":       {before: map[string]any{"voicebase_arn": "111122223333"}, change: map[string]any{"voicebase_arn": root}},
		"a bucket":                 {change: map[string]any{"bucket_arn": "arn:aws:s3:::acme-other"}, want: "bucket_arn " + permissions},
		"a bucket not known":       {change: map[string]any{"bucket_arn": unknown}, want: "bucket_arn? " + permissions + "?"},
		"prefixes":                 {change: map[string]any{"key_prefixes": []any{"a/"}}, want: "key_prefixes " + permissions},
		"prefixes not known":       {change: map[string]any{"key_prefixes": unknown}, want: "key_prefixes? " + permissions + "?"},
		"a key":                    {change: map[string]any{"kms_key_arn": kmsKeyARN}, want: "kms_key_arn " + permissions},
		"a key not known":          {change: map[string]any{"kms_key_arn": unknown}, want: "kms_key_arn? " + permissions + "?"},
		"more access":              {change: map[string]any{"access": "documented"}, want: "access " + permissions},
		"access not known":         {change: map[string]any{"access": unknown}, want: "access? " + permissions + "?"},
		"an account":               {change: map[string]any{"bucket_account_id": "777788889999"}, want: "bucket_account_id " + permissions},
		"an account not known":     {change: map[string]any{"bucket_account_id": unknown}, want: "bucket_account_id? " + permissions + "?"},
		"tags":                     {change: map[string]any{"tags": map[string]any{"Team": "speech"}}, want: "tags tags_all"},
		"tags not known":           {change: map[string]any{"tags": unknown}, want: "tags? tags_all?"},
		"the provider's tags":      {provider: map[string]any{"default_tags": []any{map[string]any{"tags": map[string]any{"Stage": "test"}}}}, want: "tags_all"},
		"no principal":             {provider: map[string]any{"voicebase_arn": nil}, errs: `"voicebase_arn"): Missing VoiceBase ARN`},
		"another partition":        {change: map[string]any{"bucket_arn": "arn:aws-cn:s3:::acme"}, errs: `"bucket_arn"): Wrong partition`},
		"a boundary of another":    {change: map[string]any{"permissions_boundary": "arn:aws-cn:iam::aws:policy/PowerUserAccess"}, errs: `"permissions_boundary"): Wrong partition`},
		"no prefixes":              {change: map[string]any{"key_prefixes": []any{}}, errs: `"key_prefixes"`},
		"tags and the provider's":  {change: map[string]any{"tags": map[string]any{"stage": "b"}}, provider: map[string]any{"default_tags": []any{map[string]any{"tags": map[string]any{"Stage": "a"}}}}, errs: `differs only in case`},
		"tags that differ in case": {change: map[string]any{"tags": map[string]any{"Env": "a", "env": "b"}}, errs: `differ only in case`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, nil)
			object, config := a.made(t, test.before)
			state := acctest.Texts(object.State(t))
			maps.Copy(config, test.change)
			if test.provider != nil {
				object = object.On(newAccount(t, test.provider).Server)
			}
			planned := object.Plan(t, config)
			if test.errs != "" {
				expectContains(t, planned.Errors, test.errs)
				return
			}
			expectContains(t, planned.Errors+planned.Warnings)
			if got := changedNames(state, acctest.Texts(planned.Value)); got != test.want || strings.Join(planned.Replaces, " ") != test.replaces {
				t.Errorf("changes %q, replaces for %q; want %q for %q", got, planned.Replaces, test.want, test.replaces)
			}
		})
	}
	// Without an external ID the plan warns, and trusts without a condition.
	a := newAccount(t, map[string]any{"external_id": nil})
	planned := a.NewObject(t, roleType).Plan(t, map[string]any{"bucket_arn": bucketARN})
	expectContains(t, planned.Warnings, "No external ID")
	if got := acctest.Texts(planned.Value); strings.Contains(got[trust], "Condition") || got["name_prefix"] != "voicebase-" || got["name"] != "?" {
		t.Errorf("planned %v", got)
	}
}
