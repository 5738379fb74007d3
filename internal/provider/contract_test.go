package provider_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var contractFile = filepath.Join("testdata", "contract.golden")

// contract is what users' configurations and states rely on: for each object, "object attribute" to its type, its
// flags and its default. The attribute is empty for the object itself, with the version of its state.
type contract map[string]string

func publishedNow(t *testing.T) contract {
	t.Helper()
	all, schemas := contract{}, schemas(t)
	defaults := defaults(t)
	eachAttribute(schemas, func(object, path string, a *tfprotov6.SchemaAttribute) {
		var words []string
		if a.NestedType != nil {
			words = append(words, "nested "+strings.ToLower(a.NestedType.Nesting.String()))
		} else {
			words = append(words, bare(a.Type))
		}
		for flag, set := range map[string]bool{"required": a.Required, "optional": a.Optional, "computed": a.Computed, "sensitive": a.Sensitive, "write-only": a.WriteOnly} {
			if set {
				words = append(words, flag)
			}
		}
		slices.Sort(words[1:])
		all[object+" "+path] = strings.Join(append(words, defaults[object+" "+path]...), ", ")
	})
	for name, s := range schemas.ResourceSchemas {
		all["resource "+name] = fmt.Sprintf("version %d", s.Version)
	}
	for name, f := range schemas.Functions {
		parameters := []string{}
		for _, p := range f.Parameters {
			parameters = append(parameters, fmt.Sprintf("%s, null %t", bare(p.Type), p.AllowNullValue))
		}
		all["function "+name] = fmt.Sprintf("%s from (%s)", bare(f.Return.Type), strings.Join(parameters, "; "))
	}
	return all
}

// bare is a type without the name of its package.
func bare(of tftypes.Type) string { return strings.ReplaceAll(of.String(), "tftypes.", "") }

// defaults are those that resources plan, by the framework's schema: the protocol does not carry them.
func defaults(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	var visit func(prefix string, attributes reflect.Value)
	visit = func(prefix string, attributes reflect.Value) {
		for _, key := range attributes.MapKeys() {
			attribute := attributes.MapIndex(key).Elem()
			if field := attribute.FieldByName("Default"); field.IsValid() && !field.IsNil() {
				described, ok := field.Interface().(interface {
					Description(ctx context.Context) string
				})
				if !ok {
					t.Fatalf("%s%s: the default has no description", prefix, key)
				}
				found[prefix+key.String()] = []string{described.Description(t.Context())}
			}
			if field := attribute.FieldByName("Attributes"); field.IsValid() {
				visit(prefix+key.String()+".", field)
			}
			if field := attribute.FieldByName("NestedObject"); field.IsValid() {
				visit(prefix+key.String()+".", field.FieldByName("Attributes"))
			}
		}
	}
	for _, create := range newProvider().Resources(t.Context()) {
		r := create()
		var name resource.MetadataResponse
		r.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "voicebase"}, &name)
		var s resource.SchemaResponse
		r.Schema(t.Context(), resource.SchemaRequest{}, &s)
		visit("resource "+name.TypeName+" ", reflect.ValueOf(s.Schema.Attributes))
	}
	if len(found) < 10 {
		t.Fatalf("only %v have a default", found)
	}
	return found
}

// broken says what of the published contract today's does not keep. A resource may change what it likes with a new
// version, whose upgrader reads the old state.
func broken(published, now contract) []string {
	var out []string
	for name, was := range published {
		is, ok := now[name]
		object, attribute, _ := strings.Cut(name, " ")
		typeName, attribute, _ := strings.Cut(attribute, " ")
		version := "resource " + typeName
		upgraded := object == "resource" && now[version] != "" && published[version] != now[version]
		switch {
		case ok && is == was, upgraded:
		case !ok:
			out = append(out, fmt.Sprintf("%s is gone", name))
		default:
			out = append(out, fmt.Sprintf("%s was %q and is %q", cmp.Or(attribute, name), was, is))
		}
	}
	for name, is := range now {
		parent := name[:strings.LastIndexAny(name, ". ")+1]
		_, known := published[name]
		if !known && strings.Contains(is, "required") && slices.ContainsFunc(slices.Collect(maps.Keys(published)), func(other string) bool {
			return strings.HasPrefix(other, parent)
		}) {
			out = append(out, fmt.Sprintf("%s is new and required", name))
		}
	}
	slices.Sort(out)
	return out
}

