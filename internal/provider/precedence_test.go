package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// setting is one argument of the block, in the ways that exist to set it, the strongest first.
type setting struct {
	observe func(t *testing.T, data *framework.ProviderData) string
	// always is set in each case: what the observation itself needs.
	always block
	config string
	ways   []way
}

// way sets a setting by an argument, by environment variables or by lines of the default profile, and says what
// it then is. A way that sets nothing stands for the default.
type way struct {
	argument  block
	variables map[string]string
	profile   string
	want      string
}

// TestPrecedence sets each setting in all ways at once, then takes away the strongest, one after the other.
func TestPrecedence(t *testing.T) {
	for name := range settings(t, awsfake.Isolate(t)) {
		t.Run(name, func(t *testing.T) {
			for i := range settings(t, awsfake.Isolate(t))[name].ways {
				t.Run(fmt.Sprint(i), func(t *testing.T) { testWaysFrom(t, name, i) })
			}
		})
	}
}

func testWaysFrom(t *testing.T, name string, strongest int) {
	t.Helper()
	environment := awsfake.Isolate(t)
	setting := settings(t, environment)[name]
	arguments, profile := maps.Clone(setting.always), "[default]\n"
	if arguments == nil {
		arguments = block{}
	}
	for _, way := range slices.Backward(setting.ways[strongest:]) {
		maps.Copy(arguments, way.argument)
		for variable, value := range way.variables {
			t.Setenv(variable, value)
		}
		profile += way.profile + "\n"
	}
	environment.Config(profile + setting.config)
	if got, want := setting.observe(t, mustConfigure(t, arguments)), setting.ways[strongest].want; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// elsewhere are the arguments that no environment variable or file stands in for as a whole; the tests of
// credentials and of accounts are about them.
var elsewhere = []string{
	"allowed_account_ids", "forbidden_account_ids", "assume_role", "assume_role_with_web_identity",
	"skip_credentials_validation", "skip_requesting_account_id", "skip_region_validation", "sts_region",
}

// TestPrecedence_complete fails when no test names an argument of the block.
func TestPrecedence_complete(t *testing.T) {
	tested := slices.Clone(elsewhere)
	for name := range settings(t, awsfake.Isolate(t)) {
		argument, _, _ := strings.Cut(name, ".")
		tested = append(tested, argument)
	}
	s := providerSchema(t)
	arguments := slices.Concat(keys(s.Attributes), keys(s.Blocks))
	for _, name := range arguments {
		if !slices.Contains(tested, name) {
			t.Errorf("no test says what goes before what for %s", name)
		}
	}
	for _, name := range tested {
		if !slices.Contains(arguments, name) {
			t.Errorf("%s is tested and no argument", name)
		}
	}
}
