package tags_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

var config = tags.Config{
	Default:           map[string]string{"team": "speech", "auto:by-default": "1"},
	IgnoreKeys:        []string{"owner"},
	IgnoreKeyPrefixes: []string{"auto:"},
}

func TestAll(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name      string
		config    tags.Config
		own, want map[string]string
	}{
		{"zero value", tags.Config{}, nil, map[string]string{}},
		{"own alone", tags.Config{}, map[string]string{"a": "1"}, map[string]string{"a": "1"}},
		{"defaults", config, nil, map[string]string{"team": "speech"}},
		{"own overrides", config, map[string]string{"team": "ops"}, map[string]string{"team": "ops"}},
		{"ignored", config, map[string]string{"owner": "me", "auto:x": "1", "a": "1"}, map[string]string{"team": "speech", "a": "1"}},
	} {
		if got := test.config.All(test.own); !maps.Equal(got, test.want) {
			t.Errorf("%s: All = %v, want %v", test.name, got, test.want)
		}
	}
	if len(config.Default) != 2 {
		t.Errorf("All changed the defaults: %v", config.Default)
	}
}

func TestIgnored(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{
		"owner": true, "Owner": false, "owner2": false, "auto:x": true, "auto": false, "aws:x": true, "AWS:x": true, "awsx": false, "my-aws:x": false, "my-auto:x": false, "team": false,
	} {
		if got := config.Ignored(key); got != want {
			t.Errorf("Ignored(%q) = %t", key, got)
		}
	}
}

func TestManagedAndUnmanaged(t *testing.T) {
	t.Parallel()
	remote := map[string]string{"a": "1", "owner": "me", "auto:x": "2", "aws:y": "3"}
	if got, want := config.Managed(remote), (map[string]string{"a": "1"}); !maps.Equal(got, want) {
		t.Errorf("Managed = %v, want %v", got, want)
	}
	if got, want := config.Unmanaged(remote), (map[string]string{"owner": "me", "auto:x": "2", "aws:y": "3"}); !maps.Equal(got, want) {
		t.Errorf("Unmanaged = %v, want %v", got, want)
	}
}

func TestOwn(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name                      string
		managed, configured, want map[string]string
	}{
		{"explained by a default", map[string]string{"team": "speech"}, nil, map[string]string{}},
		{"a default changed outside", map[string]string{"team": "ops"}, nil, map[string]string{"team": "ops"}},
		{"a default that is configured too", map[string]string{"team": "speech"}, map[string]string{"team": "ops"}, map[string]string{"team": "speech"}},
		{"added outside", map[string]string{"new": "1", "team": "speech"}, nil, map[string]string{"new": "1"}},
		{"removed outside", map[string]string{}, map[string]string{"old": "1"}, map[string]string{}},
	} {
		if got := config.Own(test.managed, test.configured); !maps.Equal(got, test.want) {
			t.Errorf("%s: Own = %v, want %v", test.name, got, test.want)
		}
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	count := func(n int) map[string]string {
		out := map[string]string{}
		for i := range n {
			out[fmt.Sprint("key", i)] = ""
		}
		return out
	}
	for _, test := range []struct {
		name string
		own  map[string]string
		want string
	}{
		{"none", nil, ""},
		{"50", count(50), ""},
		{"51", count(51), "51 tags exceed AWS's limit of 50"},
		{"longest", map[string]string{strings.Repeat("ü", 128): strings.Repeat("ü", 256)}, ""},
		{"empty key", map[string]string{"": "x"}, "a tag key is empty: must be 1 to 128 characters"},
		{"empty value", map[string]string{"x": ""}, ""},
		{"reserved", map[string]string{"aws:createdBy": ""}, `tag key "aws:createdBy" starts with "aws:", which is reserved for AWS`},
		{"reserved, capitals", map[string]string{"Aws:x": ""}, `tag key "Aws:x" starts with "aws:", which is reserved for AWS`},
		{"not reserved", map[string]string{"awsx": "", "my-aws:x": ""}, ""},
		{"long key", map[string]string{strings.Repeat("k", 129): ""}, "has 129 characters, which exceeds AWS's limit of 128"},
		{"all that is allowed", map[string]string{"Ünïcode\u00a0通話 1_.:/=+-@": "Ünïcode\u00a0通話 1_.:/=+-@"}, ""},
		{"key with a comma", map[string]string{"a,b": ""}, `tag key "a,b" contains invalid characters: must be letters, digits, spaces and _.:/=+-@`},
		{"value with an ampersand", map[string]string{"a": "b & c"}, `the value of tag "a" contains invalid characters: must be letters, digits, spaces and _.:/=+-@`},
		{"long value", map[string]string{"k": strings.Repeat("v", 257)}, `the value of tag "k" has 257 characters, which exceeds AWS's limit of 256`},
	} {
		err := tags.Validate(test.own)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

func TestOwnWhileTheDefaultsAreUnknown(t *testing.T) {
	config := tags.Config{Unknown: true}
	own := config.Own(map[string]string{"Owner": "one", "Team": "speech"}, map[string]string{"Team": "speech"})
	if len(own) != 1 || own["Team"] != "speech" {
		t.Errorf("got %v: a tag that a default may explain counts as the object's own", own)
	}
}