// TestContract holds the promise of CONTRIBUTING: what is published stays. A new argument is taken up by
// VOICEBASE_CONTRACT=update, and so is a change with a new version of a resource's schema, but nothing that breaks.
func TestContract(t *testing.T) {
	published, now := readContract(t), publishedNow(t)
	if len(now) < 200 {
		t.Fatalf("only %d entries", len(now))
	}
	if problems := broken(published, now); problems != nil {
		t.Fatalf("the published schema is broken:\n%s", strings.Join(problems, "\n"))
	}
	if os.Getenv("VOICEBASE_CONTRACT") == "update" {
		var text strings.Builder
		for _, name := range slices.Sorted(maps.Keys(now)) {
			fmt.Fprintf(&text, "%s: %s\n", name, now[name])
		}
		if err := os.WriteFile(contractFile, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name := range now {
		if _, ok := published[name]; !ok {
			t.Errorf("%s is new: run VOICEBASE_CONTRACT=update go test ./internal/provider -run TestContract", name)
		}
	}
}

func readContract(t *testing.T) contract {
	t.Helper()
	file, err := os.Open(contractFile)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	all := contract{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		name, is, found := strings.Cut(lines.Text(), ": ")
		if !found {
			t.Fatalf("%q has no colon", lines.Text())
		}
		all[name] = is
	}
	return all
}

// TestContract_broken breaks a contract in each way.
func TestContract_broken(t *testing.T) {
	published := contract{
		"resource r": "version 0", "resource r name": "String, required", "resource r on": "Bool, computed, optional, value defaults to true",
		"data d a": "String, optional", "data d n": "nested single, optional", "data d n.x": "String, optional", "function f": "String from (String, null false)",
	}
	for name, test := range map[string]struct {
		change func(contract)
		want   string
	}{
		"nothing":                   {func(contract) {}, ""},
		"new":                       {func(c contract) { c["data d b"] = "String, optional" }, ""},
		"new object":                {func(c contract) { c["data e b"] = "String, required" }, ""},
		"new and required":          {func(c contract) { c["data d b"] = "String, required" }, "data d b is new and required"},
		"new and required, nested":  {func(c contract) { c["data d n.y"] = "String, required" }, "data d n.y is new and required"},
		"removed":                   {func(c contract) { delete(c, "data d a") }, "data d a is gone"},
		"renamed":                   {func(c contract) { delete(c, "data d a"); c["data d b"] = "String, optional" }, "data d a is gone"},
		"another type":              {func(c contract) { c["data d a"] = "Bool, optional" }, `a was "String, optional" and is "Bool, optional"`},
		"another default":           {func(c contract) { c["resource r on"] = "Bool, computed, optional, value defaults to false" }, `on was "Bool, computed, optional, value defaults to true" and is "Bool, computed, optional, value defaults to false"`},
		"a function's parameter":    {func(c contract) { c["function f"] = "String from (Bool, null false)" }, `function f was "String from (String, null false)" and is "String from (Bool, null false)"`},
		"removed with a version":    {func(c contract) { delete(c, "resource r name"); c["resource r"] = "version 1" }, ""},
		"removed from another type": {func(c contract) { delete(c, "data d a"); c["resource r"] = "version 1" }, "data d a is gone"},
		"a whole resource":          {func(c contract) { delete(c, "resource r"); delete(c, "resource r name") }, "resource r is gone\nresource r name is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			now := maps.Clone(published)
			test.change(now)
			if got := strings.Join(broken(published, now), "\n"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
