package provider_test

import (
	"encoding/json"
	"math/big"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// served is a configured provider as Terraform calls it.
type served struct {
	tfprotov6.ProviderServer
	schema     *tfprotov6.GetProviderSchemaResponse
	identities map[string]*tfprotov6.ResourceIdentitySchema
}

// serve configures a provider; block is its configuration.
func serve(tb testing.TB, config block) served {
	tb.Helper()
	server := provider.NewServer("test", time.Now)()
	schema, err := server.GetProviderSchema(tb.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		tb.Fatal(err)
	}
	typ := schema.Provider.ValueType()
	resp, err := server.ConfigureProvider(tb.Context(), &tfprotov6.ConfigureProviderRequest{Config: dynamic(tb, typ, value(tb, typ, config))})
	check(tb, err, resp.Diagnostics)
	identities, err := server.GetResourceIdentitySchemas(tb.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		tb.Fatal(err)
	}
	return served{server, schema, identities.IdentitySchemas}
}

func dynamic(tb testing.TB, typ tftypes.Type, v tftypes.Value) *tfprotov6.DynamicValue {
	tb.Helper()
	encoded, err := tfprotov6.NewDynamicValue(typ, v)
	if err != nil {
		tb.Fatal(err)
	}
	return &encoded
}

// known is a plan after its apply.
func known(tb testing.TB, typ tftypes.Type, plan *tfprotov6.DynamicValue, made map[string]string) *tfprotov6.DynamicValue {
	tb.Helper()
	planned, err := plan.Unmarshal(typ)
	if err != nil {
		tb.Fatal(err)
	}
	applied, err := tftypes.Transform(planned, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		name, _ := at.LastStep().(tftypes.AttributeName)
		value, ok := made[string(name)]
		if !ok {
			tb.Fatalf("%s is not known after the apply", at)
		}
		return tftypes.NewValue(v.Type(), value), nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return dynamic(tb, typ, applied)
}

func check(tb testing.TB, err error, diags []*tfprotov6.Diagnostic) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			tb.Fatalf("%s: %s (%s)", d.Summary, d.Detail, d.Attribute)
		}
	}
}

// stateJSON is a state as Terraform stores it.
func stateJSON(tb testing.TB, typ tftypes.Type, state *tfprotov6.DynamicValue) *tfprotov6.RawState {
	tb.Helper()
	v, err := state.Unmarshal(typ)
	if err != nil {
		tb.Fatal(err)
	}
	text, err := json.Marshal(plain(tb, v))
	if err != nil {
		tb.Fatal(err)
	}
	return &tfprotov6.RawState{JSON: text}
}

func plain(tb testing.TB, v tftypes.Value) any {
	tb.Helper()
	var text string
	var truth bool
	var list []tftypes.Value
	var object map[string]tftypes.Value
	switch {
	case v.IsNull():
		return nil
	case v.As(&text) == nil:
		return text
	case v.As(&truth) == nil:
		return truth
	case v.As(&list) == nil:
		out := []any{}
		for _, element := range list {
			out = append(out, plain(tb, element))
		}
		return out
	case v.As(&object) == nil:
		out := map[string]any{}
		for name, element := range object {
			out[name] = plain(tb, element)
		}
		return out
	}
	return json.Number(number(tb, v))
}

func number(tb testing.TB, v tftypes.Value) string {
	tb.Helper()
	var n big.Float
	if err := v.As(&n); err != nil {
		tb.Fatal(err)
	}
	return n.Text('f', 0)
}
