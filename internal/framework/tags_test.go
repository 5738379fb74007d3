package framework_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

func stringMap(pairs ...string) types.Map {
	elements := map[string]attr.Value{}
	for i := 0; i < len(pairs); i += 2 {
		elements[pairs[i]] = types.StringValue(pairs[i+1])
	}
	return types.MapValueMust(types.StringType, elements)
}

var noTags = types.MapNull(types.StringType)

func TestPlannedTagsAll(t *testing.T) {
	t.Parallel()
	config := tags.Config{Default: map[string]string{"team": "speech", "env": "test"}, IgnoreKeys: []string{"owner"}}
	partly := types.MapValueMust(types.StringType, map[string]attr.Value{"team": types.StringValue("ops"), "env": types.StringUnknown()})
	for _, test := range []struct {
		name    string
		planned types.Map
		want    types.Map
	}{
		{"defaults alone", noTags, stringMap("team", "speech", "env", "test")},
		{"own overrides", stringMap("team", "ops", "cost", "1"), stringMap("team", "ops", "env", "test", "cost", "1")},
		{"unknown map", types.MapUnknown(types.StringType), types.MapUnknown(types.StringType)},
		{"unknown element", partly, types.MapUnknown(types.StringType)},
		{"one left out", nullTag("", "", "team"), stringMap("env", "test", "team", "speech")},
		{"an ignored one left out", nullTag("cost", "1", "owner"), stringMap("team", "speech", "env", "test", "cost", "1")},
	} {
		got, diags := framework.PlannedTagsAll(test.planned, config)
		if diags.HasError() || !got.Equal(test.want) {
			t.Errorf("%s: %s, %v", test.name, got, diags)
		}
	}
	_, diags := framework.PlannedTagsAll(stringMap("owner", "me"), config)
	if len(diags) != 1 || !hasPath(diags[0], path.Root("tags").AtMapKey("owner")) {
		t.Errorf("an ignored tag: %v", diags)
	}
	many := map[string]attr.Value{}
	for i := range tags.MaxTags - 1 {
		many[fmt.Sprint("key", i)] = types.StringValue("value")
	}
	_, diags = framework.PlannedTagsAll(types.MapValueMust(types.StringType, many), config)
	if len(diags) != 1 || !hasPath(diags[0], path.Root("tags")) {
		t.Errorf("49 tags and two defaults: %v", diags)
	}
}

// nullTag is one tag with a value, unless its key is "", and one that is null.
func nullTag(key, value, null string) types.Map {
	elements := map[string]attr.Value{null: types.StringNull()}
	if key != "" {
		elements[key] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, elements)
}

// unknownTag is a tag whose value is not known yet.
func unknownTag(key string) types.Map {
	return types.MapValueMust(types.StringType, map[string]attr.Value{key: types.StringUnknown()})
}

func TestDistinctTagKeys(t *testing.T) {
	t.Parallel()
	config := tags.Config{Default: map[string]string{"Team": "speech"}}
	for _, test := range []struct {
		name    string
		planned types.Map
		key     string
		want    []string
	}{
		{"none", noTags, "", nil},
		{"unknown", types.MapUnknown(types.StringType), "", nil},
		{"distinct", stringMap("Env", "test", "Cost", "1", "Team", "ops"), "", nil},
		{"two of its own", stringMap("Env", "test", "env", "prod"), "env", []string{`"Env" and "env"`}},
		{"beyond ASCII", stringMap("Größe", "1", "GRÖßE", "2"), "Größe", []string{`"GRÖßE" and "Größe"`}},
		{"a default", stringMap("TEAM", "ops"), "TEAM", []string{`"TEAM"`, `"Team"`, "default_tags"}},
		{"a default, not known yet", unknownTag("TEAM"), "TEAM", []string{`"TEAM"`, `"Team"`}},
		{"a default, null", nullTag("Env", "x", "TEAM"), "", nil},
	} {
		diags := framework.DistinctTagKeys(test.planned, config)
		if test.key == "" {
			if len(diags) > 0 {
				t.Errorf("%s: %v", test.name, diags)
			}
			continue
		}
		if len(diags) != 1 || !hasPath(diags[0], path.Root("tags").AtMapKey(test.key)) {
			t.Errorf("%s: %v", test.name, diags)
			continue
		}
		for _, part := range test.want {
			if !strings.Contains(diags[0].Detail(), part) {
				t.Errorf("%s: %v, want %q in it", test.name, diags, part)
			}
		}
	}
}

