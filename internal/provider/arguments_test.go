package provider_test

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/arguments"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// everyKind validates configurations of every kind of object.
type everyKind struct {
	wholeServer
	schema *tfprotov6.GetProviderSchemaResponse
}

// wholeServer serves list resources and actions, too.
type wholeServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

func newEveryKind(t *testing.T) everyKind {
	t.Helper()
	awsfake.Isolate(t)
	server, ok := provider.NewServer("test", func() time.Time { return testNow })().(wholeServer)
	if !ok {
		t.Fatal("the server does not serve everything")
	}
	v := everyKind{server, schemas(t)}
	config := v.value(t, v.schema.Provider, map[string]any{
		"region": "eu-west-1", "access_key": "AKIABASE", "secret_key": "secret", "voicebase_arn": "111122223333", "external_id": "organization",
	})
	answer, err := v.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: config})
	if err != nil || len(answer.Diagnostics) > 0 {
		t.Fatal(answer, err)
	}
	return v
}

func (v everyKind) value(t *testing.T, schema *tfprotov6.Schema, config any) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := tfprotov6.NewDynamicValue(schema.ValueType(), arguments.Value(schema.ValueType(), config))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

// offline are the data sources that make no call.
var offline = []string{"voicebase_delivery_policies", "voicebase_callback_configuration"}

// errors returns what a plan says of a configuration of an object: validation, and what follows without a call.
func (v everyKind) errors(t *testing.T, object arguments.Object, config map[string]any) []*tfprotov6.Diagnostic {
	t.Helper()
	diags := v.validate(t, object, config)
	switch {
	case len(diags) > 0:
	case object.Kind == arguments.Resource:
		schema := v.schema.ResourceSchemas[object.Name]
		resp, err := v.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: object.Name, Config: v.value(t, schema, config), ProposedNewState: v.value(t, schema, config), PriorState: v.value(t, schema, nil),
		})
		if err != nil {
			t.Fatal(err)
		}
		diags = resp.Diagnostics
	case slices.Contains(offline, object.Name):
		schema := v.schema.DataSourceSchemas[object.Name]
		if !arguments.Value(schema.ValueType(), config).IsFullyKnown() {
			return nil // Terraform reads it in the apply.
		}
		resp, err := v.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: object.Name, Config: v.value(t, schema, config)})
		if err != nil {
			t.Fatal(err)
		}
		diags = resp.Diagnostics
	}
	return slices.DeleteFunc(diags, func(d *tfprotov6.Diagnostic) bool { return d.Severity != tfprotov6.DiagnosticSeverityError })
}

// validate returns the errors of a configuration of an object.
func (v everyKind) validate(t *testing.T, object arguments.Object, config map[string]any) []*tfprotov6.Diagnostic {
	t.Helper()
	ctx := context.Background()
	var diags []*tfprotov6.Diagnostic
	var err error
	switch object.Kind {
	case arguments.Provider:
		var resp *tfprotov6.ValidateProviderConfigResponse
		resp, err = v.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: v.value(t, v.schema.Provider, config)})
		diags = resp.Diagnostics
	case arguments.Resource:
		var resp *tfprotov6.ValidateResourceConfigResponse
		resp, err = v.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: object.Name, Config: v.value(t, v.schema.ResourceSchemas[object.Name], config)})
		diags = resp.Diagnostics
	case arguments.Data:
		var resp *tfprotov6.ValidateDataResourceConfigResponse
		resp, err = v.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: object.Name, Config: v.value(t, v.schema.DataSourceSchemas[object.Name], config)})
		diags = resp.Diagnostics
	case arguments.Ephemeral:
		var resp *tfprotov6.ValidateEphemeralResourceConfigResponse
		resp, err = v.ValidateEphemeralResourceConfig(ctx, &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: object.Name, Config: v.value(t, v.schema.EphemeralResourceSchemas[object.Name], config)})
		diags = resp.Diagnostics
	case arguments.List:
		var resp *tfprotov6.ValidateListResourceConfigResponse
		resp, err = v.ValidateListResourceConfig(ctx, &tfprotov6.ValidateListResourceConfigRequest{TypeName: object.Name, Config: v.value(t, v.schema.ListResourceSchemas[object.Name], config)})
		diags = resp.Diagnostics
	case arguments.Action:
		var resp *tfprotov6.ValidateActionConfigResponse
		resp, err = v.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: object.Name, Config: v.value(t, v.schema.ActionSchemas[object.Name].Schema, config)})
		diags = resp.Diagnostics
	default:
		t.Fatalf("what is a %s?", object.Kind)
	}
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(diags, func(d *tfprotov6.Diagnostic) bool { return d.Severity != tfprotov6.DiagnosticSeverityError })
}

// eachArgument are all arguments but those of functions, which have no configuration. One without samples fails the test.
func eachArgument(t *testing.T) []arguments.Argument {
	t.Helper()
	all := arguments.Of(schemas(t))
	if len(all) < 150 {
		t.Fatalf("only %d arguments were found", len(all))
	}
	return slices.DeleteFunc(all, func(a arguments.Argument) bool {
		sample, ok := a.Find()
		if !ok {
			t.Errorf("%s has no samples: add two values that it takes, and some that it refuses, to internal/lab/arguments/samples.go", a)
		} else if reflect.DeepEqual(sample.First, sample.Second) {
			t.Errorf("%s: both samples are %v", a, sample.First)
		}
		return !ok || a.Object.Kind == arguments.Function
	})
}

// TestArguments_validated gives each argument of each object its samples, not known yet, and what is to be refused.
func TestArguments_validated(t *testing.T) {
	v := newEveryKind(t)
	// kinds are the summaries that a bad value of an argument gets, wherever the argument is.
	kinds := map[string]map[string][]string{}
	for _, a := range eachArgument(t) {
		sample, _ := a.Find()
		for _, value := range []any{sample.First, sample.Second, tftypes.UnknownValue} {
			if a.Attribute == nil && value == any(tftypes.UnknownValue) {
				continue // Terraform does not let a block be unknown by itself.
			}
			for _, d := range v.errors(t, a.Object, a.With(value)) {
				t.Errorf("%s = %.60v: %s: %s: %s", a, value, d.Attribute, d.Summary, d.Detail)
			}
		}
		for _, value := range sample.Taken {
			for _, d := range v.validate(t, a.Object, a.With(value)) {
				t.Errorf("%s = %.60v: %s: %s: %s", a, value, d.Attribute, d.Summary, d.Detail)
			}
		}
		if a.Collection() && len(v.errors(t, a.Object, a.With([]any{nil}))) == 0 {
			t.Errorf("%s takes a null element, which would be left out unseen", a)
		}
		for _, bad := range sample.Refused {
			errs := v.errors(t, a.Object, a.With(bad))
			if len(errs) == 0 {
				t.Errorf("%s takes %.60q", a, bad)
				continue
			}
			if at := errs[0].Attribute.String(); !strings.Contains(at, `"`+a.Path[0]+`"`) {
				t.Errorf("%s = %.60q: the error is at %s", a, bad, at)
			}
			if strings.HasPrefix(errs[0].Summary, "VoiceBase rejects ") {
				continue // It names VoiceBase's own code.
			}
			name, value := a.Path[len(a.Path)-1], fmt.Sprintf("%.60q", bad)
			if kinds[name+" = "+value] == nil {
				kinds[name+" = "+value] = map[string][]string{}
			}
			kinds[name+" = "+value][errs[0].Summary] = append(kinds[name+" = "+value][errs[0].Summary], a.String())
		}
		if _, ok := sample.Beside[a.Name()]; a.Required() && !ok {
			if errs := v.validate(t, a.Object, a.With(nil)); len(errs) == 0 {
				t.Errorf("%s is required, and can be left out", a)
			}
		}
	}
	for value, summaries := range kinds {
		if len(summaries) > 1 {
			t.Errorf("%s is another error at each of %v", value, summaries)
		}
	}
}

// Names of what must not be shown. A key of an object in S3, and the ID of a key pair, are no secrets.
var (
	secretName = regexp.MustCompile(`(^|_)(secret|token|password)(_key)?$`)
	// A pre-signed URL is a credential, and so is what holds one.
	presignedName = map[string][]string{"presigned_callback_url": {"url"}, "callback_configuration": {"callbacks.url", "json"}}
)

// TestSchemas_secrets holds that what is secret by its name is kept out of the CLI's output, and nothing else is.
func TestSchemas_secrets(t *testing.T) {
	seen := 0
	eachAttribute(schemas(t), func(object, path string, attribute *tfprotov6.SchemaAttribute) {
		_, name, _ := strings.Cut(object, "voicebase_")
		last := path[strings.LastIndex(path, ".")+1:]
		want := secretName.MatchString(last) || slices.Contains(presignedName[name], path)
		if attribute.Sensitive != want {
			t.Errorf("%s %s: sensitive is %t, want %t", object, path, attribute.Sensitive, want)
		}
		if want {
			seen++
		}
	})
	if seen != 8 {
		t.Errorf("%d attributes are secret: say here how many there are", seen)
	}
}