func hasPath(d any, want path.Path) bool {
	with, ok := d.(interface{ Path() path.Path })
	return ok && with.Path().Equal(want)
}

func TestTagsFromAPI(t *testing.T) {
	t.Parallel()
	config := tags.Config{Default: map[string]string{"team": "speech"}, IgnoreKeyPrefixes: []string{"auto:"}}
	empty := stringMap()
	for _, test := range []struct {
		name     string
		remote   map[string]string
		prior    types.Map
		own, all types.Map
	}{
		{"nothing", nil, noTags, noTags, empty},
		{"nothing, and an empty map before", nil, empty, empty, empty},
		{"default alone", map[string]string{"team": "speech"}, noTags, noTags, stringMap("team", "speech")},
		{"default, configured too", map[string]string{"team": "speech"}, stringMap("team", "speech"), stringMap("team", "speech"), stringMap("team", "speech")},
		{"default changed outside", map[string]string{"team": "ops"}, noTags, stringMap("team", "ops"), stringMap("team", "ops")},
		{"added outside", map[string]string{"new": "1"}, stringMap("old", "1"), stringMap("new", "1"), stringMap("new", "1")},
		{"ignored, and AWS's own", map[string]string{"auto:x": "1", "aws:cloudformation:stack-id": "2", "mine": "3"}, noTags, stringMap("mine", "3"), stringMap("mine", "3")},
		{"null leaves out", map[string]string{"mine": "3"}, nullTag("mine", "3", "cost"), nullTag("mine", "3", "cost"), stringMap("mine", "3")},
		{"null, and a default", map[string]string{"team": "speech"}, nullTag("mine", "3", "team"), nullTag("", "", "team"), stringMap("team", "speech")},
		{"null, added outside", map[string]string{"cost": "1"}, nullTag("", "", "cost"), stringMap("cost", "1"), stringMap("cost", "1")},
		{"import of nothing", nil, types.MapUnknown(types.StringType), noTags, empty},
		{"import: unknown before", map[string]string{"mine": "3"}, types.MapUnknown(types.StringType), stringMap("mine", "3"), stringMap("mine", "3")},
	} {
		own, all := framework.TagsFromAPI(test.remote, test.prior, config)
		if !own.Equal(test.own) || !all.Equal(test.all) {
			t.Errorf("%s: own %s, all %s", test.name, own, all)
		}
	}
}

func TestTagsValidator(t *testing.T) {
	t.Parallel()
	attribute, ok := framework.TagsAttributes()["tags"].(schema.MapAttribute)
	if !ok {
		t.Fatalf("%#v", framework.TagsAttributes()["tags"])
	}
	for _, test := range []struct {
		value types.Map
		bad   bool
	}{
		{stringMap("team", "speech"), false},
		{noTags, false},
		{types.MapUnknown(types.StringType), false},
		{stringMap("aws:team", "speech"), true},
		{types.MapValueMust(types.StringType, map[string]attr.Value{"team": types.StringNull()}), false},
	} {
		var resp validator.MapResponse
		for _, v := range attribute.Validators {
			v.ValidateMap(t.Context(), validator.MapRequest{Path: path.Root("tags"), ConfigValue: test.value}, &resp)
		}
		if resp.Diagnostics.HasError() != test.bad || test.bad && !hasPath(resp.Diagnostics[0], path.Root("tags")) {
			t.Errorf("%s: %v", test.value, resp.Diagnostics)
		}
	}
}

func TestStringMap(t *testing.T) {
	t.Parallel()
	in := types.MapValueMust(types.StringType, map[string]attr.Value{
		"known": types.StringValue("1"), "null": types.StringNull(), "unknown": types.StringUnknown(),
	})
	if got := framework.StringMap(in); len(got) != 1 || got["known"] != "1" {
		t.Errorf("StringMap = %v", got)
	}
}

func TestPlannedTagsAllWhileTheDefaultsAreUnknown(t *testing.T) {
	all, diags := framework.PlannedTagsAll(stringMap("Team", "speech"), tags.Config{Unknown: true})
	if diags.HasError() || !all.IsUnknown() {
		t.Errorf("got %s, %v", all, diags)
	}
}