// eachAttribute visits all attributes, what is only computed included.
func eachAttribute(schema *tfprotov6.GetProviderSchemaResponse, visit func(object, path string, attribute *tfprotov6.SchemaAttribute)) {
	var attributes func(object, path string, all []*tfprotov6.SchemaAttribute)
	attributes = func(object, path string, all []*tfprotov6.SchemaAttribute) {
		for _, attribute := range all {
			visit(object, path+attribute.Name, attribute)
			if attribute.NestedType != nil {
				attributes(object, path+attribute.Name+".", attribute.NestedType.Attributes)
			}
		}
	}
	var blocks func(object, path string, block *tfprotov6.SchemaBlock)
	blocks = func(object, path string, block *tfprotov6.SchemaBlock) {
		attributes(object, path, block.Attributes)
		for _, nested := range block.BlockTypes {
			blocks(object, path+nested.TypeName+".", nested.Block)
		}
	}
	blocks("provider", "", schema.Provider.Block)
	for kind, schemas := range map[string]map[string]*tfprotov6.Schema{
		"resource ": schema.ResourceSchemas, "data ": schema.DataSourceSchemas, "ephemeral ": schema.EphemeralResourceSchemas, "list ": schema.ListResourceSchemas,
	} {
		for name, s := range schemas {
			blocks(kind+name, "", s.Block)
		}
	}
	for name, action := range schema.ActionSchemas {
		blocks("action "+name, "", action.Schema.Block)
	}
}

var defaultSaid = regexp.MustCompile(`Default: |By default |Exactly one of `)

// TestSchemas_described holds that everything says what it is for, and an argument what it is when it is left out.
func TestSchemas_described(t *testing.T) {
	for _, a := range arguments.Of(schemas(t)) {
		if a.Description == "" && a.Name() != "timeouts" { // The block is a library's, which describes its attributes alone.
			t.Errorf("%s has no description", a)
		}
		if a.Attribute == nil || !a.Attribute.Optional {
			continue
		}
		if (a.Attribute.Computed || tftypes.Bool.Equal(a.Attribute.Type)) && !defaultSaid.MatchString(a.Description) {
			t.Errorf("%s does not say its default: %q", a, a.Description)
		}
	}
	eachAttribute(schemas(t), func(object, path string, attribute *tfprotov6.SchemaAttribute) {
		if attribute.Description == "" || attribute.DescriptionKind != tfprotov6.StringKindMarkdown && !strings.HasPrefix(path, "timeouts.") {
			t.Errorf("%s %s is not described in Markdown: %q", object, path, attribute.Description)
		}
	})
	for name, function := range schemas(t).Functions {
		if function.Summary == "" || function.Description == "" {
			t.Errorf("function %s has no summary or no description", name)
		}
	}
}

// TestFunctions_validated gives each parameter of each function its samples, and what is to be refused.
func TestFunctions_validated(t *testing.T) {
	v := newEveryKind(t)
	for _, a := range arguments.Of(v.schema) {
		if a.Object.Kind != arguments.Function {
			continue
		}
		sample, _ := a.Find()
		call := func(value any) *tfprotov6.FunctionError {
			var given []*tfprotov6.DynamicValue
			for _, parameter := range v.schema.Functions[a.Object.Name].Parameters {
				one, ok := sample.Beside[parameter.Name]
				if parameter.Name == a.Name() {
					one, ok = value, true
				}
				if !ok {
					one = nil
				}
				typ := parameter.Type
				if typ.Is(tftypes.DynamicPseudoType) { // A list of callbacks.
					typ = tftypes.Tuple{ElementTypes: []tftypes.Type{tftypes.Object{AttributeTypes: map[string]tftypes.Type{"url": tftypes.String}}}}
					list, _ := one.([]any)
					one = tftypes.NewValue(typ, []tftypes.Value{arguments.Value(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"url": tftypes.String}}, list[0])})
				}
				value, isValue := one.(tftypes.Value)
				if !isValue {
					value = arguments.Value(typ, one)
				}
				dynamic, err := tfprotov6.NewDynamicValue(parameter.Type, value)
				if err != nil {
					t.Fatal(err)
				}
				given = append(given, &dynamic)
			}
			resp, err := v.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{Name: a.Object.Name, Arguments: given})
			if err != nil {
				t.Fatal(err)
			}
			return resp.Error
		}
		for _, value := range []any{sample.First, sample.Second} {
			if failed := call(value); failed != nil {
				t.Errorf("%s = %v: %s", a, value, failed.Text)
			}
		}
		for _, bad := range sample.Refused {
			if failed := call(bad); failed == nil {
				t.Errorf("%s takes %q", a, bad)
			}
		}
	}
}
